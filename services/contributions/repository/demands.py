"""Demands: what developers are asked to pay."""

from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.demands.demand import Demand, DemandState, Letter
from services.contributions.domain.indexation.indexed import Indexed
from services.contributions.repository.rows import add_row
from services.contributions.tables import DemandLetterRow, DemandRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

WORKING = TypeAdapter(Indexed)
STANDING = text("SELECT * FROM demand WHERE obligation_id = :obligation_id AND state = 'issued'")
LAST = text(
    """
    SELECT * FROM demand d WHERE obligation_id = :obligation_id AND state = 'withdrawn'
    AND NOT EXISTS (SELECT FROM demand r WHERE r.replaces_id = d.id) ORDER BY issued_at DESC LIMIT 1
    """
)
ONE = text(
    """
    SELECT d.*, o.agreement_id FROM demand d JOIN obligation o ON o.id = d.obligation_id WHERE d.id = :id
    """
)
LAST_LETTER = text(
    """
    SELECT l.council_name, l.council_address, '' AS addressee, '' AS addressee_address, l.how_to_pay
    FROM demand d JOIN demand_letter l ON l.demand_id = d.id
    WHERE d.organisation = :organisation ORDER BY d.issued_at DESC LIMIT 1
    """
)
LOCK_REFERENCES = text("SELECT pg_advisory_xact_lock(107, hashtext(:organisation))")
LAST_NUMBER = text(
    """
    SELECT coalesce(max(CAST(split_part(reference, '-', 2) AS bigint)), 0) FROM demand
    WHERE organisation = :organisation AND reference ~ ('^D' || :year || '-[0-9]{4,9}$')
    """
)
WITHDRAW = text(
    """
    UPDATE demand SET state = 'withdrawn', withdrawn_on = :withdrawn_on, withdrawn_by = :withdrawn_by,
           withdrawn_reason = :withdrawn_reason WHERE id = :id
    """
)


class Demands:
    """The demands in one transaction; whoever changes one holds its agreement's lock."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def standing(self, obligation_id: UUID) -> Demand | None:
        """The one demand that stands for an obligation, if any."""
        row = (await self._session.execute(STANDING, {"obligation_id": obligation_id})).one_or_none()
        return None if row is None else demand_of(row)

    async def withdrawn_last(self, obligation_id: UUID) -> UUID | None:
        """The demand that a new one of the obligation replaces: the last withdrawn, if nothing has yet."""
        row = (await self._session.execute(LAST, {"obligation_id": obligation_id})).one_or_none()
        return None if row is None else UUID(str(row.id))

    async def agreement_of(self, demand_id: UUID) -> UUID:
        """The agreement that a demand is made under; NotFound where there is no such demand."""
        return UUID(str((await self._row(demand_id)).agreement_id))

    async def get(self, demand_id: UUID) -> Demand:
        """A demand, or NotFound."""
        return demand_of(await self._row(demand_id))

    async def last_letter(self, organisation: str) -> Letter:
        """What the organisation's last letter said of the council; who was asked is left out."""
        rows = await self._session.execute(LAST_LETTER, {"organisation": organisation})
        row = rows.mappings().one_or_none()
        return Letter() if row is None else Letter(**row)

    async def next_reference(self, organisation: str, year: int) -> str:
        """A reference nobody has used: D2026-0001 and so on, for each organisation and year."""
        await self._session.execute(LOCK_REFERENCES, {"organisation": organisation})
        wanted = {"organisation": organisation, "year": str(year)}
        number = (await self._session.execute(LAST_NUMBER, wanted)).scalar_one() + 1
        return f"D{year}-{number:04}"

    async def add(self, demand: Demand, letter: Letter, uow: UnitOfWork) -> None:
        """Enter a new demand with its letter; Conflict where its id or reference is there."""
        message = "A demand with this reference (or id) is there already. Open that one, or give another."
        taken = Conflict("demand.recorded_before", message, field="reference")
        await add_row(self._session, _row(demand, uow), taken)
        its = DemandLetterRow(
            demand_id=demand.id,
            council_name=letter.council_name,
            council_address=letter.council_address,
            addressee=letter.addressee,
            addressee_address=letter.addressee_address,
            how_to_pay=letter.how_to_pay,
        )
        await add_row(self._session, its, taken)

    async def save_withdrawal(self, demand: Demand, uow: UnitOfWork) -> None:
        """Keep when, by whom and why a demand was withdrawn."""
        its = {
            "id": demand.id,
            "withdrawn_on": demand.withdrawn_on,
            "withdrawn_by": uow.cause.actor,
            "withdrawn_reason": demand.withdrawn_reason,
        }
        await self._session.execute(WITHDRAW, its)

    async def _row(self, demand_id: UUID) -> Any:
        row = (await self._session.execute(ONE, {"id": demand_id})).one_or_none()
        if row is None:
            raise NotFound("demand.not_found", "There is no such demand. Choose one from the list.")
        return row


def demand_of(row: Any) -> Demand:
    """The demand that a row of `demand` holds."""
    return Demand(
        id=row.id,
        obligation_id=row.obligation_id,
        organisation=row.organisation,
        reference=row.reference,
        issued_on=row.issued_on,
        due_on=row.due_on,
        working=WORKING.validate_json(row.working),
        terms_number=row.terms_number or 0,
        replaces=row.replaces_id,
        state=DemandState(row.state),
        withdrawn_on=row.withdrawn_on,
        withdrawn_reason=row.withdrawn_reason,
    )


def _row(demand: Demand, uow: UnitOfWork) -> DemandRow:
    return DemandRow(
        id=demand.id,
        obligation_id=demand.obligation_id,
        organisation=demand.organisation,
        reference=demand.reference,
        issued_on=demand.issued_on,
        due_on=demand.due_on,
        base_pence=demand.working.base_pence,
        demanded_pence=demand.demanded_pence,
        provisional=demand.working.provisional,
        working=WORKING.dump_json(demand.working).decode(),
        terms_number=demand.terms_number or None,
        replaces_id=demand.replaces,
        state=demand.state,
        issued_by=uow.cause.actor,
        issued_at=uow.now,
        withdrawn_on=None,
        withdrawn_by=None,
        withdrawn_reason=None,
    )
