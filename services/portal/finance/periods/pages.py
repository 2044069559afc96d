"""Which months and financial years are closed, and closing the next one, which cannot be undone."""

from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Response

from services.portal.finance.ledger.spans import month, year
from services.portal.finance.people import names_of
from services.portal.finance.periods.books import AllPeriods
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choices
from services.portal.layout.forms import Filled, Form
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import attempt, see_other
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/finance/periods"
CLOSE = f"{START}/{{organisation}}/{{kind}}/{{first_on}}/close"
WHO_CLOSES = (Role.PAYMENT_APPROVER, Role.FUND_MANAGER)
ClosersPage = Annotated[Page, page(*WHO_CLOSES)]
ClosersForm = Annotated[SentForm, form_page(*WHO_CLOSES)]
SURE = Form(
    Choices(
        name="sure",
        label="I understand",
        ask="that you understand that it stays closed",
        options=[("yes", "I understand that it stays closed for good")],
    )
)


@router.get(START)
async def list_periods(page: RegisterPage, done: str = "") -> Response:
    """How far the books of each organisation are closed."""
    told = AllPeriods.validate_python(await page.services.contributions.get("/periods"))
    return show(
        page,
        "finance/periods.html",
        all_periods=told,
        may_close=page.person.caller.has(*WHO_CLOSES),
        last_month=(today().replace(day=1) - timedelta(days=1)).replace(day=1),
        done=done,
        names=names_of(page),
    )


@router.get(CLOSE)
async def ask_whether_sure(
    page: ClosersPage, organisation: str, kind: Literal["month", "year"], first_on: date
) -> Response:
    """What closing means, before it is done."""
    return _form(page, organisation, kind, first_on, SURE.blank())


@router.post(CLOSE)
async def close_period(
    sent: ClosersForm, organisation: str, kind: Literal["month", "year"], first_on: date
) -> Response:
    """Close the month or year for good."""
    filled = sent.read(SURE)
    if filled.ok:
        body = {"organisation": organisation, "kind": kind, "first_on": first_on.isoformat()}
        call = sent.services.contributions.post("/periods", body, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}?done={kind}")
    return _form(sent, organisation, kind, first_on, filled, 422)


def _form(
    page: Page, organisation: str, kind: str, first_on: date, form: Filled, status_code: int = 200
) -> Response:
    span = month(first_on) if kind == "month" else year(first_on.year)
    return show(
        page,
        "finance/close_form.html",
        status_code,
        form=form,
        span=span,
        kind=kind,
        organisation=organisation,
    )
