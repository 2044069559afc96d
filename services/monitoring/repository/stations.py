"""Weather stations, their temperatures, and the imports that brought them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, func, select

from services.monitoring.domain.import_report import ImportReport
from services.monitoring.repository.readings import REPORTS, Supplied, import_id_taken
from services.monitoring.tables import StationRow, TemperatureRow, TemperaturesImportRow
from shared.errors import NotFound
from shared.messaging import UnitOfWork

LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:station_id, 0))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A source of outdoor temperatures; `generated` where they are invented for a demonstration."""

    station_id: UUID
    name: str
    generated: bool


@dataclass(frozen=True, slots=True)
class Stations:
    """The stations and temperatures in the database."""

    uow: UnitOfWork

    async def get(self, station_id: UUID) -> Station:
        """Load one; its rows never change, so there is nothing to lock."""
        row = await self.uow.session.get(StationRow, station_id)
        if row is None:
            message = "There is no such weather station. Add it, or choose one from the list."
            raise NotFound("station.unknown", message)
        return Station(station_id=row.station_id, name=row.name, generated=row.generated)

    async def lock(self, station_id: UUID) -> None:
        """One import into a station at a time; its row cannot be locked, as nobody may update it."""
        await self.uow.session.execute(LOCK, {"station_id": str(station_id)})

    async def id_taken(self, station_id: UUID) -> bool:
        """Whether a station has this id."""
        return await self.uow.session.get(StationRow, station_id) is not None

    async def name_taken(self, name: str) -> bool:
        """Whether a station has this name, in capitals or not."""
        found = select(col(StationRow.station_id)).where(func.lower(col(StationRow.name)) == name.lower())
        return (await self.uow.session.execute(found)).first() is not None

    def add(self, station: Station) -> None:
        """Keep a new station."""
        self.uow.session.add(
            StationRow(station_id=station.station_id, name=station.name, generated=station.generated)
        )

    async def refuse_taken(self, import_id: UUID) -> None:
        """Refuse an id that an import has already."""
        if await self.uow.session.get(TemperaturesImportRow, import_id) is not None:
            raise import_id_taken()

    async def same_file(
        self, station_id: UUID, file_sha256: str, stated: Mapping[str, Any]
    ) -> ImportReport | None:
        """The report of the same file, stated the same way, if the station has had it."""
        found = select(TemperaturesImportRow).where(
            col(TemperaturesImportRow.station_id) == station_id,
            col(TemperaturesImportRow.file_sha256) == file_sha256,
            col(TemperaturesImportRow.stated) == stated,
        )
        row = (await self.uow.session.execute(found)).scalar_one_or_none()
        return REPORTS.validate_python(row.report) if row else None

    async def celsius_by_day(
        self, station_id: UUID, starts_on: date = date.min, ends_before: date = date.max
    ) -> dict[date, Decimal]:
        """The days of the half-open period that the station holds."""
        found = select(col(TemperatureRow.day), col(TemperatureRow.celsius)).where(
            col(TemperatureRow.station_id) == station_id,
            col(TemperatureRow.day) >= starts_on,
            col(TemperatureRow.day) < ends_before,
        )
        return dict((await self.uow.session.execute(found)).all())

    async def take(self, supplied: Supplied, celsius_by_day: Mapping[date, Decimal]) -> None:
        """Keep the import and its new days."""
        self.uow.session.add(
            TemperaturesImportRow(
                import_id=supplied.import_id,
                station_id=supplied.of,
                file_sha256=supplied.report.file_sha256,
                stated=dict(supplied.stated),
                supplied_by=supplied.supplied_by,
                imported_at=self.uow.now,
                report=REPORTS.dump_python(supplied.report, mode="json"),
            )
        )
        days = [(supplied.of, day, celsius, supplied.import_id) for day, celsius in celsius_by_day.items()]
        await self.uow.copy("temperature", ["station_id", "day", "celsius", "import_id"], days)
