"""Start to track a project as soon as its grant is accepted."""

from dataclasses import dataclass

from services.monitoring.domain.project import start_project as started
from services.monitoring.repository.projects import Projects
from shared.events.applications import OfferAccepted
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class StartProject:
    """Track an accepted grant, with the promise it was accepted with."""

    accepted: OfferAccepted


async def start_project(command: StartProject, uow: UnitOfWork) -> None:
    """Begin the project; one that is here already stays as it is."""
    projects = Projects(uow.session)
    if await projects.exists(command.accepted.application_id):
        return
    project, event = started(command.accepted)
    await projects.add(project)
    uow.record(event, sequence=project.version)
