"""The assessment service over HTTP: each route makes one command or one query."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, StrictBool, StrictInt

from services.assessment import queries
from services.assessment.commands.award_grant import AwardGrant, award_grant
from services.assessment.commands.declare_interest import DeclareInterest, declare_interest
from services.assessment.commands.decline_application import DeclineApplication, decline_application
from services.assessment.commands.score_application import ScoreApplication, score_application
from services.assessment.domain.decision import Award, Decline
from services.assessment.domain.scoring import CriterionScore
from shared.errors import Forbidden, Invalid
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/assessments", tags=["assessment"])


class InterestBody(BaseModel):
    """Whether the assessor has an interest in the application, and of which nature."""

    has_interest: StrictBool
    nature: str | None = None


class ScoreBody(BaseModel):
    """A whole number from 0 to 5 on one criterion, and why."""

    criterion: str
    score: StrictInt
    justification: str


class ScoresBody(BaseModel):
    """One assessor's scores on every criterion of the fund."""

    scores: list[ScoreBody]


class DecisionBody(BaseModel):
    """An award needs `award_id` and `amount_pence`; a decline needs `way_forward`."""

    outcome: Literal["award", "decline"]
    decided_on: date
    reasons: str
    award_id: UUID | None = None
    amount_pence: StrictInt | None = None
    way_forward: str | None = None


@router.get("")
async def list_assessments(
    view: Annotated[View, reads(Role.ASSESSOR, Role.DECISION_MAKER)],
) -> list[queries.AssessmentLine]:
    """The undecided first, the longest waiting at the top; at most 500."""
    return await queries.list_assessments(view.session, _reader(view))


@router.get("/{application_id}")
async def get_assessment(
    application_id: UUID, view: Annotated[View, reads(Role.ASSESSOR, Role.DECISION_MAKER)]
) -> queries.AssessmentDetail:
    """Checks, criteria, decision, and the scores that the caller may see."""
    return await queries.get_assessment(view.session, application_id, _reader(view))


@router.post("/{application_id}/interest", status_code=201)
async def post_interest(
    application_id: UUID, body: InterestBody, edge: Annotated[Edge, commands(Role.ASSESSOR)]
) -> Recorded:
    """Declare an interest, or none, before reading."""
    command = DeclareInterest(
        application_id=application_id, has_interest=body.has_interest, nature=body.nature
    )
    return await edge.perform(command, declare_interest)


@router.put("/{application_id}/scores", status_code=201)
async def put_scores(
    application_id: UUID, body: ScoresBody, edge: Annotated[Edge, commands(Role.ASSESSOR)]
) -> Recorded:
    """Score the application, once."""
    if edge.caller.has(Role.DECISION_MAKER):
        message = "As a decision-maker you see the scores of others, so somebody else must score."
        raise Forbidden("assessment.decision_maker_scores", message)
    scores = tuple(CriterionScore(**score.model_dump()) for score in body.scores)
    return await edge.perform(
        ScoreApplication(application_id=application_id, scores=scores), score_application
    )


@router.post("/{application_id}/decision", status_code=201)
async def post_decision(
    application_id: UUID, body: DecisionBody, edge: Annotated[Edge, commands(Role.DECISION_MAKER)]
) -> Recorded:
    """Award or decline, once."""
    if body.outcome == "award":
        award = AwardGrant(application_id=application_id, award=_award(body))
        return await edge.perform(award, award_grant)
    decline = DeclineApplication(application_id=application_id, decline=_decline(body))
    return await edge.perform(decline, decline_application)


def _award(body: DecisionBody) -> Award:
    if body.award_id is None:
        raise Invalid("decision.award_id_missing", "Name the award by an id.", field="award_id")
    return Award(
        award_id=body.award_id,
        amount_pence=body.amount_pence or 0,
        decided_on=body.decided_on,
        reasons=body.reasons,
    )


def _decline(body: DecisionBody) -> Decline:
    if body.amount_pence is not None:
        message = "A declined application gets no amount. Leave the amount out, or award."
        raise Invalid("decision.amount_of_decline", message, field="amount_pence")
    return Decline(decided_on=body.decided_on, reasons=body.reasons, way_forward=body.way_forward or "")


def _reader(view: View) -> queries.Reader:
    return queries.Reader(view.caller.person_id, decides=view.caller.has(Role.DECISION_MAKER))
