"""Agreements: look at one, record one, add an obligation, say that its trigger was met."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.forms import Filled
from services.portal.officer.books import Agreement, Agreements
from services.portal.officer.forms import AGREEMENT, OBLIGATION, TRIGGER
from services.portal.officer.pots import read_pots
from services.portal.officer.record_keeping.books import record_keeping_of
from services.portal.officer.register.books import Ward, Wards
from services.portal.officer.register.changed import developer_of, with_developer_checked
from services.portal.officer.register.forms import DEVELOPER_KINDS
from services.portal.officer.rules import OfficersForm, OfficersPage, RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.triggers.asking import trigger_names, trigger_problems, trigger_told
from services.portal.officer.triggers.words import TRIGGER_KINDS
from services.portal.officer.words import AGREEMENT_KINDS
from services.portal.sending import attempt, body, lines, see_other
from services.portal.words import PURPOSES

router = APIRouter(include_in_schema=False)

START = "/officer/agreements"


@router.get(f"{START}/new")
async def ask_for_agreement(page: OfficersPage) -> Response:
    """The form for a new agreement; the organisation is that of the last one."""
    found = Agreements.model_validate(await page.services.contributions.get("/agreements"))
    known = {"organisation": found.agreements[0].organisation} if found.agreements else {}
    return await _agreement_form(page, AGREEMENT.showing(known))


@router.post(f"{START}/new")
async def record_agreement(sent: OfficersForm) -> Response:
    """Record the agreement, and go on to its page."""
    filled = with_developer_checked(sent.read(AGREEMENT))
    if filled.ok:
        agreement_id = sent.id_for("agreement")
        told = {**body(filled, agreement_id=agreement_id), "developer": developer_of(filled.values)}
        call = sent.services.contributions.post("/agreements", told, key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{agreement_id}?done=agreement")
    return await _agreement_form(sent, filled, 422)


@router.get(f"{START}/{{agreement_id}}")
async def show_agreement(page: RegisterPage, agreement_id: UUID, done: str = "") -> Response:
    """An agreement with its obligations, their triggers, receipts and pots."""
    agreement = await read_agreement(page, agreement_id)
    pots = [pot for pot in await read_pots(page, agreement.organisation) if pot.agreement_id == agreement_id]
    keeping = await record_keeping_of(page, agreement.organisation)
    return show(page, "officer/agreement.html", agreement=agreement, pots=pots, done=done, keeping=keeping)


@router.get(f"{START}/{{agreement_id}}/obligations/new")
async def ask_for_obligation(page: OfficersPage, agreement_id: UUID) -> Response:
    """The form for one more obligation of the agreement."""
    return await _obligation_form(page, agreement_id, OBLIGATION.blank())


@router.post(f"{START}/{{agreement_id}}/obligations/new")
async def add_obligation(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Add the obligation, and go back to the agreement."""
    filled = sent.read(OBLIGATION)
    if filled.ok:
        filled = filled.with_problems(trigger_problems(filled.values))
    if filled.ok:
        named = body(filled, "reference", "purpose", "amount_pence", "trigger", "spend_by_months")
        ids = {"obligation_id": str(sent.id_for("obligation"))}
        told = {**named, **trigger_told(filled.values), **ids, "wards": lines(filled.values["wards"])}
        path = f"/agreements/{agreement_id}/obligations"
        call = sent.services.contributions.post(path, told, key=sent.idempotency_key)
        filled = await attempt(filled, call, trigger_names())
        if filled.ok:
            return see_other(f"{START}/{agreement_id}?done=obligation")
    return await _obligation_form(sent, agreement_id, filled, 422)


@router.get(f"{START}/{{agreement_id}}/obligations/{{obligation_id}}/trigger")
async def ask_for_trigger(
    page: OfficersPage, agreement_id: UUID, obligation_id: UUID, met_on: date | None = None
) -> Response:
    """The form that says when an obligation's trigger was met; the day of a report is filled in."""
    return await _trigger_form(page, agreement_id, obligation_id, TRIGGER.showing({"trigger_met_on": met_on}))


@router.post(f"{START}/{{agreement_id}}/obligations/{{obligation_id}}/trigger")
async def meet_trigger(sent: OfficersForm, agreement_id: UUID, obligation_id: UUID) -> Response:
    """Record the day, and go back to the agreement: the sum is now owed."""
    filled = sent.read(TRIGGER)
    if filled.ok:
        path = f"/agreements/{agreement_id}/obligations/{obligation_id}/trigger"
        call = sent.services.contributions.post(path, body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{agreement_id}?done=trigger")
    return await _trigger_form(sent, agreement_id, obligation_id, filled, 422)


async def read_agreement(page: Page, agreement_id: UUID) -> Agreement:
    """The agreement as contributions keeps it; a page of its own says that there is none."""
    return Agreement.model_validate(await page.services.contributions.get(f"/agreements/{agreement_id}"))


async def read_wards(page: Page) -> tuple[Ward, ...]:
    """Every ward that an edition or a fund names, by name."""
    return Wards.validate_python(await page.services.contributions.get("/wards"))


async def _agreement_form(page: Page, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/agreement_form.html",
        status_code=status_code,
        form=form,
        kinds=AGREEMENT_KINDS,
        developer_kinds=DEVELOPER_KINDS,
        wards=await read_wards(page),
    )


async def _obligation_form(page: Page, agreement_id: UUID, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/obligation_form.html",
        status_code=status_code,
        form=form,
        agreement=await read_agreement(page, agreement_id),
        purposes=PURPOSES,
        kinds_of_trigger=TRIGGER_KINDS,
        wards=await read_wards(page),
    )


async def _trigger_form(
    page: Page, agreement_id: UUID, obligation_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    agreement = await read_agreement(page, agreement_id)
    return show(
        page,
        "officer/trigger_form.html",
        status_code=status_code,
        form=form,
        agreement=agreement,
        obligation=agreement.obligation(obligation_id),
    )
