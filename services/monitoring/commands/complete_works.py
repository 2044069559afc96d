"""Record that a project's works are completed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.repository.projects import Projects
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteWorks:
    """The works were done on a day: baselines end before it, savings begin with it."""

    application_id: UUID
    completed_on: date


async def complete_works(command: CompleteWorks, uow: UnitOfWork) -> Recorded:
    """Record the day, once."""
    projects = Projects(uow.session)
    project = await projects.get(command.application_id)
    completed, event = project.complete_works(command.completed_on, today=uow.today)
    await projects.save([completed])
    uow.record(event, sequence=completed.version)
    return Recorded(id=command.application_id, sequence=completed.version)
