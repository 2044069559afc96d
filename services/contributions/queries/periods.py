"""Which months and years of the books are closed, and whether they still say what they said then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.periods.period import Closed, Period, PeriodKind, month_of, year_of

ORGANISATIONS = text(
    """
    SELECT p.organisation, min(e.booked_on) AS first_entry_on
    FROM pot p LEFT JOIN ledger_entry e ON e.pot_id = p.id
    GROUP BY p.organisation ORDER BY p.organisation
    """
)
PERIODS = text(
    """
    SELECT organisation, kind, first_on, last_on, last_position, closed_by, closed_at FROM closed_period
    ORDER BY organisation, kind, first_on DESC
    """
)
DIFFERENCES = text(
    """
    WITH moved AS (
        SELECT p.organisation, e.account, e.booked_on AS day, CAST(NULL AS text) AS kind,
               CAST(NULL AS date) AS first_on, sum(e.amount_pence) AS pence
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id GROUP BY 1, 2, 3
    ), account AS (
        SELECT organisation, account FROM moved UNION SELECT organisation, account FROM closed_balance
    ), closed AS (
        SELECT organisation, account, last_on, kind, first_on, 0
        FROM closed_period JOIN account USING (organisation)
    ), summed AS (
        SELECT *, sum(pence) OVER (PARTITION BY organisation, account ORDER BY day, kind IS NOT NULL)
                  AS entries_pence
        FROM (SELECT * FROM moved UNION ALL SELECT * FROM closed) AS steps
    )
    SELECT organisation, kind, first_on, account, coalesce(total_pence, 0) AS closed_pence, entries_pence
    FROM summed LEFT JOIN closed_balance USING (organisation, kind, first_on, account)
    WHERE kind IS NOT NULL AND entries_pence <> coalesce(total_pence, 0)
    ORDER BY organisation, kind, first_on, account
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedPeriodView:
    """A closed period, by whom and when; people are opaque ids."""

    kind: PeriodKind
    first_on: date
    last_on: date
    closed_by: str
    closed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodsView:
    """An organisation's closed months and years, the newest first, and those that may be closed next.

    Entries that happened before `first_open_on` are booked on it. `next_month_on` and `next_year_on` are the
    first days of the periods whose turn it is, and None while they are not over or their months are open.
    """

    organisation: str
    first_entry_on: date | None
    first_open_on: date | None
    next_month_on: date | None
    next_year_on: date | None
    months: list[ClosedPeriodView]
    years: list[ClosedPeriodView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedDifference:
    """A closed period whose entries do not add up to what its close saw, in pence: look into it."""

    organisation: str
    kind: PeriodKind
    first_on: date
    account: str
    closed_pence: int
    entries_pence: int


async def list_periods(session: AsyncSession, today: date) -> list[PeriodsView]:
    """Every organisation that has books, and how far they are closed."""
    closed = (await session.execute(PERIODS)).all()
    return [
        _periods(row, [each for each in closed if each.organisation == row.organisation], today)
        for row in await session.execute(ORGANISATIONS)
    ]


async def closed_differences(session: AsyncSession) -> list[ClosedDifference]:
    """Closed periods that do not say any more what they said; there ought to be none."""
    rows = await session.execute(DIFFERENCES)
    return [
        ClosedDifference(
            **{**row, "kind": PeriodKind(row["kind"]), "entries_pence": int(row["entries_pence"])}
        )
        for row in rows.mappings()
    ]


def _periods(row: Any, closed: Sequence[Any], today: date) -> PeriodsView:
    months = [_view(each) for each in closed if each.kind == PeriodKind.MONTH]
    years = [_view(each) for each in closed if each.kind == PeriodKind.YEAR]
    how_far = Closed(
        month_on=months[0].last_on if months else None, year_on=years[0].last_on if years else None
    )
    return PeriodsView(
        organisation=row.organisation,
        first_entry_on=row.first_entry_on,
        first_open_on=how_far.month_on + timedelta(days=1) if how_far.month_on else None,
        next_month_on=_next(month_of(_begins(how_far.month_on, row)), today),
        next_year_on=_next(year_of(_begins(how_far.year_on, row)), _first_open(how_far)),
        months=months,
        years=years,
    )


def _begins(closed_to: date | None, row: Any) -> date:
    """A day in the period whose turn it is."""
    return closed_to + timedelta(days=1) if closed_to else row.first_entry_on or date.max


def _first_open(how_far: Closed) -> date:
    return how_far.month_on + timedelta(days=1) if how_far.month_on else date.min


def _next(period: Period, before: date) -> date | None:
    return period.first_on if period.last_on < before else None


def _view(row: Any) -> ClosedPeriodView:
    return ClosedPeriodView(
        kind=PeriodKind(row.kind),
        first_on=row.first_on,
        last_on=row.last_on,
        closed_by=row.closed_by,
        closed_at=row.closed_at,
    )
