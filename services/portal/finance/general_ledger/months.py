"""A month of both ledgers, and signing it off: one person prepares, another approves."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Response

from services.portal.finance.general_ledger.books import Position
from services.portal.finance.general_ledger.forms import BALANCE
from services.portal.finance.general_ledger.pages import API, START, WORKERS, WorkersForm
from services.portal.finance.ledger.spans import month
from services.portal.finance.people import names_of
from services.portal.identity.pages_rule import Page, SentForm, form_page
from services.portal.layout.forms import Filled, Form
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, see_other
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

MONTH = f"{START}/months/{{first_on}}"
APPROVERS = (Role.PAYMENT_APPROVER, Role.FUND_MANAGER)
ApproversForm = Annotated[SentForm, form_page(*APPROVERS)]
PENCE_IN_A_POUND = 100


@router.get(MONTH)
async def show_month(page: RegisterPage, first_on: date, organisation: str, done: str = "") -> Response:
    """Both balances, what lies between them, and who signed."""
    return await _show(page, first_on, organisation, BALANCE.blank(), done=done)


@router.post(f"{MONTH}/prepare")
async def prepare_month(sent: WorkersForm, first_on: date, organisation: str) -> Response:
    """Say that the month agrees, with the balance that the finance system shows."""
    filled = sent.read(BALANCE)
    if filled.ok:
        balance = filled.values["general_ledger_pounds"]
        assert isinstance(balance, Decimal)
        told = {
            "organisation": organisation,
            "first_on": first_on.isoformat(),
            "general_ledger_pence": int(balance * PENCE_IN_A_POUND),
        }
        path = f"{API}/months/prepare"
        call = sent.services.contributions.post(path, told, key=sent.idempotency_key)
        filled = await attempt(filled, call, {"general_ledger_pence": "general_ledger_pounds"})
        if filled.ok:
            return _done(first_on, organisation, "prepared")
    return await _show(sent, first_on, organisation, filled, 422)


@router.post(f"{MONTH}/approve")
async def approve_month(sent: ApproversForm, first_on: date, organisation: str) -> Response:
    """Sign off what somebody else prepared."""
    told = {"organisation": organisation, "first_on": first_on.isoformat()}
    call = sent.services.contributions.post(f"{API}/months/approve", told, key=sent.idempotency_key)
    filled = await attempt(Form().blank(), call)
    if filled.ok:
        return _done(first_on, organisation, "approved")
    return await _show(sent, first_on, organisation, filled, 422)


def _done(first_on: date, organisation: str, done: str) -> Response:
    return see_other(f"{START}/months/{first_on}?organisation={organisation}&done={done}")


async def _show(
    page: Page, first_on: date, organisation: str, form: Filled, status_code: int = 200, *, done: str = ""
) -> Response:
    told = await page.services.contributions.get(f"{API}/months/{first_on}", organisation=organisation)
    position = Position.model_validate(told)
    caller = page.person.caller
    own = position.signed is not None and position.signed.prepared_by == str(page.person.id)
    return show(
        page,
        "finance/general_ledger/month.html",
        status_code,
        form=form,
        position=position,
        organisation=organisation,
        span=month(position.first_on),
        done=done,
        own=own,
        may_prepare=caller.has(*WORKERS),
        may_approve=caller.has(*APPROVERS),
        names=names_of(page),
    )
