"""Add a meter to a project's building."""

from dataclasses import dataclass
from uuid import UUID

from services.monitoring.domain.boundary import Meter
from services.monitoring.repository.projects import Projects
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMeter:
    """A meter of the building, whose readings are to come."""

    application_id: UUID
    meter: Meter


async def add_meter(command: AddMeter, uow: UnitOfWork) -> Recorded:
    """Keep the meter; nothing is published until something is measured with it."""
    projects = Projects(uow.session)
    project = await projects.get(command.application_id)
    if await projects.has_meter(command.meter.meter_id):
        message = "A meter has this meter_id already. Name this one by an id of its own."
        raise Conflict("meter.id_taken", message)
    extended, meter = project.add_meter(command.meter)
    projects.add_meter(extended, meter)
    return Recorded(id=meter.meter_id, sequence=extended.version)
