"""Freeze the baseline of a meter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from services.monitoring.commands.many import Answer, only, unless_refused
from services.monitoring.domain.degree_day_model import (
    DailySeries,
    WeatherTerms,
    freeze_baseline,
    observations_of,
)
from services.monitoring.domain.project import FrozenBaseline, Project
from services.monitoring.repository.daily import Span
from services.monitoring.repository.projects import Projects, no_such_project
from services.monitoring.repository.readings import Readings
from services.monitoring.repository.stations import Station, Stations, no_such_station
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
    return only(await freeze_many([command], uow))


async def freeze_many(commands: Sequence[FreezeBaseline], uow: UnitOfWork) -> list[Answer]:
    """Freeze many baselines, reading once what all need; answers what was recorded or refused of each."""
    projects, stations = Projects(uow.session), Stations(uow)
    loaded = await projects.get_many({command.application_id for command in commands})
    known = await stations.get_many({command.station_id for command in commands})
    checked = [unless_refused(partial(_allowed, each, loaded, known, uow.today)) for each in commands]
    allowed = [each for each in checked if isinstance(each, FreezeBaseline)]
    kwh = await Readings(uow).series([_days_of(each.meter_id, each) for each in allowed])
    celsius = await stations.series([_days_of(each.station_id, each) for each in allowed])
    answers: list[Answer] = []
    for each in checked:
        if isinstance(each, FreezeBaseline):
            days = (kwh[_days_of(each.meter_id, each)], celsius[_days_of(each.station_id, each)])
            answers.append(unless_refused(partial(_freeze, each, loaded, known, days, uow)))
        else:
            answers.append(each)
    await projects.save(loaded[each] for each in {each.application_id for each in allowed})
    return answers


def _allowed(
    command: FreezeBaseline, loaded: Mapping[UUID, Project], known: Mapping[UUID, Station], today: date
) -> FreezeBaseline:
    if command.application_id not in loaded:
        raise no_such_project()
    project = loaded[command.application_id]
    project.refuse_baseline(command.meter_id, command.period_start, command.period_end, today=today)
    if command.station_id not in known:
        raise no_such_station()
    return command


def _freeze(
    command: FreezeBaseline,
    loaded: dict[UUID, Project],
    known: Mapping[UUID, Station],
    days: tuple[DailySeries, DailySeries],
    uow: UnitOfWork,
) -> Recorded:
    """Asks again whether it may, for another of these commands may have frozen the same meter."""
    _allowed(command, loaded, known, uow.today)
    project, station = loaded[command.application_id], known[command.station_id]
    frozen = FrozenBaseline(
        meter_id=command.meter_id,
        station_id=station.station_id,
        station_name=station.name,
        temperatures_generated=station.generated,
        model=freeze_baseline(observations_of(*days), _terms(project.meters[command.meter_id].fuel)),
    )
    kept, event = project.freeze_baseline(frozen)
    loaded[command.application_id] = kept
    Projects(uow.session).add_baseline(frozen, frozen_by=UUID(uow.actor), frozen_at=uow.now)
    uow.record(event, sequence=kept.version)
    return Recorded(id=command.meter_id, sequence=kept.version)


def _days_of(meter_or_station: UUID, command: FreezeBaseline) -> Span:
    return Span(meter_or_station, command.period_start, command.period_end)


def _terms(fuel: Fuel) -> WeatherTerms:
    """Only electricity cools a building as well."""
    return WeatherTerms.HEATING_AND_COOLING if fuel is Fuel.ELECTRICITY else WeatherTerms.HEATING
