"""Opening the fund for applications, under terms that stand for every application sent to it."""

import re
from typing import Any

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled
from services.portal.officer.books import Funds
from services.portal.officer.forms import CRITERIA, FUND, FUND_AT_FIRST
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.sending import as_json, attempt, body, lines, see_other
from services.portal.words import MEASURE_KINDS, ORGANISATION_KINDS, PURPOSES

router = APIRouter(include_in_schema=False)

START = "/officer/funds"
TERMS = (
    "name",
    "organisation",
    "purposes",
    "organisation_kinds",
    "measure_kinds",
    "grant_percent_limit",
    "maximum_grant_pence",
    "minimum_quotes",
)


@router.get(START)
async def list_funds(page: OfficersPage, done: str = "") -> Response:
    """The funds that take applications."""
    funds = Funds.validate_python(await page.services.applications.get("/funds"))
    return show(page, "officer/funds.html", funds=funds, done=done)


@router.get(f"{START}/new")
async def ask_for_terms(page: OfficersPage) -> Response:
    """The form for a fund's terms, filled with what is usual."""
    return _form(page, FUND.showing(FUND_AT_FIRST))


@router.post(f"{START}/new")
async def open_fund(sent: OfficersForm) -> Response:
    """Open the fund, and go on to the list."""
    filled = sent.read(FUND)
    if filled.ok:
        call = sent.services.applications.post("/funds", _fund(sent, filled), key=sent.idempotency_key)
        filled = await attempt(filled, call, names(filled))
        if filled.ok:
            return see_other(f"{START}?done=fund")
    return _form(sent, filled, 422)


def names(filled: Filled) -> dict[str, str]:
    """The service's names of fields, and the boxes of this page that they mean."""
    of_terms = {f"terms.{name}": name for name in (*TERMS, "wards")}
    of_criteria = {
        f"terms.criteria.{row}.{part}": f"{box}_{number}"
        for row, number in enumerate(_used(filled))
        for part, box in (("code", "criterion"), ("title", "criterion"), ("weight_percent", "weight"))
    }
    return {**of_terms, **of_criteria, "terms.criteria": "weight_1"}


def _used(filled: Filled) -> list[int]:
    """The numbers of the criteria that have a title or a weight."""
    return [
        number
        for number in range(1, CRITERIA + 1)
        if filled.values[f"criterion_{number}"] or filled.values[f"weight_{number}"]
    ]


def _criterion(filled: Filled, number: int) -> dict[str, Any]:
    title = str(filled.values[f"criterion_{number}"] or "")
    code = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:40] or f"criterion_{number}"
    return {"code": code, "title": title, "weight_percent": filled.values[f"weight_{number}"] or 0}


def _fund(sent: SentForm, filled: Filled) -> dict[str, Any]:
    terms = {
        **body(filled, *TERMS),
        "wards": lines(filled.values["wards"]),
        "criteria": [_criterion(filled, number) for number in _used(filled)],
    }
    return {
        "fund_id": str(sent.id_for("fund")),
        "opens_on": as_json(filled.values["opens_on"]),
        "terms": terms,
    }


def _form(page: Page, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/fund_form.html",
        status_code=status_code,
        form=form,
        purposes=PURPOSES,
        organisation_kinds=ORGANISATION_KINDS,
        measure_kinds=MEASURE_KINDS,
        criteria=range(1, CRITERIA + 1),
    )
