"""Recording a receipt: what came and when, a look at it before it is recorded, and the pot it opened.

The answers travel in the address of the page that shows them once more, with the key of the form they were
typed into: going back, reloading or pressing twice never records the money twice.
"""

from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START, read_agreement
from services.portal.officer.books import PotStatement
from services.portal.officer.forms import RECEIPT
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import attempt, body, see_other

router = APIRouter(include_in_schema=False)

RECEIPT_OF = f"{START}/{{agreement_id}}/obligations/{{obligation_id}}/receipt"
LONGEST = 40
Short = Annotated[str, Query(max_length=100)]


@router.get(RECEIPT_OF)
async def ask_for_receipt(page: OfficersPage, agreement_id: UUID, obligation_id: UUID) -> Response:
    """The form for money that came; what the address holds is filled in, so that it can be changed."""
    return await _form(page, agreement_id, obligation_id, _as_typed(page))


@router.post(RECEIPT_OF)
async def take_receipt(sent: OfficersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Correct what cannot be; then show the answers once more."""
    filled = sent.read(RECEIPT)
    if not filled.ok:
        return await _form(sent, agreement_id, obligation_id, filled, 422)
    typed = {name: filled.text(name)[:LONGEST] for name in BOXES}
    asked = urlencode({**typed, "once": sent.idempotency_key})
    return see_other(f"{_path(agreement_id, obligation_id)}/check?{asked}")


@router.get(f"{RECEIPT_OF}/check")
async def check_receipt(
    page: OfficersPage, agreement_id: UUID, obligation_id: UUID, once: Short = ""
) -> Response:
    """The answers, before anything is recorded."""
    filled = RECEIPT.read(_typed(page), today())
    if not filled.ok or not once:
        return await _form(page, agreement_id, obligation_id, filled, 422)
    return await _check(page, agreement_id, obligation_id, filled, once)


@router.post(f"{RECEIPT_OF}/check")
async def record_receipt(sent: OfficersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Record the receipt, and confirm it with its pot."""
    filled = sent.read(RECEIPT)
    if filled.ok:
        receipt_id = sent.id_for("receipt")
        path = f"/agreements/{agreement_id}/obligations/{obligation_id}/receipts"
        call = sent.services.contributions.post(
            path, body(filled, receipt_id=receipt_id), key=sent.idempotency_key
        )
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"/officer/pots/{receipt_id}/recorded")
    return await _form(sent, agreement_id, obligation_id, filled, 422)


@router.get("/officer/pots/{pot_id}/recorded")
async def confirm_receipt(page: OfficersPage, pot_id: UUID) -> Response:
    """The receipt is recorded: its pot, and the trace that the public sees."""
    statement = PotStatement.model_validate(await page.services.contributions.get(f"/pots/{pot_id}"))
    return show(page, "officer/receipt_recorded.html", pot=statement.pot)


BOXES = ("amount_pence", "received_on-day", "received_on-month", "received_on-year")


def _typed(page: Page) -> dict[str, str]:
    return {name: page.request.query_params.get(name, "")[:LONGEST] for name in BOXES}


def _as_typed(page: Page) -> Filled:
    """The form with what the address holds in its boxes, and nothing said of it yet."""
    return Filled(RECEIPT, RECEIPT.read(_typed(page), today()).sent)


def _path(agreement_id: UUID, obligation_id: UUID) -> str:
    return RECEIPT_OF.format(agreement_id=agreement_id, obligation_id=obligation_id)


async def _form(
    page: Page, agreement_id: UUID, obligation_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    agreement = await read_agreement(page, agreement_id)
    return show(
        page,
        "officer/receipt_form.html",
        status_code=status_code,
        form=form,
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
        path=_path(agreement_id, obligation_id),
    )


async def _check(page: Page, agreement_id: UUID, obligation_id: UUID, filled: Filled, once: str) -> Response:
    agreement = await read_agreement(page, agreement_id)
    path = _path(agreement_id, obligation_id)
    return show(
        page,
        "officer/receipt_check.html",
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
        values=filled.values,
        typed=_typed(page),
        once=once,
        path=path,
        change=f"{path}?{urlencode(_typed(page))}",
    )
