"""Score an application on every criterion of its fund."""

from dataclasses import dataclass
from uuid import UUID

from services.assessment.domain.assessment import Scores
from services.assessment.repository import Assessments
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreApplication:
    """An assessor without an interest gives 0 to 5 on each criterion, and says why."""

    application_id: UUID
    scores: Scores


async def score_application(command: ScoreApplication, uow: UnitOfWork) -> Recorded:
    """Record the assessor's scores; other assessors see them only after the decision."""
    assessments = Assessments(uow.session)
    assessment = await assessments.get(command.application_id)
    scored, event = assessment.score(by=UUID(uow.actor), scores=command.scores)
    await assessments.save(scored)
    uow.record(event, sequence=scored.version)
    return Recorded(id=command.application_id, sequence=scored.version)
