"""Finding agreements: by a word of anything, by what they are and what came of them; the list as a file."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START, read_wards
from services.portal.officer.books import Agreement, Agreements
from services.portal.officer.pots import in_pounds
from services.portal.officer.register.forms import FILTER, STATES
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import AGREEMENT_KINDS, today
from services.portal.sending import as_json
from services.portal.words import PURPOSES, plain

router = APIRouter(include_in_schema=False)

LARGEST_PAGE = 500
LONGEST_ADDRESS = 200
HEADINGS = (
    "Reference",
    "Name",
    "Planning application",
    "Kind",
    "Date of the deed",
    "Varied on",
    "Site",
    "Ward",
    "Organisation",
    "Purposes",
    "State",
    "Secured, £",
    "Received, £",
)


@router.get(START)
async def list_agreements(page: RegisterPage, cursor: str = "") -> Response:
    """The agreements that have all that is asked for, a page at a time."""
    asked = _asked(page)
    query = {"cursor": cursor[:LONGEST_ADDRESS] or None}
    found = await _read(page, asked, **query) if asked.ok else None
    return show(
        page,
        "officer/register/agreements.html",
        status_code=200 if asked.ok else 422,
        found=found,
        form=asked,
        narrowed=any(asked.values.get(name) for name in asked.values if name != "search"),
        search=asked.text("search"),
        later=bool(cursor),
        again=urlencode(_typed(page)),
        wards=await read_wards(page),
        purposes=PURPOSES,
        states=STATES,
        kinds_to_choose=AGREEMENT_KINDS,
    )


@router.get(f"{START}.csv")
async def download_agreements(page: RegisterPage) -> Response:
    """The agreements that have all that is asked for, in one file; what cannot be asked for finds nothing."""
    asked = _asked(page)
    rows = [_row(each) async for each in _all(page, asked)] if asked.ok else []
    return csv_response("agreements.csv", HEADINGS, rows)


async def _all(page: Page, asked: Filled) -> AsyncIterator[Agreement]:
    cursor: str | None = None
    while True:
        found = await _read(page, asked, cursor=cursor, size=LARGEST_PAGE)
        for each in found.agreements:
            yield each
        if found.next_cursor is None:
            return
        cursor = str(found.next_cursor)


async def _read(page: Page, asked: Filled, **more: Any) -> Agreements:
    query = {name: as_json(value) for name, value in asked.values.items()}
    return Agreements.model_validate(await page.services.contributions.get("/agreements", **query, **more))


def _asked(page: Page) -> Filled:
    return FILTER.read(_typed(page), today())


def _typed(page: Page) -> dict[str, str]:
    """What stands in the address, without the place in the list."""
    query = page.request.query_params
    return {name: query[name][:LONGEST_ADDRESS] for name in query if name != "cursor" and query[name]}


def _row(each: Agreement) -> tuple[Any, ...]:
    return (
        each.reference,
        each.name,
        each.planning_application,
        plain(each.kind),
        each.deed_on,
        each.varied_on,
        each.site_address,
        each.ward_name or each.ward,
        each.organisation,
        ", ".join(dict.fromkeys(plain(one.purpose) for one in each.obligations if one.purpose)),
        plain(each.state),
        in_pounds(each.secured_pence),
        in_pounds(each.received_pence),
    )
