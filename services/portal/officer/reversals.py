"""Reversing a receipt that was recorded by mistake: both stay to be seen."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.forms import Filled
from services.portal.officer.forms import REVERSAL
from services.portal.officer.pots import START, read_pot
from services.portal.officer.rules import RecordersForm, RecordersPage
from services.portal.officer.showing import show
from services.portal.officer.words import today
from services.portal.sending import attempt, body, see_other

router = APIRouter(include_in_schema=False)

REVERSE = f"{START}/{{pot_id}}/reverse"


@router.get(REVERSE)
async def ask_for_reversal(page: RecordersPage, pot_id: UUID) -> Response:
    """The form that says why a receipt is taken back; dated today unless somebody says otherwise."""
    return await _form(page, pot_id, REVERSAL.showing({"reversed_on": today()}))


@router.post(REVERSE)
async def reverse_receipt(sent: RecordersForm, pot_id: UUID) -> Response:
    """Reverse the receipt, and go back to its pot."""
    filled = sent.read(REVERSAL)
    if filled.ok:
        call = sent.services.contributions.post(
            f"/pots/{pot_id}/reversal", body(filled), key=sent.idempotency_key
        )
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{pot_id}?done=reversed")
    return await _form(sent, pot_id, filled, 422)


async def _form(page: Page, pot_id: UUID, form: Filled, status_code: int = 200) -> Response:
    statement = await read_pot(page, pot_id)
    return show(page, "officer/reversal_form.html", status_code, form=form, pot=statement.pot)
