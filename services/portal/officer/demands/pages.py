"""Demands: the list, one with its letter and late interest, issuing one, withdrawing one."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page
from services.portal.layout.csv_files import Cell, csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START as AGREEMENTS
from services.portal.officer.agreements import read_agreement
from services.portal.officer.demands.books import Demand, DemandDetails, Demands, Preview
from services.portal.officer.demands.forms import COMPOUNDINGS, DEMAND, SHOWN, WITHDRAWAL
from services.portal.officer.pots import in_pounds
from services.portal.officer.rules import OfficersForm, OfficersPage, RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import BESIDE_THE_FORM, as_json, attempt, body, see_other, told

router = APIRouter(include_in_schema=False)

START = "/officer/demands"
OF_OBLIGATION = f"{AGREEMENTS}/{{agreement_id}}/obligations/{{obligation_id}}/demand"
LETTER = ("council_name", "council_address", "addressee", "addressee_address", "how_to_pay")
BOXES = ("issued_on-day", "issued_on-month", "issued_on-year", "reference", *LETTER)
Search = Annotated[str, Query(max_length=200)]


@router.get(START)
async def list_demands(
    page: RegisterPage,
    shown: Search = "all",
    search: Search = "",
    due_from: Search = "",
    due_to: Search = "",
    cursor: Search = "",
) -> Response:
    """Demands by the day they are due, a page at a time."""
    asked = _filters(shown, search, due_from, due_to)
    found = await _read_demands(page, asked, cursor)
    return show(
        page, "officer/demands/list.html", found=found, asked=asked, later=bool(cursor), options=SHOWN
    )


@router.get(f"{START}/demands.csv")
async def download_demands(
    page: RegisterPage, shown: Search = "all", search: Search = "", due_from: Search = "", due_to: Search = ""
) -> Response:
    """The same list, whole, as a file."""
    asked, rows, cursor = _filters(shown, search, due_from, due_to), [], ""
    while True:
        found = await _read_demands(page, asked, cursor)
        rows += [_cells(each) for each in found.demands]
        if found.next_cursor is None:
            break
        cursor = str(found.next_cursor)
    headings = ("Reference", "Agreement", "Obligation", "State", "Issued on", "Due on")
    sums = ("Sum in the deed, £", "Demanded, £", "Received, £", "Still owed, £")
    return csv_response("demands.csv", (*headings, *sums), rows)


@router.get(f"{START}/{{demand_id}}")
async def show_demand(page: RegisterPage, demand_id: UUID, done: str = "") -> Response:
    """A demand with its working, and what late interest has come to as of today."""
    details = await _read_demand(page, demand_id)
    return show(
        page,
        "officer/demands/demand.html",
        details=details,
        demand=details.demand,
        compoundings=dict(COMPOUNDINGS),
        done=done,
    )


@router.get(f"{START}/{{demand_id}}/letter.pdf")
async def download_letter(page: RegisterPage, demand_id: UUID) -> Response:
    """The letter as contributions writes it."""
    file = await page.services.contributions.download(f"/demands/{demand_id}/letter.pdf")
    return Response(file.content, headers=file.headers)


@router.get(f"{START}/{{demand_id}}/withdrawal")
async def ask_for_withdrawal(page: OfficersPage, demand_id: UUID) -> Response:
    """The form that takes a demand back."""
    return await _withdrawal_form(page, demand_id, WITHDRAWAL.showing({"withdrawn_on": today()}))


@router.post(f"{START}/{{demand_id}}/withdrawal")
async def withdraw(sent: OfficersForm, demand_id: UUID) -> Response:
    """Withdraw the demand, and go back to its page."""
    filled = sent.read(WITHDRAWAL)
    if filled.ok:
        path = f"/demands/{demand_id}/withdrawal"
        call = sent.services.contributions.post(path, body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{demand_id}?done=withdrawn")
    return await _withdrawal_form(sent, demand_id, filled, 422)


@router.get(OF_OBLIGATION)
async def ask_for_demand(page: OfficersPage, agreement_id: UUID, obligation_id: UUID) -> Response:
    """The form for a demand of today, its letter filled in as the last one was."""
    try:
        preview = await _preview(page, agreement_id, obligation_id, today())
    except ServiceProblem as refusal:
        if refusal.status not in BESIDE_THE_FORM:
            raise
        return await _form(page, agreement_id, obligation_id, DEMAND.showing({"issued_on": today()}), refusal)
    look = page.request.app.state.look
    known = {**preview.letter.model_dump(), "issued_on": today()}
    known["council_name"] = known["council_name"] or look.council_name
    return await _form(page, agreement_id, obligation_id, DEMAND.showing(known))


@router.post(OF_OBLIGATION)
async def check_demand(sent: OfficersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Show what the demand would ask for, with its working, before it goes out."""
    filled = sent.read(DEMAND)
    if filled.ok:
        day = filled.values["issued_on"]
        assert isinstance(day, date)
        try:
            preview = await _preview(sent, agreement_id, obligation_id, day)
        except ServiceProblem as refusal:
            if refusal.status not in BESIDE_THE_FORM:
                raise
            filled = filled.with_problems(told(refusal))
        else:
            return await _check(sent, agreement_id, obligation_id, filled, preview)
    return await _form(sent, agreement_id, obligation_id, filled, status_code=422)


@router.post(f"{OF_OBLIGATION}/check")
async def issue_demand(sent: OfficersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Issue the demand that was looked at, and go on to its page."""
    filled = sent.read(DEMAND)
    if filled.ok:
        demand_id = sent.id_for("demand")
        told_body = {
            **body(filled, "issued_on", "reference", demand_id=demand_id),
            "letter": {name: as_json(filled.values[name]) or "" for name in LETTER},
        }
        path = f"/agreements/{agreement_id}/obligations/{obligation_id}/demands"
        call = sent.services.contributions.post(path, told_body, key=sent.idempotency_key)
        names = {f"letter.{name}": name for name in LETTER}
        filled = await attempt(filled, call, names)
        if filled.ok:
            return see_other(f"{START}/{demand_id}?done=issued")
    return await _form(sent, agreement_id, obligation_id, filled, status_code=422)


def _filters(shown: str, search: str, due_from: str, due_to: str) -> dict[str, str]:
    known = shown if shown in dict(SHOWN) else "all"
    return {"show": known, "search": search, "due_from": _day(due_from), "due_to": _day(due_to)}


def _day(text: str) -> str:
    """A day as a date box sends it; nothing for anything else."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        return ""


async def _read_demands(page: Page, asked: dict[str, str], cursor: str) -> Demands:
    given = {name: value or None for name, value in {**asked, "cursor": cursor}.items()}
    return Demands.model_validate(await page.services.contributions.get("/demands", **given))


async def _read_demand(page: Page, demand_id: UUID) -> DemandDetails:
    return DemandDetails.model_validate(await page.services.contributions.get(f"/demands/{demand_id}"))


async def _preview(page: Page, agreement_id: UUID, obligation_id: UUID, day: date) -> Preview:
    path = f"/agreements/{agreement_id}/obligations/{obligation_id}/demand-preview"
    return Preview.model_validate(await page.services.contributions.get(path, issued_on=day.isoformat()))


def _cells(demand: Demand) -> tuple[Cell, ...]:
    sums = (demand.base_pence, demand.demanded_pence, demand.received_pence, demand.outstanding_pence)
    return (
        demand.reference,
        demand.agreement_reference,
        demand.obligation_reference,
        "overdue" if demand.overdue else demand.state,
        demand.issued_on,
        demand.due_on,
        *map(in_pounds, sums),
    )


async def _form(
    page: Page,
    agreement_id: UUID,
    obligation_id: UUID,
    form: Filled,
    refusal: ServiceProblem | None = None,
    status_code: int = 200,
) -> Response:
    agreement = await read_agreement(page, agreement_id)
    return show(
        page,
        "officer/demands/demand_form.html",
        status_code=status_code,
        form=form,
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
        refusal=refusal,
        path=OF_OBLIGATION.format(agreement_id=agreement_id, obligation_id=obligation_id),
    )


async def _check(
    sent: OfficersForm, agreement_id: UUID, obligation_id: UUID, filled: Filled, preview: Preview
) -> Response:
    agreement = await read_agreement(sent, agreement_id)
    return show(
        sent,
        "officer/demands/demand_check.html",
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
        preview=preview,
        values=filled.values,
        typed={name: filled.text(name) for name in BOXES},
        once=sent.idempotency_key,
        path=OF_OBLIGATION.format(agreement_id=agreement_id, obligation_id=obligation_id),
    )


async def _withdrawal_form(page: Page, demand_id: UUID, form: Filled, status_code: int = 200) -> Response:
    demand = (await _read_demand(page, demand_id)).demand
    return show(
        page, "officer/demands/withdrawal_form.html", status_code=status_code, form=form, demand=demand
    )
