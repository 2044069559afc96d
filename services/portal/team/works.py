"""Recording that the works of a project are done."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.layout.fields import Day
from services.portal.layout.forms import Filled, Form
from services.portal.team.acting import Act, act_on_project, ask
from services.portal.team.projects import TeamForm, TeamPage

router = APIRouter(include_in_schema=False)

WORKS = Act(
    Form(Day(name="completed_on", label="Date of completion", ask="the day the works were completed")),
    "team/works.html",
    "works",
)


@router.get("/team/projects/{application_id}/works")
async def ask_for_completion(page: TeamPage, application_id: UUID) -> Response:
    """The form that asks for the day."""
    return await ask(page, WORKS, application_id, WORKS.questions.blank())


@router.post("/team/projects/{application_id}/works")
async def record_completion(sent: TeamForm, application_id: UUID) -> Response:
    """Record the day, and go back to the project."""
    answer = await act_on_project(sent, WORKS, application_id, "works-completed")
    return await ask(sent, WORKS, application_id, answer, 422) if isinstance(answer, Filled) else answer
