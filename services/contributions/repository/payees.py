"""Payees of agreements, and the erasing of people's names."""

from uuid import UUID

from sqlalchemy import select, text, update
from sqlmodel import col

from services.contributions.domain.register.payee import Payee
from services.contributions.repository.rows import add_row
from services.contributions.tables import PayeeRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

ERASE = text(
    """
    WITH of_payees AS (
        UPDATE payee SET name = NULL, reference = NULL, erased_at = :now
        WHERE agreement_id = :id AND removed_at IS NOT NULL AND erased_at IS NULL
    ), of_agreement AS (
        UPDATE agreement SET developer = NULL WHERE id = :id AND NOT developer_is_organisation
    )
    UPDATE earlier_agreement SET terms = terms || '{"developer": null}'
    WHERE agreement_id = :id AND NOT (terms ->> 'developer_is_organisation')::boolean
    """
)


class Payees:
    """The payees of agreements in one transaction; the agreement itself is locked by whoever loads it."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def add(self, payee: Payee) -> None:
        """Keep a new payee; Conflict where its id is there."""
        message = "A payee with this id is recorded already. Open the agreement to see them."
        row = PayeeRow(
            id=payee.id,
            agreement_id=payee.agreement_id,
            name=payee.name,
            reference=payee.reference,
            removed_at=payee.removed_at,
            erased_at=payee.erased_at,
        )
        await add_row(self._session, row, Conflict("payee.recorded_before", message, field="payee_id"))

    async def get(self, agreement_id: UUID, payee_id: UUID) -> Payee:
        """The payee of that agreement, or NotFound."""
        sought = select(PayeeRow).where(
            col(PayeeRow.id) == payee_id, col(PayeeRow.agreement_id) == agreement_id
        )
        row = (await self._session.execute(sought)).scalar_one_or_none()
        if row is None:
            raise NotFound("payee.not_found", "This agreement has no such payee. Choose one from its page.")
        return Payee(
            id=row.id,
            agreement_id=row.agreement_id,
            name=row.name,
            reference=row.reference,
            removed_at=row.removed_at,
            erased_at=row.erased_at,
        )

    async def save_removal(self, payee: Payee) -> None:
        """Keep when the payee was removed."""
        change = update(PayeeRow).where(col(PayeeRow.id) == payee.id)
        await self._session.execute(change.values(removed_at=payee.removed_at))

    async def erase_people(self, agreement_id: UUID) -> None:
        """Erase the names of removed payees, and a person's as developer, in earlier versions too."""
        await self._session.execute(ERASE, {"id": agreement_id, "now": self._uow.now})
