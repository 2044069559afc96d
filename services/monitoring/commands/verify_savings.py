"""Verify what a building really saved in a period."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from services.monitoring.commands.many import Answer, only, unless_refused
from services.monitoring.domain.degree_day_model import NON_ROUTINE_SHARE, DailySeries
from services.monitoring.domain.measuring import (
    MeasuredDays,
    measure,
    measured_meters,
    refuse_period,
    refuse_verifier,
)
from services.monitoring.domain.project import Project
from services.monitoring.domain.saving import Verified
from services.monitoring.repository.daily import Span
from services.monitoring.repository.projects import Projects, no_such_project
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
    return only(await verify_many([command], uow))


async def verify_many(commands: Sequence[VerifySavings], uow: UnitOfWork) -> list[Answer]:
    """Verify many periods, reading once what all need; answers what was recorded or refused of each."""
    projects = Projects(uow.session)
    loaded = await projects.get_many({command.application_id for command in commands})
    taken = await projects.savings_taken([command.saving_id for command in commands])
    checked = [unless_refused(partial(_allowed, each, loaded, taken, uow)) for each in commands]
    allowed = [each for each in checked if isinstance(each, VerifySavings)]
    read = await _read([spans for each in allowed for spans in _spans(each, loaded)], uow)
    answers: list[Answer] = []
    for each in checked:
        if isinstance(each, VerifySavings):
            answers.append(unless_refused(partial(_verify, each, loaded, taken, read, uow)))
        else:
            answers.append(each)
    await projects.save(loaded[each] for each in {each.application_id for each in allowed})
    return answers


def _allowed(
    command: VerifySavings, loaded: Mapping[UUID, Project], taken: set[UUID], uow: UnitOfWork
) -> VerifySavings:
    if command.application_id not in loaded:
        raise no_such_project()
    if command.saving_id in taken:
        message = "A saving has this saving_id already. Name this one by an id of its own."
        raise Conflict("savings.id_taken", message)
    project = loaded[command.application_id]
    measured_meters(project)
    refuse_period(project, _verified(command, uow), today=uow.today)
    return command


def _verify(
    command: VerifySavings,
    loaded: dict[UUID, Project],
    taken: set[UUID],
    read: "Read",
    uow: UnitOfWork,
) -> Recorded:
    """Asks again whether it may, for another of these commands may have verified the same period."""
    _allowed(command, loaded, taken, uow)
    project, verified, spans = (
        loaded[command.application_id],
        _verified(command, uow),
        _spans(command, loaded),
    )
    suppliers = {person for each in spans for person in read.suppliers[each.meter_id]}
    refuse_verifier(project, verified.verifier_id, suppliers)
    days = {
        each.meter_id: MeasuredDays(kwh=read.kwh[each.kwh], celsius=read.celsius[each.celsius])
        for each in spans
    }
    saving = measure(project, verified, days, non_routine_share=NON_ROUTINE_SHARE)
    measured, event = project.verify_saving(saving)
    loaded[command.application_id] = measured
    taken.add(command.saving_id)
    Projects(uow.session).add_saving(measured, saving)
    uow.record(event, sequence=measured.version)
    return Recorded(id=command.saving_id, sequence=measured.version)


def _verified(command: VerifySavings, uow: UnitOfWork) -> Verified:
    return Verified(
        saving_id=command.saving_id,
        period_start=command.period_start,
        period_end=command.period_end,
        verified_on=command.verified_on,
        verifier_id=UUID(uow.actor),
    )


class Spans(NamedTuple):
    """The days of one meter that a saving is made of: those measured, and those of its baseline."""

    meter_id: UUID
    kwh: Span
    celsius: Span
    baseline: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read for many savings: use and weather by span, and who supplied the readings of each meter.

    The readings used are those of the period, and those that each baseline was fitted to.
    """

    kwh: Mapping[Span, DailySeries]
    celsius: Mapping[Span, DailySeries]
    suppliers: Mapping[UUID, Collection[UUID]]


def _spans(command: VerifySavings, loaded: Mapping[UUID, Project]) -> list[Spans]:
    period = (command.period_start, command.period_end)
    return [
        Spans(
            frozen.meter_id,
            Span(frozen.meter_id, *period),
            Span(frozen.station_id, *period),
            Span(frozen.meter_id, frozen.model.starts_on, frozen.model.ends_before),
        )
        for frozen in measured_meters(loaded[command.application_id])
    ]


async def _read(spans: Sequence[Spans], uow: UnitOfWork) -> Read:
    readings = Readings(uow)
    return Read(
        kwh=await readings.series([each.kwh for each in spans]),
        celsius=await Stations(uow).series([each.celsius for each in spans]),
        suppliers=await readings.suppliers([span for each in spans for span in (each.kwh, each.baseline)]),
    )
