"""What misspelt codes mean: said once, remembered, listed, and withdrawn."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.layout.forms import Filled
from services.portal.officer.imports import words
from services.portal.officer.imports.books import Draft, Mappings, UnknownCode
from services.portal.officer.imports.forms import CODES_ASKED, codes_form, name_of
from services.portal.officer.imports.pages import DRAFTS, START, show_preview
from services.portal.officer.rules import OfficersForm, OfficersPage
from services.portal.officer.showing import show
from services.portal.sending import attempt, see_other

router = APIRouter(include_in_schema=False)

CODES = f"{START}/codes"


@router.get(CODES)
async def list_codes(page: OfficersPage) -> Response:
    """What texts were said to mean, those in force first."""
    told = Mappings.validate_python(await page.services.contributions.get("/code-mappings"))
    return show(page, "officer/imports/codes.html", mappings=told, fields=words.FIELDS)


@router.post(f"{CODES}/{{mapping_id}}/withdraw")
async def withdraw(sent: OfficersForm, mapping_id: UUID) -> Response:
    """Let a text mean nothing again."""
    path = f"/code-mappings/{mapping_id}/withdraw"
    await sent.services.contributions.post(path, key=sent.idempotency_key)
    return see_other(CODES)


@router.post(f"{DRAFTS}/{{draft_id}}/codes")
async def remember(sent: OfficersForm, draft_id: UUID) -> Response:
    """Remember what the officer chose for each unknown code; the preview is then worked out anew."""
    told = await sent.services.contributions.get(f"/import-drafts/{draft_id}")
    draft = Draft.model_validate(told)
    filled = sent.read(codes_form(draft.unknown_codes))
    for number, unknown in enumerate(draft.unknown_codes[:CODES_ASKED], start=1):
        if filled.ok and filled.values[name_of(number)]:
            filled = await _remember(sent, draft, unknown, number, filled)
    if filled.ok:
        return see_other(f"{DRAFTS}/{draft_id}")
    return await show_preview(sent, draft_id, form=filled, status_code=422)


async def _remember(
    sent: OfficersForm, draft: Draft, unknown: UnknownCode, number: int, filled: Filled
) -> Filled:
    name = name_of(number)
    body = {
        "mapping_id": str(sent.id_for(name)),
        "organisation": draft.organisation,
        "field": unknown.field,
        "reported": unknown.reported,
        "code": str(filled.values[name]),
    }
    key = f"{sent.idempotency_key}:{number}"
    call = sent.services.contributions.post("/code-mappings", body, key=key)
    return await attempt(filled, call, {"code": name})
