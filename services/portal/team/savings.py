"""Verifying what a building saved in a period, by somebody who supplied none of the readings."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page
from services.portal.layout.fields import Day
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.sending import see_other
from services.portal.team.acting import Act, act_on_project
from services.portal.team.models import Project
from services.portal.team.projects import TeamForm, TeamPage, read_project
from services.portal.team.words import covered, missing

router = APIRouter(include_in_schema=False)

SAVING = Act(
    Form(
        Day(name="period_start", label="First day"),
        Day(name="period_end", label="End of the period", ask="the day after the last day"),
        Day(name="verified_on", label="Date of your verification"),
    ),
    "team/saving.html",
    "saving",
)


@router.get("/team/projects/{application_id}/verify-saving")
async def ask_for_period(page: TeamPage, application_id: UUID) -> Response:
    """The form for the period; whoever supplied readings is told that somebody else must verify."""
    return _ask(page, await read_project(page, application_id), SAVING.questions.blank())


@router.post("/team/projects/{application_id}/verify-saving")
async def verify_saving(sent: TeamForm, application_id: UUID) -> Response:
    """Measure and verify, and go on to promised against measured."""
    saving_id = sent.id_for("saving")
    answer = await act_on_project(sent, SAVING, application_id, "savings", saving_id=saving_id)
    if isinstance(answer, Filled):
        return _ask(sent, await read_project(sent, application_id), answer, 422)
    return see_other(f"/team/projects/{application_id}/measured?done=saving")


def _ask(page: Page, project: Project, form: Filled, status_code: int = 200) -> Response:
    return render(
        page.request,
        SAVING.template,
        status_code=status_code,
        form=form,
        project=project,
        own_readings=page.person.id in project.supplier_ids,
        covered=covered,
        missing=missing,
    )
