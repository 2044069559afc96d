"""Projects, claims, works, boundary and savings."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, StrictBool

from services.monitoring.commands.complete_works import CompleteWorks, complete_works
from services.monitoring.commands.declare_boundary import DeclareBoundary, declare_boundary
from services.monitoring.commands.verify_claim import VerifyClaim, verify_claim
from services.monitoring.commands.verify_savings import VerifySavings, verify_savings
from services.monitoring.queries import projects, savings
from services.monitoring.queries.views import ProjectDetail, ProjectLine, SavingView
from shared.carbon.quantities import Fuel
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/projects", tags=["projects"])

Team = Annotated[Edge, commands(Role.TEAM)]


class VerifyBody(BaseModel):
    """The day somebody saw the works, and what they found."""

    verified_on: date
    finding: str


class WorksBody(BaseModel):
    """The day the works were done."""

    completed_on: date


class BoundaryBody(BaseModel):
    """Whether the meters cover every fuel the works touch; without `fuels`, those of all meters."""

    complete: StrictBool
    reason: str
    declared_on: date
    fuels: list[Fuel] | None = None


class SavingBody(BaseModel):
    """A half-open period of local days to be verified."""

    saving_id: UUID
    period_start: date
    period_end: date
    verified_on: date


@router.get("")
async def list_projects(view: Annotated[View, reads(Role.TEAM)]) -> list[ProjectLine]:
    """The newest first; at most 500."""
    return await projects.list_projects(view.session)


@router.get("/{application_id}")
async def get_project(application_id: UUID, view: Annotated[View, reads(Role.TEAM)]) -> ProjectDetail:
    """Promised against measured."""
    return await projects.get_project(view.session, application_id)


@router.post("/{application_id}/claims/{claim_id}/verify", status_code=201)
async def post_verification(application_id: UUID, claim_id: UUID, body: VerifyBody, edge: Team) -> Recorded:
    """Verify that the works of a claim are done, once, by somebody other than the claimant."""
    command = VerifyClaim(
        application_id=application_id,
        claim_id=claim_id,
        verified_on=body.verified_on,
        finding=body.finding,
    )
    return await edge.perform(command, verify_claim)


@router.post("/{application_id}/works-completed", status_code=201)
async def post_completion(application_id: UUID, body: WorksBody, edge: Team) -> Recorded:
    """Record that the works are done, once."""
    command = CompleteWorks(application_id=application_id, completed_on=body.completed_on)
    return await edge.perform(command, complete_works)


@router.post("/{application_id}/boundary", status_code=201)
async def post_boundary(application_id: UUID, body: BoundaryBody, edge: Team) -> Recorded:
    """Declare the building boundary; the latest declaration counts."""
    command = DeclareBoundary(
        application_id=application_id,
        complete=body.complete,
        reason=body.reason,
        declared_on=body.declared_on,
        fuels=tuple(body.fuels) if body.fuels is not None else None,
    )
    return await edge.perform(command, declare_boundary)


@router.post("/{application_id}/savings", status_code=201)
async def post_saving(application_id: UUID, body: SavingBody, edge: Team) -> Recorded:
    """Measure and verify a period, by somebody who supplied none of the readings."""
    return await edge.perform(
        VerifySavings(application_id=application_id, **body.model_dump()), verify_savings
    )


@router.get("/{application_id}/savings")
async def list_savings(
    application_id: UUID, view: Annotated[View, reads(Role.TEAM, Role.APPLICANT)]
) -> list[SavingView]:
    """The verified periods; an applicant sees those of their own projects."""
    applicant = None if view.caller.has(Role.TEAM) else view.caller.person_id
    return await savings.savings_for(view.session, application_id, applicant)
