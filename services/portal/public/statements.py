"""The yearly statements that the council published, as everybody reads them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, page
from services.portal.layout.csv_files import csv_response
from services.portal.layout.templates import render
from services.portal.officer.showing import trace_of_grant
from services.portal.officer.statement.books import PublishedStatement, StatementEdition, StatementEditions
from services.portal.officer.statement.years import HEADINGS, statement_rows
from shared.errors import NotFound

router = APIRouter(include_in_schema=False)

START = "/statements"
PublicPage = Annotated[Page, page()]


@router.get(START)
async def list_statements(page: PublicPage) -> Response:
    """The newest edition of each year, and those before it."""
    return render(page.request, "public/statements.html", editions=await _editions(page))


@router.get(f"{START}/{{year}}")
async def show_newest(page: PublicPage, year: int, organisation: str = "") -> Response:
    """The newest edition of a year."""
    found = [
        edition
        for edition in await _editions(page)
        if edition.year == year and organisation in {"", edition.organisation}
    ]
    if not found:
        message = "The statement of this year is not published. See what is there in the list."
        raise NotFound("statement.not_published", message)
    return await _show(page, found[0].edition_id)


@router.get(f"{START}/editions/{{edition_id}}")
async def show_edition(page: PublicPage, edition_id: UUID) -> Response:
    """One edition as it was published."""
    return await _show(page, edition_id)


@router.get(f"{START}/editions/{{edition_id}}/statement.csv")
async def download_edition(page: PublicPage, edition_id: UUID) -> Response:
    """The figures of an edition as a file."""
    published = await _read(page, edition_id)
    name = f"statement {published.edition.year} edition {published.edition.number}.csv"
    return csv_response(name, HEADINGS, statement_rows(published.statement))


async def _editions(page: Page) -> tuple[StatementEdition, ...]:
    told = await page.services.contributions.get("/statement-editions")
    return StatementEditions.validate_python(told)


async def _read(page: Page, edition_id: UUID) -> PublishedStatement:
    told = await page.services.contributions.get(f"/statement-editions/{edition_id}")
    return PublishedStatement.model_validate(told)


async def _show(page: Page, edition_id: UUID) -> Response:
    published = await _read(page, edition_id)
    of_year = [
        edition
        for edition in await _editions(page)
        if (edition.year, edition.organisation) == (published.edition.year, published.edition.organisation)
    ]
    return render(
        page.request,
        "public/statement.html",
        edition=published.edition,
        statement=published.statement,
        editions=of_year,
        trace_of_grant=trace_of_grant,
    )
