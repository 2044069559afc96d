"""Freeze the baseline of a meter."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.domain.degree_day_model import WeatherTerms, daily_observations, freeze_baseline
from services.monitoring.domain.project import FrozenBaseline
from services.monitoring.repository.projects import Projects
from services.monitoring.repository.readings import Readings
from services.monitoring.repository.stations import Stations
from shared.carbon.quantities import Fuel
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeBaseline:
    """The year before the works (half-open local days) and the station whose weather explains it."""

    application_id: UUID
    meter_id: UUID
    station_id: UUID
    period_start: date
    period_end: date


async def freeze(command: FreezeBaseline, uow: UnitOfWork) -> Recorded:
    """Fit the model and keep it for good, so that savings never need the old readings again."""
    projects = Projects(uow.session)
    project = await projects.get(command.application_id)
    period = (command.period_start, command.period_end)
    project.refuse_baseline(command.meter_id, *period, today=uow.today)
    station = await Stations(uow).get(command.station_id)
    kwh = await Readings(uow).kwh_by_day(command.meter_id, *period)
    celsius = await Stations(uow).celsius_by_day(command.station_id, *period)
    model = freeze_baseline(
        daily_observations(kwh, celsius, *period), _terms(project.meters[command.meter_id].fuel)
    )
    frozen = FrozenBaseline(
        meter_id=command.meter_id,
        station_id=station.station_id,
        station_name=station.name,
        temperatures_generated=station.generated,
        model=model,
    )
    kept, event = project.freeze_baseline(frozen)
    await projects.save(kept)
    projects.add_baseline(frozen, frozen_by=UUID(uow.actor), frozen_at=uow.now)
    uow.record(event, sequence=kept.version)
    return Recorded(id=command.meter_id, sequence=kept.version)


def _terms(fuel: Fuel) -> WeatherTerms:
    """Only electricity cools a building as well."""
    return WeatherTerms.HEATING_AND_COOLING if fuel is Fuel.ELECTRICITY else WeatherTerms.HEATING
