"""Interest periods, and what each pot held in them."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.interest.sharing import Held, InterestPeriod
from services.contributions.domain.ledger.accounts import OUTSIDE
from services.contributions.domain.pots.pot import Share
from services.contributions.repository.rows import add_row, add_rows
from services.contributions.tables import InterestPeriodRow, InterestShareRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

HELD = text(
    f"""
    SELECT e.pot_id, CAST(sum(e.amount_pence * (CAST(:end AS date)
        - greatest(coalesce(e.happened_on, CAST(:start AS date)), CAST(:start AS date)) + 1)) AS bigint)
        AS pence_days
    FROM ledger_entry e JOIN pot p ON p.id = e.pot_id
    WHERE p.organisation = :organisation
      AND e.account NOT IN ({", ".join(f"'{account}'" for account in sorted(OUTSIDE))})
      AND (e.happened_on IS NULL OR e.happened_on <= :end)
      AND NOT EXISTS (SELECT FROM receipt_reversal r WHERE r.pot_id = p.id)
    GROUP BY e.pot_id ORDER BY e.pot_id
    """  # noqa: S608 - only names of accounts
)
"""What came counts from its day, what left no more from its day. A balance without a day was there before."""
PERIODS = text(
    """
    SELECT id, organisation, period_start, period_end, amount_pence FROM interest_period
    WHERE organisation = :organisation ORDER BY period_start
    """
)
PUBLISH = text(
    """
    UPDATE pot SET version = version + 1 WHERE id = ANY(CAST(:ids AS uuid[])) RETURNING id, version
    """
)


async def held_in(session: AsyncSession, organisation: str, start: date, end: date) -> list[Held]:
    """What each pot of the organisation held from one day to another, by one statement over the ledger."""
    wanted = {"organisation": organisation, "start": start, "end": end}
    return [Held(row.pot_id, row.pence_days) for row in await session.execute(HELD, wanted)]


async def periods_of(session: AsyncSession, organisation: str) -> list[InterestPeriod]:
    """The periods whose interest the organisation has shared out."""
    rows = await session.execute(PERIODS, {"organisation": organisation})
    return [InterestPeriod(**row) for row in rows.mappings()]


class Interest:
    """Interest shared out in one transaction that has locked the organisation's books."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def add(self, period: InterestPeriod, shares: Sequence[Share], held: Sequence[Held]) -> None:
        """Keep the period with each pot's share."""
        row = InterestPeriodRow(
            id=period.id,
            organisation=period.organisation,
            period_start=period.period_start,
            period_end=period.period_end,
            amount_pence=period.amount_pence,
            shared_on=self._uow.today,
            shared_by=self._uow.actor,
        )
        message = "This interest is shared out already. Open it in the list."
        await add_row(self._session, row, Conflict("interest.recorded_before", message))
        pence_days = {each.pot_id: each.pence_days for each in held}
        rows = [
            {
                "interest_id": period.id,
                "pot_id": share.pot_id,
                "amount_pence": share.amount_pence,
                "pence_days": pence_days[share.pot_id],
            }
            for share in shares
        ]
        await add_rows(self._session, InterestShareRow, rows)

    async def publish(self, shares: Sequence[Share]) -> dict[UUID, int]:
        """Count one more fact about each of these pots; answers their versions."""
        rows = await self._session.execute(PUBLISH, {"ids": [share.pot_id for share in shares]})
        return {row.id: row.version for row in rows}
