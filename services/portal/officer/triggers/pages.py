"""Triggers to look at, and the reports of a site that make them seem met."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.fields import Choice, Day, Text, WholeNumber
from services.portal.layout.forms import Filled, Form
from services.portal.officer.agreements import START, read_agreement
from services.portal.officer.rules import OfficersForm, OfficersPage, RegisterPage
from services.portal.officer.showing import show
from services.portal.officer.triggers.reading import read_progress, read_triggers
from services.portal.officer.triggers.words import PROGRESS_KINDS, report, why
from services.portal.sending import attempt, body, see_other
from shared.errors import NotFound

router = APIRouter(include_in_schema=False)

MOST_DWELLINGS = 100_000
PROGRESS = Form(
    Choice(name="kind", label="What happened", ask="what happened on the site", options=PROGRESS_KINDS),
    Day(name="happened_on", label="Date it happened"),
    WholeNumber(
        name="occupied_dwellings",
        label="Dwellings occupied",
        required=False,
        smallest=1,
        largest=MOST_DWELLINGS,
        example="12",
    ),
    WholeNumber(
        name="consented_dwellings",
        label="Dwellings consented",
        required=False,
        smallest=1,
        largest=MOST_DWELLINGS,
        example="48",
    ),
)
WITHDRAWAL = Form(Text(name="reason", label="Reason", ask="why the report was wrong"))
Cursor = Annotated[str, Query(max_length=100)]


@router.get("/officer/triggers")
async def list_triggers(page: RegisterPage, cursor: Cursor = "") -> Response:
    """The triggers of all agreements that seem to be met."""
    found = await read_triggers(page, cursor=cursor)
    return show(page, "officer/triggers/triggers.html", found=found, later=bool(cursor), why=why)


@router.get(f"{START}/{{agreement_id}}/progress/new")
async def ask_for_progress(page: OfficersPage, agreement_id: UUID) -> Response:
    """The form for how far a site has come."""
    reports = await read_progress(page, agreement_id)
    consented = next(
        (each.consented_dwellings for each in reversed(reports) if each.consented_dwellings), None
    )
    return await _form(page, agreement_id, PROGRESS.showing({"consented_dwellings": consented}))


@router.post(f"{START}/{{agreement_id}}/progress/new")
async def record_progress(sent: OfficersForm, agreement_id: UUID) -> Response:
    """Record the report, and go to the triggers that it meets."""
    filled = sent.read(PROGRESS)
    if filled.ok:
        told = body(filled, progress_id=sent.id_for("progress"))
        path = f"/agreements/{agreement_id}/progress"
        filled = await attempt(filled, sent.services.contributions.post(path, told, key=sent.idempotency_key))
        if filled.ok:
            return see_other(f"{START}/{agreement_id}/sums?done=progress")
    return await _form(sent, agreement_id, filled, 422)


@router.get(f"{START}/{{agreement_id}}/progress/{{progress_id}}/withdraw")
async def ask_why_wrong(page: OfficersPage, agreement_id: UUID, progress_id: UUID) -> Response:
    """The form that takes a wrong report back."""
    return await _withdrawal(page, agreement_id, progress_id, WITHDRAWAL.blank())


@router.post(f"{START}/{{agreement_id}}/progress/{{progress_id}}/withdraw")
async def withdraw_progress(sent: OfficersForm, agreement_id: UUID, progress_id: UUID) -> Response:
    """Take the report back, and go to the agreement's sums."""
    filled = sent.read(WITHDRAWAL)
    if filled.ok:
        path = f"/agreements/{agreement_id}/progress/{progress_id}/withdraw"
        call = sent.services.contributions.post(path, body(filled), key=sent.idempotency_key)
        filled = await attempt(filled, call)
        if filled.ok:
            return see_other(f"{START}/{agreement_id}/sums?done=withdrawn")
    return await _withdrawal(sent, agreement_id, progress_id, filled, 422)


async def _form(page: Page, agreement_id: UUID, form: Filled, status_code: int = 200) -> Response:
    return show(
        page,
        "officer/triggers/progress_form.html",
        status_code=status_code,
        form=form,
        agreement=await read_agreement(page, agreement_id),
        kinds_of_progress=PROGRESS_KINDS,
    )


async def _withdrawal(
    page: Page, agreement_id: UUID, progress_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    reports = {each.progress_id: each for each in await read_progress(page, agreement_id)}
    if progress_id not in reports:
        message = "This agreement has no such report of its site. Choose one from its page."
        raise NotFound("progress.not_found", message)
    return show(
        page,
        "officer/triggers/withdraw_form.html",
        status_code=status_code,
        form=form,
        agreement=await read_agreement(page, agreement_id),
        progress=reports[progress_id],
        report=report,
    )
