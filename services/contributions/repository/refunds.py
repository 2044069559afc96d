"""Refunds in one transaction."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.contributions.domain.refunds.refund import Refund, RefundState
from services.contributions.repository.rows import add_row
from services.contributions.tables import RefundRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

POT_OF = text("SELECT pot_id FROM refund WHERE id = :id")
ONE = text("SELECT * FROM refund WHERE id = :id FOR UPDATE")
SAVE = text(
    """
    UPDATE refund SET state = :state, approved_by = :approved_by, approved_on = :approved_on,
        refused_by = :refused_by, refused_on = :refused_on, refusal_reason = :refusal_reason,
        voucher = :voucher, returned_on = :returned_on
    WHERE id = :id
    """
)


class Refunds:
    """Refunds, whose pot is locked before they are read."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._session = uow.session

    async def pot_of(self, refund_id: UUID) -> UUID:
        """The pot that a refund is of, or NotFound."""
        pot_id = (await self._session.execute(POT_OF, {"id": refund_id})).scalar_one_or_none()
        if pot_id is None:
            raise NotFound("refund.not_found", "There is no such refund. Choose one from the list.")
        found: UUID = pot_id
        return found

    async def get(self, refund_id: UUID) -> Refund:
        """A refund that is there."""
        row = (await self._session.execute(ONE, {"id": refund_id})).mappings().one()
        return Refund(**{**row, "state": RefundState(row["state"])})

    async def add(self, refund: Refund) -> None:
        """Keep a refund that was asked for; Conflict where it, or another of its pot, is under way."""
        message = "This refund, or another one of this pot, is under way already. Open it instead."
        await add_row(self._session, RefundRow(**_row(refund)), Conflict("refund.under_way", message))

    async def save(self, refund: Refund) -> None:
        """Keep how far a refund has come."""
        await self._session.execute(SAVE, _row(refund))


def _row(refund: Refund) -> dict[str, Any]:
    return {**asdict(refund), "state": str(refund.state)}
