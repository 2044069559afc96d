"""What an agreement was: its earlier versions, and every change with who and when."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.names import name_of
from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import Cell, csv_response
from services.portal.layout.filters import day, pounds
from services.portal.officer.agreements import START
from services.portal.officer.register.books import History, HistoryLine, Value, Version
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import KIND_OF_AGREEMENT, in_words
from services.portal.words import plain

router = APIRouter(include_in_schema=False)

AGREEMENT = f"{START}/{{agreement_id}}"
EVENTS: Mapping[str, str] = {
    "agreement.recorded.v1": "Agreement recorded",
    "agreement.corrected.v1": "Agreement corrected",
    "agreement.varied.v1": "Varied by a later deed",
    "agreement.people_erased.v1": "Names of people erased",
    "obligation.recorded.v1": "Obligation recorded",
    "obligation.corrected.v1": "Obligation corrected",
    "obligation.varied.v1": "Obligation varied by a later deed",
    "obligation.secured.v1": "Trigger met",
    "payee.named.v1": "Payee added",
    "payee.removed.v1": "Payee removed",
    "pot.opened.v1": "Receipt recorded",
    "receipt.reversed.v1": "Receipt reversed",
}
FIELDS: Mapping[str, str] = {
    "amount_pence": "Amount",
    "deed_on": "Date of the deed",
    "document_url": "Web address of the deed",
    "opened_by": "How it came to the books",
    "organisation": "Owed to",
    "received_on": "Received on",
    "received_pence": "Received",
    "site_address": "Address of the site",
    "spend_by_months": "Months to spend the money in",
    "spend_by_on": "Spend by",
    "trigger_met_on": "Trigger met on",
    "variation_url": "Web address of the deed of variation",
    "varied_on": "Date of the deed of variation",
}
HEADINGS = ("Recorded at (UTC)", "Who", "What", "Obligation", "Reason", "Field", "Before", "After")


@router.get(f"{AGREEMENT}/versions/{{deed_version}}")
async def show_version(page: RegisterPage, agreement_id: UUID, deed_version: int) -> Response:
    """The agreement as one of its deeds had it."""
    told = await page.services.contributions.get(f"/agreements/{agreement_id}/versions/{deed_version}")
    return show(page, "officer/register/version.html", version=Version.model_validate(told))


@router.get(f"{AGREEMENT}/history")
async def show_history(page: RegisterPage, agreement_id: UUID) -> Response:
    """Every change of an agreement, its obligations and their receipts, the newest first."""
    history = await _read(page, agreement_id)
    lines = [
        {
            "at": line.recorded_at,
            "who": _who(page, line.actor),
            "what": in_words(line.event, EVENTS),
            "reference": line.reference,
            "reason": line.reason,
            "changes": list(_changes(line)),
        }
        for line in reversed(history.lines)
    ]
    return show(page, "officer/register/history.html", history=history, lines=lines)


@router.get(f"{AGREEMENT}/history.csv")
async def download_history(page: RegisterPage, agreement_id: UUID) -> Response:
    """The same as a file: one line for each field that changed."""
    history = await _read(page, agreement_id)
    rows = [row for line in history.lines for row in _rows(page, line)]
    return csv_response(f"history of {history.reference}.csv", HEADINGS, rows)


async def _read(page: Page, agreement_id: UUID) -> History:
    return History.model_validate(
        await page.services.contributions.get(f"/agreements/{agreement_id}/history")
    )


def _rows(page: Page, line: HistoryLine) -> Iterator[tuple[Cell, ...]]:
    fact = (
        f"{line.recorded_at:%Y-%m-%dT%H:%M:%S}",
        _who(page, line.actor),
        in_words(line.event, EVENTS),
        line.reference,
        line.reason,
    )
    for field, before, after in list(_changes(line)) or [("", "", "")]:
        yield (*fact, field, before, after)


def _changes(line: HistoryLine) -> Iterator[tuple[str, str, str]]:
    for one in line.changes:
        if one.field != "summary":
            yield (
                FIELDS.get(one.field) or plain(one.field.removesuffix("_pence")),
                _value(one.field, one.before),
                _value(one.field, one.after),
            )


def _value(field: str, value: Value) -> str:
    """A field's value as people read it; nothing where nothing is recorded."""
    if value is None or value == ():
        return ""
    if isinstance(value, tuple):
        return ", ".join(plain(one) if field == "allowed_purposes" else one for one in value)
    if field.endswith("_pence") and isinstance(value, int):
        return pounds(value)
    if field.endswith("_on"):
        return day(date.fromisoformat(str(value)))
    if field == "kind":
        return in_words(str(value), KIND_OF_AGREEMENT)
    return plain(str(value)) if field in {"purpose", "opened_by"} else str(value)


def _who(page: Page, actor: str) -> str:
    """The name of somebody who signs in here; the id, which nobody else can read, of anybody else."""
    try:
        return name_of(page, UUID(actor), otherwise=actor)
    except ValueError:
        return f"The {actor} service"
