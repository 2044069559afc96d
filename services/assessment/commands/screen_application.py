"""Screen an application as soon as it is submitted."""

from dataclasses import dataclass

from services.assessment.domain.assessment import screen_application as screened
from services.assessment.repository import Assessments
from shared.events.applications import ApplicationSubmitted
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenApplication:
    """Hold a submitted application against the rules of the fund that it was submitted to."""

    submitted: ApplicationSubmitted


async def screen_application(command: ScreenApplication, uow: UnitOfWork) -> None:
    """Begin the assessment; an application that is here already stays as it is."""
    assessments = Assessments(uow.session)
    if await assessments.exists(command.submitted.application_id):
        return
    assessment, event = screened(command.submitted)
    await assessments.add(assessment)
    uow.record(event, sequence=assessment.version)
