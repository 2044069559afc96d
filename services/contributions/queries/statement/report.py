"""The lines behind each figure of the yearly statement, the years there are, and what was published."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.statement.figures import ASKED, ITEMISED, Code
from services.contributions.domain.statement.report import YearlyStatement
from services.contributions.domain.statement.years import FIRST_YEAR, financial_year, in_words
from services.contributions.repository.statement.figures import LINES, lines_of
from services.contributions.repository.statement.years import STATEMENT, state_years
from shared.errors import NotFound

PAGE = 200
LISTED = {code: text(lines_of(code)) for code in LINES}
FIRST_DAY = text(
    """
    SELECT least(
        (SELECT min(deed_on) FROM agreement WHERE organisation = :organisation),
        (SELECT min(counted_on) FROM reported_transaction),
        (SELECT min(happened_on) FROM ledger_entry))
    """
)
EDITIONS = text(
    """
    SELECT id AS edition_id, organisation, year, number, reason, published_on, published_at
    FROM statement_edition ORDER BY year DESC, organisation, number DESC
    """
)
EDITION = text(
    """
    SELECT id AS edition_id, organisation, year, number, reason, published_on, published_at, figures
    FROM statement_edition WHERE id = :id
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a figure: its obligation, and where it has them its pot, grant, entry or reported row.

    `quantity` is in pence, or units where the figure counts them.
    """

    agreement_id: UUID
    agreement: str
    obligation_id: UUID
    reference: str
    purpose: str | None
    pot_id: UUID | None
    application_id: UUID | None
    grant_reference: str | None
    grantee: str | None
    position: int | None
    reported_as: str | None
    happened_on: date | None
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePage:
    """Some lines of a figure, in the order of the register, and the cursor for the next page, if any."""

    code: Code
    words: str
    worked_out: str
    counts_units: bool
    lines: list[Line]
    next_cursor: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEdition:
    """A statement as it was published; a second edition of a year says what it corrects."""

    edition_id: UUID
    organisation: str
    year: int
    number: int
    reason: str | None
    published_on: date
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedStatement:
    """An edition with its figures as they were on the day."""

    edition: StatementEdition
    statement: YearlyStatement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedYear:
    """The chief figures of a year in pence, whether its sums agree, and its newest edition, if any."""

    year: int
    year_in_words: str
    to_be_provided_pence: int
    received_pence: int
    spent_pence: int
    retained_pence: int
    agrees: bool
    edition: StatementEdition | None


async def list_years(session: AsyncSession, organisation: str, *, today: date) -> list[StatedYear]:
    """Every financial year from the first with something in it, the newest first."""
    first_day = (await session.execute(FIRST_DAY, {"organisation": organisation})).scalar_one()
    if first_day is None:
        return []
    first = max(financial_year(first_day), FIRST_YEAR)
    statements = await state_years(session, range(first, financial_year(today) + 1), organisation)
    newest = {
        each.year: each
        for each in reversed(await list_statement_editions(session))
        if each.organisation == organisation
    }
    return [_stated(statement, newest.get(statement.year)) for statement in reversed(statements)]


async def show_year(session: AsyncSession, year: int, organisation: str) -> YearlyStatement:
    """The statement of one year as the books stand now."""
    (statement,) = await state_years(session, [year], organisation)
    return statement


async def list_lines(
    session: AsyncSession, year: int, code: Code, organisation: str, *, skipped: int, shown: int = PAGE
) -> LinePage:
    """The lines that a figure of a year adds up; NotFound for a point that is always nought."""
    of = ITEMISED.get(code, code)
    if of not in LISTED:
        raise NotFound("figure.adds_nothing_up", f"Point ({code}) is always nought: it adds nothing up.")
    place = {"years": [year], "organisation": organisation, "skipped": skipped, "shown": shown + 1}
    rows = (await session.execute(LISTED[of], place)).mappings().all()
    return LinePage(
        code=code,
        words=ASKED[code].words,
        worked_out=ASKED[code].worked_out,
        counts_units=ASKED[code].counts_units,
        lines=[Line(**{**row, "quantity": int(row["quantity"])}) for row in rows[:shown]],
        next_cursor=skipped + shown if len(rows) > shown else None,
    )


async def list_statement_editions(session: AsyncSession) -> list[StatementEdition]:
    """Every edition, the latest year and its newest edition first."""
    return [StatementEdition(**row) for row in (await session.execute(EDITIONS)).mappings()]


async def show_statement_edition(session: AsyncSession, edition_id: UUID) -> PublishedStatement:
    """One edition, or NotFound."""
    row = (await session.execute(EDITION, {"id": edition_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("edition.not_found", "There is no such statement. Choose one from the list.")
    head = {name: value for name, value in row.items() if name != "figures"}
    return PublishedStatement(
        edition=StatementEdition(**head), statement=STATEMENT.validate_json(row["figures"])
    )


def _stated(statement: YearlyStatement, edition: StatementEdition | None) -> StatedYear:
    pence = {figure.code: figure.amount_pence or 0 for figure in statement.figures}
    return StatedYear(
        year=statement.year,
        year_in_words=in_words(statement.year),
        to_be_provided_pence=pence[Code.A],
        received_pence=pence[Code.B],
        spent_pence=pence[Code.F],
        retained_pence=pence[Code.I],
        agrees=all(check.agrees for check in statement.checks),
        edition=edition,
    )
