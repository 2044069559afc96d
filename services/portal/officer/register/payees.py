"""Payees of an agreement: who is refunded what is not spent in time, and the erasing of people's names."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled, Form
from services.portal.officer.agreements import START, read_agreement
from services.portal.officer.register.forms import PAYEE
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, body, see_other

router = APIRouter(include_in_schema=False)

PAYEES = f"{START}/{{agreement_id}}/payees"
NOTHING_ASKED = Form()


@router.get(PAYEES)
async def show_payees(page: OfficersPage, agreement_id: UUID, done: str = "") -> Response:
    """The payees of an agreement, and the form for one more."""
    return await _payees(page, agreement_id, PAYEE.blank(), done=done)


@router.post(PAYEES)
async def add_payee(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Add the payee, and show the list again."""
    filled = sent.read(PAYEE)
    if filled.ok:
        told = body(filled, payee_id=sent.id_for("payee"))
        path = f"/agreements/{agreement_id}/payees"
        filled = await attempt(filled, sent.services.contributions.post(path, told, key=sent.idempotency_key))
        if filled.ok:
            return see_other(f"{_at(agreement_id)}?done=added")
    return await _payees(sent, agreement_id, filled, 422)


@router.post(f"{PAYEES}/{{payee_id}}/remove")
async def remove_payee(sent: OfficersForm, agreement_id: UUID, payee_id: UUID) -> Response:
    """Record that nothing more is refunded to the payee."""
    return await _act(sent, agreement_id, f"payees/{payee_id}/remove", "removed")


@router.post(f"{PAYEES}/erase")
async def erase_people(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Erase, for good, the names of people from the agreement."""
    return await _act(sent, agreement_id, "erase-people", "erased")


async def _act(sent: SentForm, agreement_id: UUID, act: str, done: str) -> Response:
    call = sent.services.contributions.post(
        f"/agreements/{agreement_id}/{act}", None, key=sent.idempotency_key
    )
    filled = await attempt(sent.read(NOTHING_ASKED), call)
    if filled.ok:
        return see_other(f"{_at(agreement_id)}?done={done}")
    return await _payees(sent, agreement_id, filled, 422)


async def _payees(
    page: Page, agreement_id: UUID, form: Filled, status_code: int = 200, done: str = ""
) -> Response:
    return show(
        page,
        "officer/register/payees.html",
        status_code=status_code,
        agreement=await read_agreement(page, agreement_id),
        form=form,
        done=done,
    )


def _at(agreement_id: UUID) -> str:
    return PAYEES.format(agreement_id=agreement_id)
