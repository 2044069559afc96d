"""The team's projects, and one with all that is known of it."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from services.portal.identity.names import name_of
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.templates import render
from services.portal.team.models import Lines, Meter, Project
from services.portal.team.words import covered, missing, state
from shared.errors import NotFound
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

TeamPage = Annotated[Page, page(Role.TEAM)]
TeamForm = Annotated[SentForm, form_page(Role.TEAM)]
Done = Annotated[str, Query(max_length=20)]
DONE: Mapping[str, str] = {
    "claim": "The claim is verified. Finance is told that it can be paid.",
    "works": "The completion of the works is recorded.",
    "boundary": "Your declaration of the boundary is recorded.",
    "meter": "The meter is added. Now upload its readings.",
    "baseline": "The baseline is frozen. It stands for every later year.",
    "saving": "The saving is verified and published in the register.",
}


@router.get("/team/projects")
async def list_projects(page: TeamPage) -> Response:
    """Every project: where it stands, what it promised, what is verified."""
    lines = Lines.validate_python(await page.services.monitoring.get("/projects"))
    return render(page.request, "team/projects.html", lines=lines, state=state)


@router.get("/team/projects/{application_id}")
async def show_project(page: TeamPage, application_id: UUID, done: Done = "") -> Response:
    """Promise, claims, works, meters, boundary and savings, with what to do next."""
    project = await read_project(page, application_id)
    return render(
        page.request,
        "team/project.html",
        project=project,
        done=DONE.get(done),
        state=state,
        covered=covered,
        missing=missing,
        names={
            one.claim_id: name_of(page, one.verifier_id, "a colleague")
            for one in project.claims
            if one.verifier_id
        },
    )


@router.get("/team/projects/{application_id}/meters/{meter_id}")
async def show_meter(page: TeamPage, application_id: UUID, meter_id: UUID, done: Done = "") -> Response:
    """One meter: the days that are held, the files they came in, and its baseline."""
    project = await read_project(page, application_id)
    meter = find_meter(project, meter_id)
    return render(
        page.request,
        "team/meter.html",
        project=project,
        meter=meter,
        done=DONE.get(done),
        covered=covered,
        missing=missing,
        names={line.import_id: name_of(page, line.supplied_by, "a colleague") for line in meter.imports},
    )


async def read_project(page: Page, application_id: UUID) -> Project:
    """The project as monitoring keeps it; a page of its own says that there is none."""
    return Project.model_validate(await page.services.monitoring.get(f"/projects/{application_id}"))


def find_meter(project: Project, meter_id: UUID) -> Meter:
    """The project's meter, or NotFound."""
    for meter in project.meters:
        if meter.meter_id == meter_id:
            return meter
    raise NotFound("meter.unknown", "This project has no such meter. Choose one from its page.")
