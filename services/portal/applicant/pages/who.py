"""Section "Who is applying": what the organisation is in law, and that the person may act for it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import open_draft
from services.portal.applicant.fields import confirmation
from services.portal.applicant.places import Place
from services.portal.applicant.questions import QuestionPage
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Text
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

HERE = Place("who")
MAY_ACT = "The organisation has agreed that I apply for it"
QUESTIONS = QuestionPage(
    template="who.html",
    fields=lambda _draft: (
        Text(
            name="legal_status",
            label="Legal status",
            ask="what the organisation is in law, such as registered charity or parish council",
        ),
        confirmation("may_act", MAY_ACT, "Confirm that the organisation has agreed that you apply for it"),
    ),
    onward=lambda draft, _place: draft.path(),
    back=lambda draft, _place: draft.path(),
)


@router.get("/applicant/applications/{application_id}/who")
async def show_who(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The questions."""
    return QUESTIONS.show(page, await open_draft(page, application_id), HERE)


@router.post("/applicant/applications/{application_id}/who")
async def save_who(application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """The answers."""
    return await QUESTIONS.save(sent, await open_draft(sent, application_id), HERE)
