"""Weather stations, their temperatures, and the imports that brought them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, func, select

from services.monitoring.domain.degree_day_model import DailySeries
from services.monitoring.domain.import_report import ImportReport
from services.monitoring.repository.daily import DailyTable, Span
from services.monitoring.repository.readings import REPORTS, Supplied, import_id_taken
from services.monitoring.tables import StationRow, TemperatureRow, TemperaturesImportRow
from shared.errors import NotFound
from shared.messaging import UnitOfWork

CELSIUS = DailyTable("temperature", of="station_id", value="celsius")
LOCK = text("SELECT pg_advisory_xact_lock(hashtextextended(:station_id, 0))")


def no_such_station() -> NotFound:
    """The answer where no station has this id."""
    message = "There is no such weather station. Add it, or choose one from the list."
    return NotFound("station.unknown", message)


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
        """Load one."""
        found = await self.get_many([station_id])
        if station_id not in found:
            raise no_such_station()
        return found[station_id]

    async def get_many(self, station_ids: Collection[UUID]) -> dict[UUID, Station]:
        """Load those that are there; their rows never change, so there is nothing to lock."""
        found = select(StationRow).where(col(StationRow.station_id).in_(station_ids))
        rows = (await self.uow.session.execute(found)).scalars().all()
        return {
            row.station_id: Station(station_id=row.station_id, name=row.name, generated=row.generated)
            for row in rows
        }

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

    async def series(self, spans: Sequence[Span]) -> dict[Span, DailySeries]:
        """The Celsius of each span of days of a station; many meters share one."""
        return await CELSIUS.series(self.uow.session, spans)

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
