"""Payments of verified claims: one person asks, another approves, finance's own system pays."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.finance.books import Claims, Funding, Payment, Payments, find_claim, find_payment
from services.portal.finance.forms import APPROVAL, PAID, REFUSAL, REQUEST
from services.portal.finance.people import names_of
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.forms import Filled
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import attempt, body, see_other
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/finance/payments"
ONE = f"{START}/{{payment_id}}"
REQUEST_OF = "/finance/claims/{claim_id}/request"
BOTH = (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER)
FinancePage = Annotated[Page, page(*BOTH)]
FinanceForm = Annotated[SentForm, form_page(*BOTH)]
RequestersPage = Annotated[Page, page(Role.PAYMENT_REQUESTER)]
RequestersForm = Annotated[SentForm, form_page(Role.PAYMENT_REQUESTER)]
ApproversForm = Annotated[SentForm, form_page(Role.PAYMENT_APPROVER)]


@router.get(START)
async def list_payments(page: FinancePage) -> Response:
    """Claims to ask for, payments to approve and to be paid, and all that were made."""
    contributions = page.services.contributions
    requester = page.person.caller.has(Role.PAYMENT_REQUESTER)
    claims = await contributions.get("/payable-claims") if requester else []
    payments = Payments.validate_python(await contributions.get("/payments"))
    return show(
        page,
        "finance/payments.html",
        requester=requester,
        claims=Claims.validate_python(claims),
        in_state={state: [each for each in payments if each.state == state] for state in STATES},
    )


@router.get(REQUEST_OF)
async def ask_for_request(page: RequestersPage, claim_id: UUID) -> Response:
    """The claim, before its payment is asked for; dated today unless somebody says otherwise."""
    return await _request_form(page, claim_id, REQUEST.showing({"requested_on": today()}))


@router.post(REQUEST_OF)
async def request_payment(sent: RequestersForm, claim_id: UUID) -> Response:
    """Ask for the claim to be paid, and go on to its payment."""
    filled = sent.read(REQUEST)
    payment_id = sent.id_for("payment")
    if filled.ok:
        application_id = sent.fields.get("application_id")
        told = body(filled, payment_id=payment_id, claim_id=claim_id, application_id=application_id)
        call = sent.services.contributions.post("/payments", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{payment_id}?done=requested")
    return await _request_form(sent, claim_id, filled, 422)


@router.get(ONE)
async def show_payment(page: FinancePage, payment_id: UUID, done: str = "") -> Response:
    """One payment, what was done, and what this person may do next."""
    payment = await _read(page, payment_id)
    if payment.state == "requested":
        return await _show(page, payment, APPROVAL.showing({"approved_on": today()}), done=done)
    return await _show(page, payment, PAID.blank(), done=done)


@router.post(f"{ONE}/approve")
async def approve_payment(sent: ApproversForm, payment_id: UUID) -> Response:
    """Approve what another person asked for."""
    return await _send(sent, payment_id, sent.read(APPROVAL), "approve", "approved")


@router.get(f"{ONE}/refuse")
async def ask_for_reason(page: FinancePage, payment_id: UUID) -> Response:
    """The question why a payment is stopped, before it is."""
    return await _refusal_form(page, payment_id, REFUSAL.showing({"refused_on": today()}))


@router.post(f"{ONE}/refuse")
async def refuse_payment(sent: FinanceForm, payment_id: UUID) -> Response:
    """Stop a payment that was not made yet."""
    filled = sent.read(REFUSAL)
    if filled.ok:
        path = f"/payments/{payment_id}/refuse"
        call = sent.services.contributions.post(path, body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{payment_id}?done=refused")
    return await _refusal_form(sent, payment_id, filled, 422)


@router.post(f"{ONE}/paid")
async def mark_paid(sent: FinanceForm, payment_id: UUID) -> Response:
    """Record that finance paid, with its voucher and the day."""
    return await _send(sent, payment_id, sent.read(PAID), "paid", "paid")


STATES = ("requested", "approved", "paid", "refused")


async def _send(sent: SentForm, payment_id: UUID, filled: Filled, act: str, done: str) -> Response:
    """Send a step on, and show the payment again: as it is then, or with what is wrong."""
    if filled.ok:
        path = f"/payments/{payment_id}/{act}"
        call = sent.services.contributions.post(path, body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{payment_id}?done={done}")
    return await _show(sent, await _read(sent, payment_id), filled, status_code=422)


async def _read(page: Page, payment_id: UUID) -> Payment:
    payments = Payments.validate_python(await page.services.contributions.get("/payments"))
    return find_payment(payments, payment_id)


async def _show(
    page: Page, payment: Payment, form: Filled, *, done: str = "", status_code: int = 200
) -> Response:
    told = await page.services.contributions.get(f"/grant-fundings/{payment.application_id}")
    return show(
        page,
        "finance/payment.html",
        status_code,
        payment=payment,
        form=form,
        done=done,
        pots={share.pot_id: share for share in Funding.model_validate(told).shares},
        names=names_of(page),
        own=payment.asked_for_by(page.person.id),
        approver=page.person.caller.has(Role.PAYMENT_APPROVER),
        may_refuse=payment.may_be_refused_by(page.person.id),
    )


async def _refusal_form(page: Page, payment_id: UUID, form: Filled, status_code: int = 200) -> Response:
    payment = await _read(page, payment_id)
    return show(page, "finance/refusal_form.html", status_code, payment=payment, form=form)


async def _request_form(page: Page, claim_id: UUID, form: Filled, status_code: int = 200) -> Response:
    claims = Claims.validate_python(await page.services.contributions.get("/payable-claims"))
    claim = find_claim(claims, claim_id)
    return show(page, "finance/request_form.html", status_code, form=form, claim=claim)
