"""A project day by day, as JSON and as a file for a spreadsheet."""

import csv
import io
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.monitoring.queries.series import get_series
from services.monitoring.queries.views import Series
from shared.web import Role, View, reads
from shared.web.files import CsvFile

router = APIRouter(prefix="/projects", tags=["projects"])

COLUMNS = ("day", "meter", "fuel", "observed_kwh", "counterfactual_kwh", "celsius", "temperatures_generated")
RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@router.get("/{application_id}/series")
async def show_series(
    application_id: UUID,
    view: Annotated[View, reads(Role.TEAM)],
    period_start: date | None = None,
    period_end: date | None = None,
) -> Series:
    """The half-open period asked for, or all days that are read; kWh and Celsius."""
    return await get_series(view.session, application_id, period_start, period_end)


@router.get("/{application_id}/series.csv", response_class=CsvFile)
async def download_series(
    application_id: UUID,
    view: Annotated[View, reads(Role.TEAM)],
    period_start: date | None = None,
    period_end: date | None = None,
) -> CsvFile:
    """The same as CSV in UTF-8, in which no cell can run as a formula."""
    series = await get_series(view.session, application_id, period_start, period_end)
    headers = {
        "content-disposition": f'attachment; filename="series-{application_id}.csv"',
        "x-content-type-options": "nosniff",
    }
    return CsvFile(_csv(series).encode("utf-8-sig"), headers=headers)


def _csv(series: Series) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    generated = "yes" if series.temperatures_generated else "no"
    for meter in series.meters:
        name = _harmless(meter.name)
        for day in meter.days:
            numbers = (day.observed_kwh, day.counterfactual_kwh, day.celsius)
            writer.writerow([day.day, name, meter.fuel, *numbers, generated])
    return out.getvalue()


def _harmless(words: str) -> str:
    """Words that a spreadsheet would run get an apostrophe before them."""
    return f"'{words}" if words.startswith(RUNS_AS_FORMULA) else words
