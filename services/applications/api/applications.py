"""Applications over HTTP: start, look, submit, answer the offer."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.applications import queries
from services.applications.api.body import Body
from services.applications.commands.accept_offer import AcceptOffer, accept_offer
from services.applications.commands.decline_offer import DeclineOffer, decline_offer
from services.applications.commands.start_application import StartApplication, Started, start_application
from services.applications.commands.submit_application import SubmitApplication, submit_application
from services.applications.queries.views import ApplicationLine, ApplicationView, AssessmentView, SavingView
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/applications", tags=["applications"])

Applicant = Annotated[Edge, commands(Role.APPLICANT)]
ApplicantView = Annotated[View, reads(Role.APPLICANT)]


class StartBody(Body):
    """Which organisation applies to which fund."""

    application_id: UUID
    fund_id: UUID
    organisation_id: UUID


class SubmitBody(Body):
    """The day on which the organisation sends its application."""

    submitted_on: date


class AcceptBody(Body):
    """The day on which the organisation accepts the grant."""

    accepted_on: date


class DeclineBody(Body):
    """The day on which the organisation declines the grant."""

    declined_on: date


@router.post("", status_code=201)
async def post_application(body: StartBody, edge: Applicant) -> Started:
    """Start a draft."""
    return await edge.perform(StartApplication(**dict(body)), start_application)


@router.get("")
async def get_applications(view: ApplicantView) -> list[ApplicationLine]:
    """The applications of the caller's organisations."""
    return await queries.list_applications(view)


@router.get("/{application_id}")
async def get_application(application_id: UUID, view: ApplicantView) -> ApplicationView:
    """One application with its task list, decision, offer and claims."""
    return await queries.get_application(view, application_id)


@router.get("/{application_id}/saving")
async def get_saving(application_id: UUID, view: ApplicantView) -> SavingView:
    """The saving promised, step by step."""
    return await queries.get_saving(view, application_id)


@router.get("/{application_id}/for-assessment")
async def get_for_assessment(
    application_id: UUID, view: Annotated[View, reads(Role.ASSESSOR, Role.DECISION_MAKER)]
) -> AssessmentView:
    """A submitted application in full, for those who may assess or decide it."""
    return await queries.get_for_assessment(view, application_id)


@router.post("/{application_id}/submit")
async def post_submission(application_id: UUID, body: SubmitBody, edge: Applicant) -> Recorded:
    """Send the application to the fund."""
    command = SubmitApplication(application_id=application_id, submitted_on=body.submitted_on)
    return await edge.perform(command, submit_application)


@router.post("/{application_id}/accept")
async def post_acceptance(application_id: UUID, body: AcceptBody, edge: Applicant) -> Recorded:
    """Accept the grant that is offered."""
    command = AcceptOffer(application_id=application_id, accepted_on=body.accepted_on)
    return await edge.perform(command, accept_offer)


@router.post("/{application_id}/decline")
async def post_refusal(application_id: UUID, body: DeclineBody, edge: Applicant) -> Recorded:
    """Decline the grant that is offered."""
    command = DeclineOffer(application_id=application_id, declined_on=body.declined_on)
    return await edge.perform(command, decline_offer)
