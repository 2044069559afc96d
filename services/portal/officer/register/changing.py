"""Changing what is recorded: a correction with its reason, and a deed of variation."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.forms import Filled
from services.portal.officer.agreements import START, read_agreement, read_wards
from services.portal.officer.books import Agreement
from services.portal.officer.register.changed import own_fields, terms_of, with_developer_checked
from services.portal.officer.register.forms import (
    AGREEMENT_FIELDS,
    CORRECTION,
    DEVELOPER_KINDS,
    OBLIGATION_FIELDS,
    VARIABLE_FIELDS,
    VARIABLE_TERMS,
    correction_of_obligation,
    present,
    terms,
    variation_of,
)
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.officer.words import AGREEMENT_KINDS
from services.portal.sending import as_json, attempt, see_other
from services.portal.words import PURPOSES

router = APIRouter(include_in_schema=False)

AGREEMENT = f"{START}/{{agreement_id}}"
OBLIGATION = f"{AGREEMENT}/obligations/{{obligation_id}}"
NOT_SHOWN = ("deed_on", "document_url")
"""On the form of a variation these are the new deed's own."""
CORRECTION_OF_OBLIGATION = correction_of_obligation()


@router.get(f"{AGREEMENT}/correct")
async def ask_for_correction(page: OfficersPage, agreement_id: UUID) -> Response:
    """The agreement as it is recorded, to be put right."""
    agreement = await read_agreement(page, agreement_id)
    return await _correction_form(page, agreement, CORRECTION.showing(present(agreement)))


@router.post(f"{AGREEMENT}/correct")
async def correct(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Record what should have been recorded, and go back to the agreement."""
    agreement = await read_agreement(sent, agreement_id)
    filled = with_developer_checked(sent.read(CORRECTION))
    if filled.ok:
        told = {
            "correction_id": str(sent.id_for("correction")),
            "reason": filled.values["reason"],
            "seen_sequence": filled.values["seen_sequence"],
            **own_fields(filled.values, AGREEMENT_FIELDS),
        }
        path = f"/agreements/{agreement_id}/corrections"
        filled = await attempt(filled, sent.services.contributions.post(path, told, key=sent.idempotency_key))
        if filled.ok:
            return see_other(f"{START}/{agreement_id}?done=correction")
    return await _correction_form(sent, agreement, filled, 422)


@router.get(f"{OBLIGATION}/correct")
async def ask_for_obligations_correction(
    page: OfficersPage, agreement_id: UUID, obligation_id: UUID
) -> Response:
    """The obligation as it is recorded, to be put right."""
    agreement = await read_agreement(page, agreement_id)
    shown = CORRECTION_OF_OBLIGATION.showing(terms(agreement.obligation(obligation_id)))
    return await _obligation_form(page, agreement, obligation_id, shown)


@router.post(f"{OBLIGATION}/correct")
async def correct_obligation(sent: OfficersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Record what should have been recorded, and go back to the agreement."""
    agreement = await read_agreement(sent, agreement_id)
    filled = sent.read(CORRECTION_OF_OBLIGATION)
    if filled.ok:
        told = {
            "correction_id": str(sent.id_for("correction")),
            "reason": filled.values["reason"],
            "seen_sequence": filled.values["seen_sequence"],
            **terms_of(filled.values, OBLIGATION_FIELDS),
        }
        path = f"/agreements/{agreement_id}/obligations/{obligation_id}/corrections"
        filled = await attempt(filled, sent.services.contributions.post(path, told, key=sent.idempotency_key))
        if filled.ok:
            return see_other(f"{START}/{agreement_id}?done=correction")
    return await _obligation_form(sent, agreement, obligation_id, filled, 422)


@router.get(f"{AGREEMENT}/vary")
async def ask_for_variation(page: OfficersPage, agreement_id: UUID) -> Response:
    """The form for a deed of variation: its date and words, and the terms as they are now."""
    agreement = await read_agreement(page, agreement_id)
    now = present(agreement)
    for name in NOT_SHOWN:
        del now[name]
    for number, each in enumerate(agreement.obligations):
        now |= terms(each, f"{number}-")
    return await _variation_form(page, agreement, variation_of(agreement.obligations).showing(now))


@router.post(f"{AGREEMENT}/vary")
async def vary(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Record the deed of variation, and go back to the agreement, which is now its next version."""
    agreement = await read_agreement(sent, agreement_id)
    filled = with_developer_checked(sent.read(variation_of(agreement.obligations)))
    if filled.ok:
        told = {
            "variation_id": str(sent.id_for("variation")),
            "deed_on": as_json(filled.values["deed_on"]),
            "document_url": filled.values["document_url"],
            "summary": filled.values["summary"],
            "seen_sequence": filled.values["seen_sequence"],
            "agreement": own_fields(filled.values, VARIABLE_FIELDS),
            "obligations": [
                {
                    "obligation_id": str(each.obligation_id),
                    **terms_of(filled.values, VARIABLE_TERMS, f"{number}-"),
                }
                for number, each in enumerate(agreement.obligations)
            ],
        }
        names = {
            f"obligations.{number}.{name}": f"{number}-{name}"
            for number in range(len(agreement.obligations))
            for name in VARIABLE_TERMS
        }
        call = sent.services.contributions.post(
            f"/agreements/{agreement_id}/variations", told, key=sent.idempotency_key
        )
        filled = await attempt(filled, call, names)
        if filled.ok:
            return see_other(f"{START}/{agreement_id}?done=variation")
    return await _variation_form(sent, agreement, filled, 422)


async def _correction_form(
    page: Page, agreement: Agreement, form: Filled, status_code: int = 200
) -> Response:
    return await _form(page, "correction_form", agreement, form, status_code)


async def _variation_form(page: Page, agreement: Agreement, form: Filled, status_code: int = 200) -> Response:
    return await _form(page, "variation_form", agreement, form, status_code)


async def _obligation_form(
    page: Page, agreement: Agreement, obligation_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    obligation = agreement.obligation(obligation_id)
    return await _form(
        page, "obligation_correction_form", agreement, form, status_code, obligation=obligation
    )


async def _form(
    page: Page, name: str, agreement: Agreement, form: Filled, status_code: int, **more: object
) -> Response:
    return show(
        page,
        f"officer/register/{name}.html",
        status_code=status_code,
        agreement=agreement,
        form=form,
        kinds_to_choose=AGREEMENT_KINDS,
        developer_kinds=DEVELOPER_KINDS,
        purposes=PURPOSES,
        wards=await read_wards(page),
        **more,
    )
