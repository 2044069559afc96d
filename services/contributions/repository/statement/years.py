"""The statement of a year as it is worked out from the books, and as it was published."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.ledger.accounts import OUTSIDE
from services.contributions.domain.statement.figures import ITEMISED, Code
from services.contributions.domain.statement.report import Item, YearlyStatement, state_year
from services.contributions.domain.statement.years import first_day
from services.contributions.repository.rows import add_row
from services.contributions.repository.statement.figures import LINES, items_of, totals_of
from services.contributions.tables import StatementEditionRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

STATEMENT = TypeAdapter(YearlyStatement)
TOTALS = {code: text(totals_of(code)) for code in LINES}
ITEMS = {code: text(items_of(of)) for code, of in ITEMISED.items()}
HELD = text(
    f"""
    SELECT w.year, coalesce(sum(e.amount_pence), 0) AS held_pence
    FROM unnest(CAST(:years AS int[]), CAST(:ends AS date[])) AS w(year, ends)
    LEFT JOIN (
        SELECT e.booked_on, e.amount_pence
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id JOIN obligation o ON o.id = p.obligation_id
        JOIN agreement a ON a.id = o.agreement_id
        WHERE e.account NOT IN ({", ".join(f"'{account}'" for account in sorted(OUTSIDE))})
          AND a.organisation = :organisation) e
      ON e.booked_on < w.ends
    GROUP BY w.year
    """  # noqa: S608 - names of accounts
)
IS_REPORTED = text(
    """
    SELECT EXISTS (
        SELECT FROM reported_transaction t JOIN obligation o ON o.id = t.obligation_id
        JOIN agreement a ON a.id = o.agreement_id
        WHERE a.organisation = :organisation)
    """
)


NEWEST = text(
    """
    SELECT number, figures FROM statement_edition WHERE organisation = :organisation AND year = :year
    ORDER BY number DESC LIMIT 1
    """
)


async def state_years(
    session: AsyncSession, years: Sequence[int], organisation: str
) -> list[YearlyStatement]:
    """The statements of several years, by one query for each figure whatever the number of years."""
    wanted = {"years": list(years), "organisation": organisation}
    totals: defaultdict[int, dict[Code, tuple[int, int]]] = defaultdict(dict)
    for code, statement in TOTALS.items():
        for row in await session.execute(statement, wanted):
            totals[row.year][code] = (int(row.quantity), row.lines)
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for code, statement in ITEMS.items():
        for row in await session.execute(statement, wanted):
            items[row.year].append(_item(code, row))
    held = await _held(session, wanted)
    return [state_year(year, organisation, totals[year], items[year], held.get(year)) for year in years]


class StatementEditions:
    """The statements that were published, in one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def newest(self, organisation: str, year: int) -> tuple[int, YearlyStatement | None]:
        """The number of the newest edition of a year and what it says; 0 and None where there is none."""
        wanted = {"organisation": organisation, "year": year}
        row = (await self._session.execute(NEWEST, wanted)).one_or_none()
        return (0, None) if row is None else (row.number, STATEMENT.validate_json(row.figures))

    async def add(
        self, edition_id: UUID, statement: YearlyStatement, number: int, reason: str | None
    ) -> None:
        """Keep a statement as it is published; Conflict where the id or the number is there already."""
        row = StatementEditionRow(
            id=edition_id,
            organisation=statement.organisation,
            year=statement.year,
            number=number,
            reason=reason,
            figures=STATEMENT.dump_json(statement).decode(),
            published_on=self._uow.today,
            published_by=self._uow.actor,
            published_at=self._uow.now,
        )
        message = "This edition is published already. Open it instead."
        await add_row(self._session, row, Conflict("edition.published_before", message))


async def _held(session: AsyncSession, wanted: dict[str, Any]) -> dict[int, int]:
    """What the ledger holds at the end of each year; nothing where files reported what came and went."""
    if (await session.execute(IS_REPORTED, wanted)).scalar_one():
        return {}
    ends = [first_day(year + 1) for year in wanted["years"]]
    rows = await session.execute(HELD, {**wanted, "ends": ends})
    return {row.year: int(row.held_pence) for row in rows}


def _item(code: Code, row: Any) -> Item:
    return Item(
        code=code,
        application_id=row.application_id,
        grant_reference=row.grant_reference,
        grantee=row.grantee,
        purpose=row.purpose,
        amount_pence=int(row.quantity),
        lines=row.lines,
    )
