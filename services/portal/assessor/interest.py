"""Saying whether one has an interest in an application, before anything of it can be read."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.assessor.models import AssessmentLine, Lines
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.sending import attempt, see_other
from shared.errors import NotFound
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

NONE, INTEREST = "none", "interest"
OPTIONS = (
    (NONE, "I have no interest in it", "You can read the application straight away, and then score it."),
    (INTEREST, "I have an interest in it", "You will not see the application. Others assess it."),
)
DECLARATION = Form(
    Choice(
        name="has_interest",
        label="Interest",
        ask="whether you have an interest in this application",
        options=[option[:2] for option in OPTIONS],
    ),
    Text(name="nature", label="What your interest is", required=False, longest=1000),
)
AssessorsPage = Annotated[Page, page(Role.ASSESSOR)]
AssessorsForm = Annotated[SentForm, form_page(Role.ASSESSOR)]


@router.get("/assessor/{application_id}/interest")
async def ask_for_interest(page: AssessorsPage, application_id: UUID) -> Response:
    """The question, with what happens after each answer."""
    return await _show(page, application_id, DECLARATION.blank())


@router.post("/assessor/{application_id}/interest")
async def declare_interest(sent: AssessorsForm, application_id: UUID) -> Response:
    """Record the declaration: without an interest on to the application, with one back to the list."""
    filled = sent.read(DECLARATION)
    if filled.ok:
        has_interest = filled.values["has_interest"] == INTEREST
        body = {"has_interest": has_interest, "nature": filled.values["nature"]}
        path = f"/assessments/{application_id}/interest"
        filled = await attempt(filled, sent.services.assessment.post(path, body, key=sent.idempotency_key))
        if filled.ok:
            return see_other("/assessor?done=interest" if has_interest else f"/assessor/{application_id}")
    return await _show(sent, application_id, filled, 422)


async def _show(page: Page, application_id: UUID, form: Filled, status_code: int = 200) -> Response:
    return render(
        page.request,
        "assessor/interest.html",
        status_code=status_code,
        form=form,
        line=await _line(page, application_id),
        options=OPTIONS,
    )


async def _line(page: Page, application_id: UUID) -> AssessmentLine:
    """The application as the list names it: more may not be seen before the declaration."""
    lines = Lines.validate_python(await page.services.assessment.get("/assessments"))
    for line in lines:
        if line.application_id == application_id:
            return line
    message = "There is no such application among those to assess. Choose one from the list."
    raise NotFound("assessment.not_found", message)
