"""Interest: what was shared out, entering what held money earned, and a look at the shares before booking.

The answers travel in the address of the page that shows the shares, with the key of the form they were typed
into: going back, reloading or pressing twice never shares interest out twice.
"""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.clients import ServiceProblem
from services.portal.finance.interest.books import Interest, InterestPreview, Lines
from services.portal.finance.interest.forms import BOXES, interest_form
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.csv_files import csv_response
from services.portal.layout.forms import Filled, Form
from services.portal.officer.pots import in_pounds, read_pots
from services.portal.officer.rules import RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import BESIDE_THE_FORM, attempt, body, see_other, told
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

START = "/finance/interest"
NEW = f"{START}/new"
LONGEST = 100
SHARING = (Role.FUND_MANAGER, Role.PAYMENT_REQUESTER)
SharersPage = Annotated[Page, page(*SHARING)]
SharersForm = Annotated[SentForm, form_page(*SHARING)]
Short = Annotated[str, Query(max_length=LONGEST)]


@router.get(START)
async def list_interest(page: RegisterPage) -> Response:
    """Every period whose interest was shared out."""
    lines = Lines.validate_python(await page.services.contributions.get("/interest"))
    may_share = page.person.caller.has(*SHARING)
    return show(page, "finance/interest/list.html", lines=lines, may_share=may_share)


@router.get(NEW)
async def ask_for_interest(page: SharersPage) -> Response:
    """The form; what the address holds is filled in, so that it can be changed."""
    form = await _form(page)
    typed = {name: text for name, text in _typed(page).items() if text}
    return _ask(page, Filled(form, form.read(typed, today()).sent) if typed else form.blank())


@router.post(NEW)
async def take_interest(sent: SharersForm) -> Response:
    """Correct what cannot be; then show how it would be shared out."""
    filled = sent.read(await _form(sent))
    if not filled.ok:
        return _ask(sent, filled, 422)
    typed = {name: filled.text(name)[:LONGEST] for name in BOXES}
    return see_other(f"{START}/check?{urlencode({**typed, 'once': sent.idempotency_key})}")


@router.get(f"{START}/check")
async def check_interest(page: SharersPage, once: Short = "") -> Response:
    """Each pot's share, before anything is booked."""
    filled = (await _form(page)).read(_typed(page), today())
    if not filled.ok or not once:
        return _ask(page, filled, 422)
    try:
        preview = await page.services.contributions.get("/interest/preview", **body(filled))
    except ServiceProblem as refusal:
        if refusal.status not in BESIDE_THE_FORM:
            raise
        return _ask(page, filled.with_problems(told(refusal)), 422)
    return show(
        page,
        "finance/interest/check.html",
        preview=InterestPreview.model_validate(preview),
        typed=_typed(page),
        once=once,
        change=f"{NEW}?{urlencode(_typed(page))}",
    )


@router.post(f"{START}/check")
async def share_interest(sent: SharersForm) -> Response:
    """Share it out as it was looked at, and go on to what every pot was given."""
    filled = sent.read(await _form(sent))
    if filled.ok:
        interest_id = sent.id_for("interest")
        content = body(filled, interest_id=interest_id, shares_digest=sent.fields.get("shares_digest"))
        call = sent.services.contributions.post("/interest", content, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{interest_id}?done=shared")
    return _ask(sent, filled, 422)


@router.get(f"{START}/{{interest_id}}")
async def show_interest(page: RegisterPage, interest_id: UUID, done: str = "") -> Response:
    """What every pot was given of one period's interest."""
    return show(page, "finance/interest/shared.html", told=await _read(page, interest_id), done=done)


@router.get(f"{START}/{{interest_id}}/shares.csv")
async def download_shares(page: RegisterPage, interest_id: UUID) -> Response:
    """The shares as a file."""
    interest = await _read(page, interest_id)
    rows = [
        (share.reference, in_pounds(share.average_pence), in_pounds(share.amount_pence))
        for share in interest.shares
    ]
    name = f"interest {interest.interest.period_start} to {interest.interest.period_end}.csv"
    return csv_response(name, ("Pot", "Average balance, £", "Share of the interest, £"), rows)


async def _read(page: Page, interest_id: UUID) -> Interest:
    return Interest.model_validate(await page.services.contributions.get(f"/interest/{interest_id}"))


async def _form(page: Page) -> Form:
    pots = await read_pots(page)
    return interest_form(tuple(sorted({pot.organisation for pot in pots})))


def _typed(page: Page) -> dict[str, str]:
    return {name: page.request.query_params.get(name, "")[:LONGEST] for name in BOXES}


def _ask(page: Page, form: Filled, status_code: int = 200) -> Response:
    options = form.form.options("organisation")
    return show(page, "finance/interest/form.html", status_code, form=form, organisations=options)
