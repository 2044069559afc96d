"""Readings of meters: whole days of kWh, hours that wait, and the imports that brought them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import delete, text
from sqlmodel import col, select

from services.monitoring.domain.degree_day_model import DailySeries
from services.monitoring.domain.import_report import ImportReport
from services.monitoring.domain.local_time import local_day
from services.monitoring.domain.readings import NewReadings
from services.monitoring.repository.daily import DailyTable, Span, asked_for
from services.monitoring.tables import ReadingRow, ReadingsImportRow, WaitingHourRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

REPORTS: TypeAdapter[ImportReport] = TypeAdapter(ImportReport)

SUPPLIERS = text(
    """
    SELECT DISTINCT imported.meter_id, imported.supplied_by
    FROM unnest(CAST(:ids AS uuid[]), CAST(:starts_on AS date[]), CAST(:ends_before AS date[]))
         AS asked(meter_id, starts_on, ends_before)
    JOIN readings_import AS imported
      ON imported.meter_id = asked.meter_id
     AND imported.used_from < asked.ends_before AND imported.used_until >= asked.starts_on
    """
)
KWH = DailyTable("reading", of="meter_id", value="kwh")


def import_id_taken() -> Conflict:
    """The answer where an import of this id was taken before."""
    return Conflict("import.id_taken", "A file was imported under this import_id. Give this one a new id.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """A file that was taken: by which id, for which meter or station, how stated, and by whom."""

    import_id: UUID
    of: UUID
    stated: Mapping[str, Any]
    supplied_by: UUID
    report: ImportReport


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings in the database."""

    uow: UnitOfWork

    async def refuse_taken(self, import_id: UUID) -> None:
        """Refuse an id that an import has already."""
        if await self.uow.session.get(ReadingsImportRow, import_id) is not None:
            raise import_id_taken()

    async def same_file(
        self, meter_id: UUID, file_sha256: str, stated: Mapping[str, Any]
    ) -> ImportReport | None:
        """The report of the same file, stated the same way, if the meter has had it."""
        found = select(ReadingsImportRow).where(
            col(ReadingsImportRow.meter_id) == meter_id,
            col(ReadingsImportRow.file_sha256) == file_sha256,
            col(ReadingsImportRow.stated) == stated,
        )
        row = (await self.uow.session.execute(found)).scalar_one_or_none()
        return REPORTS.validate_python(row.report) if row else None

    async def kwh_by_day(
        self, meter_id: UUID, starts_on: date = date.min, ends_before: date = date.max
    ) -> dict[date, Decimal]:
        """The days of the half-open period that the meter holds."""
        found = select(col(ReadingRow.day), col(ReadingRow.kwh)).where(
            col(ReadingRow.meter_id) == meter_id,
            col(ReadingRow.day) >= starts_on,
            col(ReadingRow.day) < ends_before,
        )
        return dict((await self.uow.session.execute(found)).all())

    async def waiting(self, meter_id: UUID) -> dict[datetime, Decimal]:
        """The hours of days that are not complete."""
        found = select(col(WaitingHourRow.hour), col(WaitingHourRow.kwh)).where(
            col(WaitingHourRow.meter_id) == meter_id
        )
        return dict((await self.uow.session.execute(found)).all())

    async def take(self, supplied: Supplied, new: NewReadings) -> None:
        """Keep the import, its new days, and the hours that wait now instead of those before."""
        self.uow.session.add(_import_row(supplied, new, imported_at=self.uow.now))
        await self.uow.session.execute(
            delete(WaitingHourRow).where(col(WaitingHourRow.meter_id) == supplied.of)
        )
        days = [(supplied.of, day, kwh, supplied.import_id) for day, kwh in new.kwh_by_day.items()]
        await self.uow.copy("reading", ["meter_id", "day", "kwh", "import_id"], days)
        hours = [(supplied.of, hour, kwh) for hour, kwh in new.kwh_by_waiting_hour.items()]
        await self.uow.copy("waiting_hour", ["meter_id", "hour", "kwh"], hours)

    async def series(self, spans: Sequence[Span]) -> dict[Span, DailySeries]:
        """The kWh of each span of days of a meter."""
        return await KWH.series(self.uow.session, spans)

    async def suppliers(self, spans: Sequence[Span]) -> dict[UUID, set[UUID]]:
        """Who supplied a file that brought something of these days, by meter."""
        suppliers: dict[UUID, set[UUID]] = {span.of: set() for span in spans}
        for meter_id, supplier in (await self.uow.session.execute(SUPPLIERS, asked_for(spans))).all():
            suppliers[meter_id].add(supplier)
        return suppliers


def _import_row(supplied: Supplied, new: NewReadings, *, imported_at: datetime) -> ReadingsImportRow:
    """`used_from` and `used_until` span the days for which the file brought anything new."""
    brought = [*new.kwh_by_day, *(local_day(hour) for hour in new.kwh_by_waiting_hour)]
    return ReadingsImportRow(
        import_id=supplied.import_id,
        meter_id=supplied.of,
        file_sha256=supplied.report.file_sha256,
        stated=dict(supplied.stated),
        supplied_by=supplied.supplied_by,
        imported_at=imported_at,
        used_from=min(brought, default=None),
        used_until=max(brought, default=None),
        report=REPORTS.dump_python(supplied.report, mode="json"),
    )
