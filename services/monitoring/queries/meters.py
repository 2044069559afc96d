"""Meters and stations: which days they hold, from which files, and which baselines they have."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.monitoring.domain.degree_day_model import baseline_from_json
from services.monitoring.domain.import_report import ImportReport
from services.monitoring.queries.views import (
    BaselineView,
    Coverage,
    ImportLine,
    MeterView,
    StationView,
    baseline_view,
    note,
)
from services.monitoring.repository.readings import REPORTS
from shared.errors import NotFound

MISSING_NAMED = 10


def _held(table: str, owner: str) -> str:
    return f"""
        LEFT JOIN LATERAL (
            SELECT min(day) AS first_day, max(day) AS last_day, count(*) AS days
            FROM {table} d WHERE d.{owner} = o.{owner}
        ) held ON true
        LEFT JOIN LATERAL (
            SELECT array(
                SELECT g.day::date FROM generate_series(held.first_day, held.last_day, interval '1 day')
                    AS g(day)
                WHERE NOT EXISTS (SELECT 1 FROM {table} d WHERE d.{owner} = o.{owner} AND d.day = g.day::date)
                ORDER BY g.day LIMIT {MISSING_NAMED}
            ) AS missing_days
        ) missing ON true
    """  # noqa: S608 - the names of our own tables


METERS = text(
    f"""
    SELECT o.meter_id, o.name, o.fuel, held.*, missing.*, b.model, b.station_id, s.name AS station,
           s.generated AS temperatures_generated
    FROM meter o {_held("reading", "meter_id")}
    LEFT JOIN baseline b ON b.meter_id = o.meter_id
    LEFT JOIN station s ON s.station_id = b.station_id
    WHERE o.application_id = :application_id ORDER BY o.name
    """  # noqa: S608 - as above
)
STATIONS = text(
    "SELECT o.*, held.*, missing.* FROM station o "  # noqa: S608 - our own text
    f"{_held('temperature', 'station_id')} ORDER BY o.name"
)
IMPORTS = text(
    """
    SELECT i.meter_id, i.supplied_by, i.report FROM readings_import i JOIN meter m USING (meter_id)
    WHERE m.application_id = :application_id ORDER BY i.imported_at, i.import_id
    """
)
REPORT = text(
    """
    SELECT report FROM readings_import WHERE import_id = :import_id
    UNION ALL SELECT report FROM temperatures_import WHERE import_id = :import_id
    """
)
STATION_OF_BASELINE = ("station_id", "station", "temperatures_generated")
IN_IMPORT = (
    "import_id",
    "imported_at",
    "file_sha256",
    "rows_read",
    "days_taken",
    "first_day",
    "last_day",
)


async def meters_of(session: AsyncSession, application_id: UUID) -> list[MeterView]:
    """The meters of a project, by name."""
    rows = (await session.execute(METERS, {"application_id": application_id})).mappings().all()
    imports = await _imports(session, application_id)
    return [
        MeterView(
            meter_id=row["meter_id"],
            name=row["name"],
            fuel=row["fuel"],
            coverage=_coverage(dict(row)),
            imports=imports.get(row["meter_id"], []),
            baseline=_baseline(dict(row)),
        )
        for row in rows
    ]


async def list_stations(session: AsyncSession) -> list[StationView]:
    """Every weather station, by name."""
    rows = (await session.execute(STATIONS)).mappings()
    return [
        StationView(
            station_id=row["station_id"],
            name=row["name"],
            generated=row["generated"],
            note=note(row["generated"]),
            coverage=_coverage(dict(row)),
        )
        for row in rows
    ]


async def get_report(session: AsyncSession, import_id: UUID) -> ImportReport:
    """What became of a file that was taken."""
    report = (await session.execute(REPORT, {"import_id": import_id})).scalar_one_or_none()
    if report is None:
        raise NotFound("import.unknown", "There is no such import. A file that was refused leaves none.")
    return REPORTS.validate_python(report)


async def _imports(session: AsyncSession, application_id: UUID) -> dict[UUID, list[ImportLine]]:
    imports: dict[UUID, list[ImportLine]] = {}
    for row in (await session.execute(IMPORTS, {"application_id": application_id})).mappings():
        report = REPORTS.validate_python(row["report"])
        shown = {name: getattr(report, name) for name in IN_IMPORT}
        imports.setdefault(row["meter_id"], []).append(ImportLine(supplied_by=row["supplied_by"], **shown))
    return imports


def _coverage(row: dict[str, Any]) -> Coverage:
    first, last, days = row["first_day"], row["last_day"], row["days"]
    length = (last - first).days + 1 if days else 0
    return Coverage(
        first_day=first,
        last_day=last,
        days=days,
        missing_count=length - days,
        missing_days=list(row["missing_days"]),
    )


def _baseline(row: dict[str, Any]) -> BaselineView | None:
    if row["model"] is None:
        return None
    return baseline_view(baseline_from_json(row["model"]), {name: row[name] for name in STATION_OF_BASELINE})
