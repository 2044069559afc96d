"""Check your answers, declare them true, send them; then what happens next."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.answers_in_words import in_words
from services.portal.applicant.dated import DatedAct
from services.portal.applicant.drafts import go_on, open_draft
from services.portal.applicant.fields import confirmation
from services.portal.applicant.pages.task_list import is_complete
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Day
from services.portal.layout.forms import Form
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

DECLARATION = "I have checked these answers. To the best of my knowledge they are true and complete"
SEND = DatedAct(
    template="send.html",
    form=Form(
        confirmation("declaration", DECLARATION, "Confirm that your answers are true and complete"),
        Day(name="submitted_on", label="Date of the application"),
    ),
    day="submitted_on",
    route="submit",
    state="draft",
    leads_to="sent",
)


@router.get("/applicant/applications/{application_id}/check")
async def show_check(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """Every answer with its Change link; of a sent application, the answers as they are kept."""
    draft = await open_draft(page, application_id)
    return render(
        page.request,
        "applicant/check.html",
        draft=draft,
        sections=in_words(draft),
        complete=is_complete(draft),
    )


@router.get("/applicant/applications/{application_id}/send")
async def show_send(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The declaration; reached once everything is answered."""
    draft = await open_draft(page, application_id)
    if draft.is_draft and not is_complete(draft):
        return go_on(draft.path())
    return SEND.show(page, draft, words=DECLARATION)


@router.post("/applicant/applications/{application_id}/send")
async def send(application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """Send it to the fund, once."""
    return await SEND.carry_out(sent, await open_draft(sent, application_id), words=DECLARATION)


@router.get("/applicant/applications/{application_id}/sent")
async def show_sent(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """That it was sent, its reference, and what happens next."""
    draft = await open_draft(page, application_id)
    if draft.is_draft:
        return go_on(draft.path())
    return render(page.request, "applicant/sent.html", draft=draft)
