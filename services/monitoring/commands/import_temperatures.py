"""Import a file of outdoor temperatures."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from services.monitoring.domain.import_report import ROWS_NAMED, ImportReport, counted, outcome_of
from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.series import Resolution, RowOutcome
from services.monitoring.domain.temperatures import (
    TemperaturesImport,
    add_temperatures_to_stored,
    read_temperatures,
)
from services.monitoring.files import digest, keep_file
from services.monitoring.repository.readings import Supplied
from services.monitoring.repository.stations import Stations
from shared.messaging import UnitOfWork

GENERATED = "These temperatures are generated for the demonstration, and every result that uses them says so."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTemperatures:
    """A file of one station's temperatures in Celsius, and where files are kept."""

    import_id: UUID
    station_id: UUID
    content: bytes
    zone: Zone
    interval: Resolution
    folder: Path


async def import_temperatures(command: ImportTemperatures, uow: UnitOfWork) -> ImportReport:
    """Take every new day of the file, or nothing where a row is refused; the same file changes nothing."""
    stations = Stations(uow)
    station = await stations.get(command.station_id)
    await stations.lock(command.station_id)
    await stations.refuse_taken(command.import_id)
    stated = {"zone": command.zone, "interval": command.interval}
    earlier = await stations.same_file(command.station_id, digest(command.content), stated)
    if earlier is not None:
        message = f"This file was imported on {earlier.imported_at:%d %B %Y}; nothing changed."
        return replace(earlier, outcome="already_imported", message=message)
    imported = await asyncio.to_thread(_read, command, uow.today)
    stored = await stations.celsius_by_day(command.station_id)
    new = add_temperatures_to_stored(stored, imported.celsius_by_day)
    report = _report(command, imported, new, generated=station.generated, imported_at=uow.now)
    supplied = Supplied(
        import_id=command.import_id,
        of=command.station_id,
        stated=stated,
        supplied_by=UUID(uow.actor),
        report=report,
    )
    await stations.take(supplied, new)
    await asyncio.to_thread(keep_file, command.folder, command.content)
    return report


def _read(command: ImportTemperatures, today: date) -> TemperaturesImport:
    return read_temperatures(
        command.content, zone=command.zone, not_later_than=today, resolution=command.interval
    )


def _report(
    command: ImportTemperatures,
    imported: TemperaturesImport,
    new: Mapping[date, Decimal],
    *,
    generated: bool,
    imported_at: datetime,
) -> ImportReport:
    outcome, message = outcome_of(len(new), 0)
    ignored = counted(imported.notes, RowOutcome.IGNORED)
    without_value = counted(imported.notes, RowOutcome.MISSING)
    return ImportReport(
        import_id=command.import_id,
        outcome=outcome,
        message=message,
        imported_at=imported_at,
        file_sha256=digest(command.content),
        rows_read=imported.rows_read,
        rows_taken=imported.rows_read - ignored - without_value,
        rows_ignored=ignored,
        rows_without_value=without_value,
        days_taken=len(new),
        days_already_held=len(imported.celsius_by_day) - len(new),
        hours_waiting=0,
        first_day=min(imported.celsius_by_day, default=None),
        last_day=max(imported.celsius_by_day, default=None),
        total_kwh=None,
        days_incomplete=len(imported.gaps),
        incomplete_days=imported.gaps[:ROWS_NAMED],
        warnings=imported.warnings + ((GENERATED,) if generated else ()),
        rows=imported.notes[:ROWS_NAMED],
    )
