"""Import a file of meter readings."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from services.monitoring.domain.import_report import ROWS_NAMED, ImportReport, counted, outcome_of
from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.project import Project
from services.monitoring.domain.readings import (
    NewReadings,
    ReadingsImport,
    StatedFormat,
    add_to_stored,
    read_readings,
)
from services.monitoring.domain.series import Resolution, RowOutcome
from services.monitoring.domain.unit_check import (
    check_unit,
    expected_from_application,
    expected_from_earlier,
)
from services.monitoring.files import digest, keep_file
from services.monitoring.repository.projects import Projects
from services.monitoring.repository.readings import Readings, Supplied
from shared.carbon.quantities import EnergyUnit
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReadings:
    """A file of one meter's readings, with what its sender says about it, and where files are kept.

    `unit_confirmed` says that the unit was read from a bill or the meter, though another looks likelier.
    """

    import_id: UUID
    meter_id: UUID
    content: bytes
    unit: EnergyUnit
    zone: Zone
    interval: Resolution
    calorific_value: Decimal | None
    unit_confirmed: bool
    folder: Path


async def import_readings(command: ImportReadings, uow: UnitOfWork) -> ImportReport:
    """Take every new day of the file, or nothing where a row is refused; the same file changes nothing."""
    readings = Readings(uow)
    project = await Projects(uow.session).of_meter(command.meter_id)
    await readings.refuse_taken(command.import_id)
    stated = _as_stated(command)
    earlier = await readings.same_file(command.meter_id, digest(command.content), stated)
    if earlier is not None:
        message = f"This file was imported on {earlier.imported_at:%d %B %Y}; nothing changed."
        return replace(earlier, outcome="already_imported", message=message)
    stored = await readings.kwh_by_day(command.meter_id)
    waiting = await readings.waiting(command.meter_id)
    imported = await asyncio.to_thread(_read, command, project, waiting, uow.today)
    warnings = _unit_warnings(command, project, stored, imported)
    new = add_to_stored(stored, imported)
    report = _report(command, imported, new, warnings, uow.now)
    supplied = Supplied(
        import_id=command.import_id,
        of=command.meter_id,
        stated=stated,
        supplied_by=UUID(uow.actor),
        report=report,
    )
    await readings.take(supplied, new)
    await asyncio.to_thread(keep_file, command.folder, command.content)
    return report


def _as_stated(command: ImportReadings) -> dict[str, Any]:
    value = command.calorific_value
    return {
        "unit": command.unit,
        "zone": command.zone,
        "interval": command.interval,
        "calorific_value": str(value) if value is not None else None,
    }


def _read(
    command: ImportReadings, project: Project, waiting: Mapping[datetime, Decimal], today: date
) -> ReadingsImport:
    stated = StatedFormat(
        fuel=project.meters[command.meter_id].fuel,
        unit=command.unit,
        zone=command.zone,
        calorific_value_mj_per_m3=command.calorific_value,
        resolution=command.interval,
    )
    return read_readings(command.content, stated, not_later_than=today, waiting=waiting)


def _unit_warnings(
    command: ImportReadings,
    project: Project,
    stored: Mapping[date, Decimal],
    imported: ReadingsImport,
) -> tuple[str, ...]:
    """Hold the readings against the accepted application and the meter's earlier readings."""
    fuel = project.meters[command.meter_id].fuel
    kwh_a_year = project.promise.kwh_a_year(fuel)
    expectations = (
        expected_from_application(kwh_a_year) if kwh_a_year is not None else None,
        expected_from_earlier(stored, imported.kwh_by_day),
    )
    found = (
        check_unit(
            imported.kwh_by_day, expected, fuel=fuel, stated=command.unit, confirmed=command.unit_confirmed
        )
        for expected in expectations
        if expected is not None
    )
    return tuple(warning for warning in found if warning is not None)


def _report(
    command: ImportReadings,
    imported: ReadingsImport,
    new: NewReadings,
    warnings: tuple[str, ...],
    imported_at: datetime,
) -> ImportReport:
    found = imported.report
    outcome, message = outcome_of(len(new.kwh_by_day), len(new.kwh_by_waiting_hour))
    ignored = counted(found.notes, RowOutcome.IGNORED)
    without_value = counted(found.notes, RowOutcome.MISSING)
    return ImportReport(
        import_id=command.import_id,
        outcome=outcome,
        message=message,
        imported_at=imported_at,
        file_sha256=digest(command.content),
        rows_read=found.rows_read,
        rows_taken=found.rows_read - ignored - without_value,
        rows_ignored=ignored,
        rows_without_value=without_value,
        days_taken=len(new.kwh_by_day),
        days_already_held=new.days_already_held,
        hours_waiting=len(new.kwh_by_waiting_hour),
        first_day=found.first_day,
        last_day=found.last_day,
        total_kwh=found.total_kwh,
        days_incomplete=len(found.gaps),
        incomplete_days=found.gaps[:ROWS_NAMED],
        warnings=found.warnings + warnings,
        rows=found.notes[:ROWS_NAMED],
    )
