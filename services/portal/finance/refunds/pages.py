"""Refunds: what is due, asking for one, approving or refusing it, and what finance returned."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.finance.refunds.books import Refund, Refunds
from services.portal.finance.refunds.forms import APPROVAL, REFUSAL, REQUEST, RETURNED
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.csv_files import csv_response
from services.portal.layout.forms import Filled
from services.portal.officer.pots import in_pounds, read_pot
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import attempt, body, see_other
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/finance/refunds"
ONE = f"{START}/{{refund_id}}"
REQUEST_OF = "/finance/pots/{pot_id}/refund"
ASKING = (Role.FUND_MANAGER, Role.PAYMENT_REQUESTER)
FINANCE = (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER)
REFUSING = (Role.FUND_MANAGER, *FINANCE)
AskersPage = Annotated[Page, page(*ASKING)]
AskersForm = Annotated[SentForm, form_page(*ASKING)]
RefusersPage = Annotated[Page, page(*REFUSING)]
RefusersForm = Annotated[SentForm, form_page(*REFUSING)]
FinanceForm = Annotated[SentForm, form_page(*FINANCE)]
ApproversForm = Annotated[SentForm, form_page(Role.PAYMENT_APPROVER)]
STATES = ("requested", "approved", "returned", "refused")
CSV = (
    "Reference",
    "Agreement",
    "Amount, £",
    "State",
    "Requested on",
    "Approved on",
    "Returned on",
    "Voucher",
)


@router.get(START)
async def list_refunds(page: RegisterPage) -> Response:
    """Pots to be refunded as their deeds say, and every refund by how far it has come."""
    told = await _read(page)
    return show(
        page,
        "finance/refunds/list.html",
        due=told.due,
        in_state={state: [each for each in told.refunds if each.state == state] for state in STATES},
        may_ask=page.person.caller.has(*ASKING),
    )


@router.get(f"{START}/refunds.csv")
async def download_refunds(page: RegisterPage) -> Response:
    """All refunds as a file, without the payees."""
    rows = [
        (
            each.reference,
            each.agreement,
            in_pounds(each.amount_pence),
            each.state,
            each.requested_on,
            each.approved_on,
            each.returned_on,
            each.voucher,
        )
        for each in (await _read(page)).refunds
    ]
    return csv_response("refunds.csv", CSV, rows)


@router.get(REQUEST_OF)
async def ask_for_request(page: AskersPage, pot_id: UUID) -> Response:
    """The form; all that can be refunded is proposed, dated today."""
    statement = await read_pot(page, pot_id)
    known = {"amount_pence": in_pounds(statement.pot.refundable_pence), "requested_on": today()}
    return await _request_form(page, pot_id, REQUEST.showing(known))


@router.post(REQUEST_OF)
async def request_refund(sent: AskersForm, pot_id: UUID) -> Response:
    """Ask for the refund, and go on to its page."""
    filled = sent.read(REQUEST)
    refund_id = sent.id_for("refund")
    if filled.ok:
        told = body(filled, refund_id=refund_id, pot_id=pot_id)
        filled = await attempt(
            filled, sent.services.contributions.post("/refunds", told, key=sent.idempotency_key)
        )
        if filled.ok:
            return see_other(f"{START}/{refund_id}?done=requested")
    return await _request_form(sent, pot_id, filled, 422)


@router.get(ONE)
async def show_refund(page: RegisterPage, refund_id: UUID, done: str = "") -> Response:
    """One refund, what was done, and what this person may do next."""
    refund = await _one(page, refund_id)
    known = APPROVAL.showing({"approved_on": today()}) if refund.state == "requested" else RETURNED.blank()
    return _show(page, refund, known, done=done)


@router.post(f"{ONE}/approve")
async def approve_refund(sent: ApproversForm, refund_id: UUID) -> Response:
    """Approve what another person asked for."""
    filled = await _send(sent, refund_id, sent.read(APPROVAL), "approve")
    if filled.ok:
        return see_other(f"{START}/{refund_id}?done=approved")
    return _show(sent, await _one(sent, refund_id), filled, status_code=422)


@router.post(f"{ONE}/returned")
async def mark_returned(sent: FinanceForm, refund_id: UUID) -> Response:
    """Record that finance returned the money, with its voucher and the day."""
    filled = await _send(sent, refund_id, sent.read(RETURNED), "returned")
    if filled.ok:
        return see_other(f"{START}/{refund_id}?done=returned")
    return _show(sent, await _one(sent, refund_id), filled, status_code=422)


@router.get(f"{ONE}/refuse")
async def ask_for_reason(page: RefusersPage, refund_id: UUID) -> Response:
    """The question why a refund is stopped, before it is."""
    return await _refusal_form(page, refund_id, REFUSAL.showing({"refused_on": today()}))


@router.post(f"{ONE}/refuse")
async def refuse_refund(sent: RefusersForm, refund_id: UUID) -> Response:
    """Stop a refund that was not made yet."""
    filled = await _send(sent, refund_id, sent.read(REFUSAL), "refuse")
    if filled.ok:
        return see_other(f"{START}/{refund_id}?done=refused")
    return await _refusal_form(sent, refund_id, filled, 422)


async def _send(sent: SentForm, refund_id: UUID, filled: Filled, act: str) -> Filled:
    """Send a step on where the form is right."""
    if not filled.ok:
        return filled
    path = f"/refunds/{refund_id}/{act}"
    call = sent.services.contributions.post(path, body(filled), key=sent.idempotency_key)
    return await attempt(filled, call)


async def _read(page: Page) -> Refunds:
    return Refunds.model_validate(await page.services.contributions.get("/refunds"))


async def _one(page: Page, refund_id: UUID) -> Refund:
    return Refund.model_validate(await page.services.contributions.get(f"/refunds/{refund_id}"))


def _show(page: Page, refund: Refund, form: Filled, *, done: str = "", status_code: int = 200) -> Response:
    caller = page.person.caller
    return show(
        page,
        "finance/refunds/refund.html",
        status_code,
        refund=refund,
        form=form,
        done=done,
        names=_names(page),
        own=refund.asked_for_by(page.person.id),
        approver=caller.has(Role.PAYMENT_APPROVER),
        finance=caller.has(*FINANCE),
        may_refuse=caller.has(*REFUSING) and refund.state in {"requested", "approved"},
    )


async def _request_form(page: Page, pot_id: UUID, form: Filled, status_code: int = 200) -> Response:
    pot = (await read_pot(page, pot_id)).pot
    return show(page, "finance/refunds/request_form.html", status_code, form=form, pot=pot)


async def _refusal_form(page: Page, refund_id: UUID, form: Filled, status_code: int = 200) -> Response:
    refund = await _one(page, refund_id)
    return show(page, "finance/refunds/refusal_form.html", status_code, form=form, refund=refund)


def _names(page: Page) -> Mapping[str, str]:
    """The names of the people who can sign in, by id: the books hold ids only."""
    people = page.request.app.state.session_store.people
    return {str(person_id): person.name for person_id, person in people.items()}
