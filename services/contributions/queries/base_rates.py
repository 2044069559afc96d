"""Banks' base rates as they hold."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

LIST = text(
    """
    SELECT * FROM (
        SELECT DISTINCT ON (lower(bank), effective_on) bank, effective_on, percent, source, recorded_by,
               recorded_at FROM base_rate ORDER BY lower(bank), effective_on DESC, position DESC) rate
    ORDER BY bank, effective_on DESC
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRateLine:
    """A bank's base rate from a day on, in percent a year, and who entered it."""

    bank: str
    effective_on: date
    percent: Decimal
    source: str
    recorded_by: str
    recorded_at: datetime


async def list_base_rates(session: AsyncSession) -> list[BaseRateLine]:
    """All rates that hold, by bank, the newest first."""
    return [BaseRateLine(**row) for row in (await session.execute(LIST)).mappings()]
