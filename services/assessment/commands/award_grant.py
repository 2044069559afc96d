"""Award a grant."""

from dataclasses import dataclass
from uuid import UUID

from services.assessment.domain.decision import Award
from services.assessment.repository import Assessments
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardGrant:
    """A decision-maker awards all or part of what was requested, with reasons."""

    application_id: UUID
    award: Award


async def award_grant(command: AwardGrant, uow: UnitOfWork) -> Recorded:
    """Record the award; contributions reserves its money, or answers what is missing."""
    assessments = Assessments(uow.session)
    assessment = await assessments.get(command.application_id)
    awarded, event = assessment.award(by=UUID(uow.actor), award=command.award, today=uow.today)
    if await assessments.award_id_taken(command.award.award_id):
        message = "Another award has this award_id. Name this one by an id of its own."
        raise Conflict("decision.award_id_taken", message)
    await assessments.save(awarded)
    uow.record(event, sequence=awarded.version)
    return Recorded(id=command.application_id, sequence=awarded.version)
