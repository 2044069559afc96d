"""Declare an interest in an application, or that there is none."""

from dataclasses import dataclass
from uuid import UUID

from services.assessment.repository import Assessments
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareInterest:
    """An assessor says whether they have an interest in the application, before reading it."""

    application_id: UUID
    has_interest: bool
    nature: str | None = None


async def declare_interest(command: DeclareInterest, uow: UnitOfWork) -> Recorded:
    """Record the declaration; with none, the assessor may read and score."""
    assessments = Assessments(uow.session)
    assessment = await assessments.get(command.application_id)
    declared, event = assessment.declare_interest(
        by=UUID(uow.actor), has_interest=command.has_interest, nature=command.nature
    )
    await assessments.save(declared)
    uow.record(event, sequence=declared.version)
    return Recorded(id=command.application_id, sequence=declared.version)
