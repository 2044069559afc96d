"""Decline an application."""

from dataclasses import dataclass
from uuid import UUID

from services.assessment.domain.decision import Decline
from services.assessment.repository import Assessments
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineApplication:
    """A decision-maker declines, with reasons and what the applicant can do next."""

    application_id: UUID
    decline: Decline


async def decline_application(command: DeclineApplication, uow: UnitOfWork) -> Recorded:
    """Record the decision; the applicant reads its reasons and way forward."""
    assessments = Assessments(uow.session)
    assessment = await assessments.get(command.application_id)
    declined, event = assessment.decline(by=UUID(uow.actor), decline=command.decline, today=uow.today)
    await assessments.save(declined)
    uow.record(event, sequence=declined.version)
    return Recorded(id=command.application_id, sequence=declined.version)
