"""Balances with which records here begin: of one obligation, or of a pool without a single deed."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, SentForm
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import read_agreement
from services.portal.officer.record_keeping.forms import BALANCE, POOL, STANDINGS
from services.portal.officer.rules import ManagersForm, ManagersPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, body, lines, see_other
from services.portal.words import PURPOSES

router = APIRouter(include_in_schema=False)

POOLED = "/officer/record-keeping/pool"
OF_ONE = "/officer/agreements/{agreement_id}/obligations/{obligation_id}/opening-balance"
SENT_TO = "/record-keeping/opening-balances"


@router.get(POOLED)
async def ask_for_pool(page: ManagersPage) -> Response:
    """The form for a balance that no single deed explains."""
    return _pool(page, POOL.blank())


@router.post(POOLED)
async def enter_pool(sent: ManagersForm) -> Response:
    """Have a pooled balance taken over into a pot of its own."""
    filled = sent.read(POOL)
    if filled.ok:
        pot_id = sent.id_for("pot")
        more = {"pot_id": pot_id, "standing": "pooled", "wards": lines(filled.values["wards"])}
        call = sent.services.contributions.post(SENT_TO, body(filled, **more), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"/officer/pots/{pot_id}")
    return _pool(sent, filled, 422)


@router.get(OF_ONE)
async def ask_for_balance(page: ManagersPage, agreement_id: UUID, obligation_id: UUID) -> Response:
    """The form for the balance of one obligation."""
    return await _of_one(page, agreement_id, obligation_id, BALANCE.blank())


@router.post(OF_ONE)
async def enter_balance(sent: ManagersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Have the balance of one obligation taken over into a pot."""
    filled = sent.read(BALANCE)
    if filled.ok:
        pot_id = sent.id_for("pot")
        agreement = await read_agreement(sent, agreement_id)
        place = {"agreement_id": agreement_id, "obligation_id": obligation_id}
        more = {"pot_id": pot_id, "organisation": agreement.organisation, **place}
        call = sent.services.contributions.post(SENT_TO, body(filled, **more), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"/officer/pots/{pot_id}")
    return await _of_one(sent, agreement_id, obligation_id, filled, 422)


async def _of_one(
    page: Page | SentForm, agreement_id: UUID, obligation_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    agreement = await read_agreement(page, agreement_id)
    return show(
        page,
        "officer/record_keeping/balance.html",
        status_code=status_code,
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
        form=form,
        standings=STANDINGS,
    )


def _pool(page: Page | SentForm, form: Filled, status_code: int = 200) -> Response:
    return show(
        page, "officer/record_keeping/pool.html", status_code=status_code, form=form, purposes=PURPOSES
    )
