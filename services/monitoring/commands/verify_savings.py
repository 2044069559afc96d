"""Verify what a building really saved in a period."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.domain.degree_day_model import NON_ROUTINE_SHARE
from services.monitoring.domain.measuring import (
    MeasuredDays,
    measure,
    measured_meters,
    refuse_period,
    refuse_verifier,
)
from services.monitoring.domain.project import FrozenBaseline, Project
from services.monitoring.domain.saving import Verified
from services.monitoring.repository.projects import Projects
from services.monitoring.repository.readings import Readings
from services.monitoring.repository.stations import Stations
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifySavings:
    """A period after the works (half-open local days), measured and verified on a day."""

    application_id: UUID
    saving_id: UUID
    period_start: date
    period_end: date
    verified_on: date


async def verify_savings(command: VerifySavings, uow: UnitOfWork) -> Recorded:
    """Measure every meter of the boundary against its baseline, and publish the sum with its bands."""
    projects = Projects(uow.session)
    project = await projects.get(command.application_id)
    if await projects.has_saving(command.saving_id):
        message = "A saving has this saving_id already. Name this one by an id of its own."
        raise Conflict("savings.id_taken", message)
    verified = _verified(command, UUID(uow.actor))
    baselines = measured_meters(project)
    refuse_period(project, verified, today=uow.today)
    await _refuse_supplier(project, baselines, verified, uow)
    days = {frozen.meter_id: await _days(frozen, verified, uow) for frozen in baselines}
    saving = measure(project, verified, days, non_routine_share=NON_ROUTINE_SHARE)
    measured, event = project.verify_saving(saving)
    await projects.save(measured)
    projects.add_saving(measured, saving)
    uow.record(event, sequence=measured.version)
    return Recorded(id=command.saving_id, sequence=measured.version)


def _verified(command: VerifySavings, verifier_id: UUID) -> Verified:
    return Verified(
        saving_id=command.saving_id,
        period_start=command.period_start,
        period_end=command.period_end,
        verified_on=command.verified_on,
        verifier_id=verifier_id,
    )


async def _refuse_supplier(
    project: Project, baselines: list[FrozenBaseline], verified: Verified, uow: UnitOfWork
) -> None:
    """The readings used are those of the period, and those that each baseline was fitted to."""
    readings = Readings(uow)
    meters = [frozen.meter_id for frozen in baselines]
    suppliers = await readings.suppliers(meters, verified.period_start, verified.period_end)
    for frozen in baselines:
        period = (frozen.model.starts_on, frozen.model.ends_before)
        suppliers |= await readings.suppliers([frozen.meter_id], *period)
    refuse_verifier(project, verified.verifier_id, suppliers)


async def _days(frozen: FrozenBaseline, verified: Verified, uow: UnitOfWork) -> MeasuredDays:
    period = (verified.period_start, verified.period_end)
    return MeasuredDays(
        kwh_by_day=await Readings(uow).kwh_by_day(frozen.meter_id, *period),
        celsius_by_day=await Stations(uow).celsius_by_day(frozen.station_id, *period),
    )
