"""Banks' base rates."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.demands.base_rate import BaseRate
from services.contributions.repository.rows import add_rows
from services.contributions.tables import BaseRateRow
from shared.messaging import UnitOfWork

OF_BANK = text(
    """
    SELECT DISTINCT ON (effective_on) bank, effective_on, percent, source FROM base_rate
    WHERE lower(bank) = lower(:bank) ORDER BY effective_on, position DESC
    """
)


class BaseRates:
    """The rates in one transaction."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, bank: str) -> list[BaseRate]:
        """All rates of a bank that hold, in the order of their days."""
        rows = (await self._session.execute(OF_BANK, {"bank": bank.strip()})).mappings()
        return [BaseRate(**row) for row in rows]

    async def add(self, rates: Sequence[BaseRate], uow: UnitOfWork) -> None:
        """Enter rates; one for a day that has one holds from now on instead."""
        rows = [
            {
                "bank": rate.bank,
                "effective_on": rate.effective_on,
                "percent": rate.percent,
                "source": rate.source,
                "recorded_by": uow.cause.actor,
                "recorded_at": uow.now,
            }
            for rate in rates
        ]
        await add_rows(self._session, BaseRateRow, rows)
