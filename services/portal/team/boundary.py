"""Declaring whether the meters cover every fuel that the works touch."""

from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.layout.fields import Choice, Day, Text
from services.portal.layout.forms import Filled, Form
from services.portal.sending import attempt, see_other
from services.portal.team.acting import Act, ask
from services.portal.team.projects import TeamForm, TeamPage

router = APIRouter(include_in_schema=False)

OPTIONS = (
    (
        "complete",
        "Complete: the meters cover every fuel the works touch",
        "Savings can then be verified.",
    ),
    ("incomplete", "Not complete: something is not metered", "Nothing can be verified until it is."),
)
BOUNDARY = Act(
    Form(
        Choice(
            name="complete",
            label="Boundary",
            ask="whether the boundary is complete",
            options=[option[:2] for option in OPTIONS],
        ),
        Text(name="reason", label="Reason", ask="why", longest=2000),
        Day(name="declared_on", label="Date of the declaration"),
    ),
    "team/boundary.html",
    "boundary",
)
NAMES = {"fuels": "complete"}


@router.get("/team/projects/{application_id}/boundary")
async def ask_for_boundary(page: TeamPage, application_id: UUID) -> Response:
    """The form, with the meters that there are."""
    return await ask(page, BOUNDARY, application_id, BOUNDARY.questions.blank(), options=OPTIONS)


@router.post("/team/projects/{application_id}/boundary")
async def declare_boundary(sent: TeamForm, application_id: UUID) -> Response:
    """Record the declaration, and go back to the project."""
    filled = sent.read(BOUNDARY.questions)
    if filled.ok:
        filled = await _declare(sent, application_id, filled)
        if filled.ok:
            return see_other(f"/team/projects/{application_id}?done={BOUNDARY.done}")
    return await ask(sent, BOUNDARY, application_id, filled, 422, options=OPTIONS)


async def _declare(sent: TeamForm, application_id: UUID, filled: Filled) -> Filled:
    body = {
        "complete": filled.values["complete"] == "complete",
        "reason": filled.values["reason"],
        "declared_on": str(filled.values["declared_on"]),
    }
    path = f"/projects/{application_id}/boundary"
    return await attempt(filled, sent.services.monitoring.post(path, body, key=sent.idempotency_key), NAMES)
