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
from services.contributions.repository.rows import add_row
from services.contributions.repository.statement.figures import ITEMS, TOTALS, year_of
from services.contributions.tables import StatementEditionRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

STATEMENT = TypeAdapter(YearlyStatement)
ITEMS_OF = {of: code for code, of in ITEMISED.items()}
HELD = text(
    f"""
    SELECT w.year, coalesce(sum(e.held_pence), 0) AS held_pence
    FROM unnest(CAST(:years AS int[])) AS w(year)
    LEFT JOIN (
        SELECT {year_of("e.booked_on")} AS year, sum(e.amount_pence) AS held_pence
        FROM ledger_entry e JOIN pot p ON p.id = e.pot_id JOIN obligation o ON o.id = p.obligation_id
        JOIN agreement a ON a.id = o.agreement_id
        WHERE e.account NOT IN ({", ".join(f"'{account}'" for account in sorted(OUTSIDE))})
          AND a.organisation = :organisation
        GROUP BY 1) e ON e.year <= w.year
    GROUP BY w.year
    """  # noqa: S608 - names of accounts
)
ENOUGH_MEMORY = text("SET LOCAL work_mem = '32MB'")
"""For the sums of ten years of the largest council, which else go through files."""
IS_REPORTED = text(
    """
    SELECT EXISTS (
        SELECT FROM reported_transaction t JOIN obligation o ON o.id = t.obligation_id
        JOIN agreement a ON a.id = o.agreement_id
        WHERE a.organisation = :organisation)
    """
)
HAS_REGISTER = text("SELECT EXISTS (SELECT FROM agreement WHERE organisation = :organisation)")
NEWEST = text(
    """
    SELECT number, figures FROM statement_edition WHERE organisation = :organisation AND year = :year
    ORDER BY number DESC LIMIT 1
    """
)


async def state_years(
    session: AsyncSession, years: Sequence[int], organisation: str
) -> list[YearlyStatement]:
    """The statements of several years, by a query for all figures and one for all items."""
    await session.execute(ENOUGH_MEMORY)
    wanted = {"years": list(years), "organisation": organisation}
    totals: defaultdict[int, dict[Code, tuple[int, int]]] = defaultdict(dict)
    for row in await session.execute(text(TOTALS), wanted):
        totals[row.year][Code(row.code)] = (int(row.quantity), row.lines)
    items: defaultdict[int, list[Item]] = defaultdict(list)
    for row in await session.execute(text(ITEMS), wanted):
        items[row.year].append(_item(ITEMS_OF[Code(row.code)], row))
    held = await _held(session, wanted)
    return [state_year(year, organisation, totals[year], items[year], held.get(year)) for year in years]


class StatementEditions:
    """The statements that were published, in one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def has_register(self, organisation: str) -> bool:
        """Whether any agreement of the organisation is recorded."""
        found = await self._session.execute(HAS_REGISTER, {"organisation": organisation})
        return bool(found.scalar_one())

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
    rows = await session.execute(HELD, wanted)
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
