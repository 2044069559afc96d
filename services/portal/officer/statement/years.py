"""The yearly statement: every figure of a year, what each adds up, and publishing it."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.csv_files import Cell, csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.pots import in_pounds
from services.portal.officer.rules import PublishersForm, RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.statement.books import (
    AllPublishing,
    Line,
    Lines,
    Statement,
    StatementEdition,
    StatementEditions,
    Years,
)
from services.portal.officer.statement.forms import STATEMENT
from services.portal.sending import attempt, body, see_other
from services.portal.words import plain
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/officer/statement"
ONE = f"{START}/{{year}}"
ALL = 100_000
Organisation = Annotated[str, Query(max_length=100)]


@router.get(START)
async def list_years(page: RegisterPage, organisation: Organisation = "") -> Response:
    """The chief figures of every year of one organisation."""
    known = AllPublishing.validate_python(await page.services.contributions.get("/open-data/publishing"))
    organisations = [each.organisation for each in known]
    chosen = organisation or next(iter(organisations), "")
    told = await page.services.contributions.get("/statements", organisation=chosen) if chosen else []
    return show(
        page,
        "officer/statement/years.html",
        organisations=organisations,
        organisation=chosen,
        years=Years.validate_python(told),
    )


@router.get(ONE)
async def show_year(page: RegisterPage, year: int, organisation: Organisation, done: str = "") -> Response:
    """One year's figures as the books stand now, whether they agree, and what was published."""
    return await _show(page, year, organisation, STATEMENT.blank(), done=done)


@router.post(ONE)
async def publish_year(sent: PublishersForm, year: int, organisation: Organisation) -> Response:
    """Publish the figures as they are now."""
    filled = sent.read(STATEMENT)
    if filled.ok:
        told = body(filled, edition_id=sent.id_for("statement"), organisation=organisation)
        path = f"/statements/{year}/editions"
        filled = await attempt(filled, sent.services.contributions.post(path, told, key=sent.idempotency_key))
        if filled.ok:
            return see_other(f"{START}/{year}?organisation={organisation}&done=published")
    return await _show(sent, year, organisation, filled, 422)


@router.get(f"{ONE}/statement.csv")
async def download_year(page: RegisterPage, year: int, organisation: Organisation) -> Response:
    """The figures and their items as a file."""
    statement = await _read(page, year, organisation)
    return csv_response(f"statement {year}.csv", HEADINGS, statement_rows(statement))


@router.get(f"{ONE}/figures/{{code}}.csv")
async def download_lines(page: RegisterPage, year: int, code: str, organisation: Organisation) -> Response:
    """What a figure adds up as a file, every line of it."""
    told = await page.services.contributions.get(
        f"/statements/{year}/figures/{code}", organisation=organisation, size=ALL
    )
    lines = Lines.model_validate(told)
    headings = ("Agreement", "Obligation", "Purpose", "Date", "Grant", "Grant holder", "Pot", "Ledger entry")
    quantity = "Units" if lines.counts_units else "Sum, £"
    rows = [_cells(line, counts_units=lines.counts_units) for line in lines.lines]
    return csv_response(f"statement {year} {code}.csv", (*headings, "Reported as", quantity), rows)


@router.get(f"{ONE}/figures/{{code}}")
async def show_lines(
    page: RegisterPage, year: int, code: str, organisation: Organisation, cursor: int = 0
) -> Response:
    """What a figure adds up, some lines at a time."""
    told = await page.services.contributions.get(
        f"/statements/{year}/figures/{code}", organisation=organisation, cursor=cursor
    )
    return show(
        page,
        "officer/statement/lines.html",
        listed=Lines.model_validate(told),
        year=year,
        organisation=organisation,
    )


HEADINGS = ("Point", "What", "Sum, £", "Units", "Wording confirmed")


def statement_rows(statement: Statement) -> list[tuple[Cell, ...]]:
    """The figures of a statement, each followed by its items, as the rows of a file."""
    rows: list[tuple[Cell, ...]] = []
    for figure in statement.figures:
        pounds = None if figure.amount_pence is None else in_pounds(figure.amount_pence)
        confirmed = "yes" if figure.wording_confirmed else "no"
        rows.append((figure.code, figure.words, pounds, figure.units, confirmed))
        for item in statement.items:
            if item.code == figure.code:
                what = item.grantee or item.grant_reference or plain(item.purpose) or "Not known"
                rows.append((figure.code, f"Of which: {what}", in_pounds(item.amount_pence), None, ""))
    return rows


def _cells(line: Line, *, counts_units: bool) -> tuple[Cell, ...]:
    return (
        line.agreement,
        line.reference,
        line.purpose,
        line.happened_on,
        line.grant_reference or str(line.application_id or ""),
        line.grantee,
        str(line.pot_id or ""),
        line.position,
        line.reported_as,
        line.quantity if counts_units else in_pounds(line.quantity),
    )


async def _read(page: Page, year: int, organisation: str) -> Statement:
    told = await page.services.contributions.get(f"/statements/{year}", organisation=organisation)
    return Statement.model_validate(told)


async def _editions(page: Page, year: int, organisation: str) -> list[StatementEdition]:
    told = await page.services.contributions.get("/statement-editions")
    return [
        edition
        for edition in StatementEditions.validate_python(told)
        if (edition.year, edition.organisation) == (year, organisation)
    ]


async def _show(
    page: Page | SentForm,
    year: int,
    organisation: str,
    form: Filled,
    status_code: int = 200,
    *,
    done: str = "",
) -> Response:
    return show(
        page,
        "officer/statement/year.html",
        status_code,
        form=form,
        done=done,
        statement=await _read(page, year, organisation),
        editions=await _editions(page, year, organisation),
        publishes=page.person.caller.has(Role.OFFICER, Role.FUND_MANAGER),
    )
