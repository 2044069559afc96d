"""Funds as rows."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.applications.domain.fund import Fund
from services.applications.repository.rows import insert_new
from services.applications.tables import FundRow
from shared.errors import NotFound
from shared.events.applications import FundTerms


class Funds:
    """Funds of this service."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, fund_id: UUID) -> Fund:
        """The fund of that id, or NotFound."""
        row = await self._session.get(FundRow, fund_id)
        if row is None:
            raise NotFound("fund.not_found", "There is no such fund. Choose one from the list.")
        return Fund(row.id, row.opens_on, FundTerms.model_validate(row.terms))

    async def add(self, fund: Fund) -> bool:
        """Keep a new fund; false where its id is taken."""
        terms = fund.terms.model_dump(mode="json")
        return await insert_new(self._session, FundRow(id=fund.id, opens_on=fund.opens_on, terms=terms))
