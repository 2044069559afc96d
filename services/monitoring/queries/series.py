"""A project day by day: what each meter used, what the old building would have used, how warm it was."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.monitoring.domain.checks import refuse_period_outside
from services.monitoring.domain.degree_day_model import baseline_from_json
from services.monitoring.domain.use_by_day import use_by_day
from services.monitoring.queries.views import MeterSeries, Series, note
from services.monitoring.repository.projects import no_such_project
from shared.errors import Invalid

LONGEST_DAYS = 3660

PROJECT = text("SELECT 1 FROM project WHERE application_id = :application_id")
SPAN = text(
    """
    SELECT min(r.day) AS first_day, max(r.day) AS last_day
    FROM reading r JOIN meter m USING (meter_id) WHERE m.application_id = :application_id
    """
)
METERS = text(
    """
    SELECT m.meter_id, m.name, m.fuel, b.model, b.station_id, s.name AS station,
           coalesce(s.generated, false) AS generated
    FROM meter m LEFT JOIN baseline b USING (meter_id) LEFT JOIN station s USING (station_id)
    WHERE m.application_id = :application_id ORDER BY m.name
    """
)
KWH = text(
    "SELECT day, kwh FROM reading WHERE meter_id = :owner AND day >= :starts_on AND day < :ends_before"
)
CELSIUS = text(
    "SELECT day, celsius FROM temperature "
    "WHERE station_id = :owner AND day >= :starts_on AND day < :ends_before"
)


async def get_series(
    session: AsyncSession, application_id: UUID, period_start: date | None, period_end: date | None
) -> Series:
    """The half-open period asked for, or all days that are read."""
    place = {"application_id": application_id}
    if (await session.execute(PROJECT, place)).one_or_none() is None:
        raise no_such_project()
    span = (await session.execute(SPAN, place)).one()
    starts_on = period_start or span.first_day
    ends_before = period_end or (span.last_day + timedelta(days=1) if span.last_day else None)
    rows = (await session.execute(METERS, place)).mappings().all()
    generated = any(row["generated"] for row in rows)
    meters = []
    if starts_on is not None and ends_before is not None:
        _refuse_too_long(starts_on, ends_before)
        meters = [await _meter(session, dict(row), starts_on, ends_before) for row in rows]
    return Series(
        application_id=application_id,
        period_start=starts_on,
        period_end=ends_before,
        temperatures_generated=generated,
        temperatures_note=note(generated),
        meters=meters,
    )


async def _meter(
    session: AsyncSession, row: dict[str, Any], starts_on: date, ends_before: date
) -> MeterSeries:
    period = (starts_on, ends_before)
    kwh = await _by_day(session, KWH, row["meter_id"], *period)
    celsius = await _by_day(session, CELSIUS, row["station_id"], *period) if row["station_id"] else {}
    baseline = baseline_from_json(row["model"]) if row["model"] else None
    return MeterSeries(
        meter_id=row["meter_id"],
        name=row["name"],
        fuel=row["fuel"],
        station=row["station"],
        days=use_by_day(kwh, celsius, baseline, *period),
    )


async def _by_day(
    session: AsyncSession, statement: TextClause, owner: UUID, starts_on: date, ends_before: date
) -> dict[date, Decimal]:
    parameters = {"owner": owner, "starts_on": starts_on, "ends_before": ends_before}
    return dict((await session.execute(statement, parameters)).all())


def _refuse_too_long(starts_on: date, ends_before: date) -> None:
    refuse_period_outside(starts_on, ends_before, last_end=date.max)
    if (ends_before - starts_on).days > LONGEST_DAYS:
        raise Invalid("series.too_long", "Ask for at most ten years at a time.", field="period_end")
