"""Declare the building boundary of a project."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.domain.boundary import Declaration
from services.monitoring.repository.projects import Projects
from shared.carbon.quantities import Fuel
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareBoundary:
    """Whether the meters cover every fuel the works touch; without `fuels`, those of all meters."""

    application_id: UUID
    complete: bool
    reason: str
    declared_on: date
    fuels: tuple[Fuel, ...] | None = None


async def declare_boundary(command: DeclareBoundary, uow: UnitOfWork) -> Recorded:
    """Record the declaration beside earlier ones; the latest counts for savings to come."""
    projects = Projects(uow.session)
    project = await projects.get(command.application_id)
    metered = {meter.fuel for meter in project.meters.values()}
    declaration = Declaration(
        complete=command.complete,
        reason=command.reason,
        declared_on=command.declared_on,
        fuels=tuple(metered if command.fuels is None else set(command.fuels)),
    )
    declared, boundary, event = project.declare_boundary(declaration, today=uow.today)
    await projects.save([declared])
    projects.add_boundary(declared, boundary, declared_by=UUID(uow.actor))
    uow.record(event, sequence=declared.version)
    return Recorded(id=command.application_id, sequence=declared.version)
