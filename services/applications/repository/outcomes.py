"""What other services say of an application; each fact keeps to its own row, so any order will do."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.applications.tables import Base, DecisionRow, DeclaredInterestRow, RefusedFundingRow


class Outcomes:
    """Decisions, refused funding and declared interests, each written by its owner's events alone."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def decide(self, application_id: UUID, **decision: Any) -> None:
        """Keep the fund's latest decision."""
        blank = {"award_id": None, "amount_pence": None, "way_forward": None}
        await self._keep(DecisionRow, {"application_id": application_id}, blank | decision)

    async def refuse_funding(self, application_id: UUID, **shortfall: Any) -> None:
        """Keep that the pots did not hold enough for an award."""
        await self._keep(RefusedFundingRow, {"application_id": application_id}, shortfall)

    async def declare_interest(self, application_id: UUID, assessor_id: UUID, *, has_interest: bool) -> None:
        """Keep what an assessor last said of their interest."""
        key = {"application_id": application_id, "assessor_id": assessor_id}
        await self._keep(DeclaredInterestRow, key, {"has_interest": has_interest})

    async def _keep(self, table: type[Base], key: dict[str, Any], facts: dict[str, Any]) -> None:
        statement = insert(table).values(**key, **facts)
        await self._session.execute(statement.on_conflict_do_update(index_elements=list(key), set_=facts))
