"""Readings of a meter from a CSV file: the use of whole local days in kWh, and what is missing."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from services.monitoring.domain.csv_file import PROBLEMS_SHOWN
from services.monitoring.domain.local_days import Gap, complete_days, gaps, hours_by_day
from services.monitoring.domain.local_time import Zone, hours_in_day, local_day
from services.monitoring.domain.series import Resolution, RowNote, Series, SeriesRules, read_series
from shared.carbon.quantities import EnergyUnit, Fuel, kwh_per_unit
from shared.errors import Invalid, Problem

VALUE_COLUMNS = frozenset({"value", "kwh", "mwh", "wh", "m3", "reading", "consumption", "usage", "use"})
LARGEST_VALUE = Decimal(10) ** 9
"""A billion of any unit in one hour or day is a slip of the keyboard, not a building."""

LONG_RUN_OF_ZEROS_DAYS = 14
STORED_KWH = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFormat:
    """What the person who sends a file says about it, because no file says it itself."""

    fuel: Fuel
    unit: EnergyUnit
    zone: Zone
    calorific_value_mj_per_m3: Decimal | None = None
    resolution: Resolution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingsReport:
    """What the file held, for the person who sent it."""

    rows_read: int
    duplicates_ignored: int
    missing_values: int
    first_day: date | None
    last_day: date | None
    complete_days: int
    total_kwh: Decimal
    gaps: tuple[Gap, ...]
    warnings: tuple[str, ...]
    notes: tuple[RowNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingsImport:
    """The kWh of each complete local day, and the hours (UTC) of days that still wait for others."""

    resolution: Resolution
    kwh_by_day: Mapping[date, Decimal]
    kwh_by_waiting_hour: Mapping[datetime, Decimal]
    report: ReadingsReport


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReadings:
    """What a file adds to the stored days; the waiting hours replace those that waited before."""

    kwh_by_day: Mapping[date, Decimal]
    kwh_by_waiting_hour: Mapping[datetime, Decimal]
    days_already_held: int


def read_readings(
    content: bytes,
    stated: StatedFormat,
    *,
    not_later_than: date,
    waiting: Mapping[datetime, Decimal] | None = None,
) -> ReadingsImport:
    """The file as local days of kWh; `waiting` are the hours the meter already holds of incomplete days."""
    if stated.unit is EnergyUnit.CUBIC_METRES and stated.fuel is not Fuel.NATURAL_GAS:
        raise Invalid(
            "readings.unit", "Only natural gas is read in cubic metres. Choose kWh, MWh or Wh.", field="unit"
        )
    kwh = kwh_per_unit(stated.unit, stated.calorific_value_mj_per_m3)
    series = read_series(content, _rules(stated, not_later_than))
    if not (series.by_day or series.by_hour):
        raise Invalid(
            "readings.no_values", "No row has a value. Choose the file with the readings.", field="file"
        )
    if series.resolution is Resolution.DAILY:
        days = {day: _in_kwh(value, kwh) for day, value in sorted(series.by_day.items())}
        return _import(series, days, {}, gaps({day: hours_in_day(day) for day in days}))
    hours = {hour: _in_kwh(value, kwh) for hour, value in series.by_hour.items()}
    return _from_hours(series, _with_waiting(hours, waiting or {}), set(map(local_day, hours)))


def add_to_stored(stored: Mapping[date, Decimal], imported: ReadingsImport) -> NewReadings:
    """What is new; days already held with the same use are ignored, days that contradict them are refused."""
    refused = [
        Problem(f"{day:%Y-%m-%d}", _contradiction(kwh, stored[day]))
        for day, kwh in imported.kwh_by_day.items()
        if day in stored and stored[day] != kwh
    ]
    if refused:
        raise Invalid(
            "readings.contradict_stored",
            f"{len(refused)} days differ from readings already held, so nothing was taken. Check that the "
            "file is of this meter, in the unit you stated. Readings already held stand.",
            problems=refused[:PROBLEMS_SHOWN],
        )
    new = {day: kwh for day, kwh in imported.kwh_by_day.items() if day not in stored}
    waiting = {
        hour: kwh for hour, kwh in imported.kwh_by_waiting_hour.items() if local_day(hour) not in stored
    }
    return NewReadings(
        kwh_by_day=new, kwh_by_waiting_hour=waiting, days_already_held=len(imported.kwh_by_day) - len(new)
    )


def _rules(stated: StatedFormat, not_later_than: date) -> SeriesRules:
    return SeriesRules(
        value_columns=VALUE_COLUMNS,
        meaning="reading",
        refusal_of=_refusal_of_value,
        zone=stated.zone,
        not_later_than=not_later_than,
        resolution=stated.resolution,
    )


def _refusal_of_value(value: Decimal) -> str | None:
    if value < 0:
        return f"{value} is negative. Use is never below nought: send exported energy as its own meter."
    if value > LARGEST_VALUE:
        return f"{value} is too large for a building. Check the decimal point and the unit."
    return None


def _in_kwh(value: Decimal, kwh: Decimal) -> Decimal:
    return (value * kwh).quantize(STORED_KWH)


def _with_waiting(
    hours: dict[datetime, Decimal], waiting: Mapping[datetime, Decimal]
) -> dict[datetime, Decimal]:
    refused = [
        Problem(f"{hour:%Y-%m-%d %H:%M} UTC", _contradiction(hours[hour], kwh))
        for hour, kwh in waiting.items()
        if hours.get(hour, kwh) != kwh
    ]
    if refused:
        raise Invalid(
            "readings.contradict_stored",
            f"{len(refused)} hours differ from readings already held, so nothing was taken. "
            "Check that the file is of this meter, in the unit you stated.",
            problems=refused[:PROBLEMS_SHOWN],
        )
    return {**waiting, **hours}


def _contradiction(kwh: Decimal, stored: Decimal) -> str:
    return f"The file says {kwh.normalize():f} kWh; {stored.normalize():f} kWh is held already."


def _from_hours(
    series: Series, hours: Mapping[datetime, Decimal], own_days: AbstractSet[date]
) -> ReadingsImport:
    by_day = hours_by_day(hours)
    days = {day: sum(values, Decimal(0)) for day, values in complete_days(by_day).items()}
    waiting = {hour: kwh for hour, kwh in sorted(hours.items()) if local_day(hour) not in days}
    present = {day: len(values) for day, values in by_day.items() if day in own_days}
    return _import(series, days, waiting, gaps(present))


def _import(
    series: Series,
    days: Mapping[date, Decimal],
    waiting: Mapping[datetime, Decimal],
    missing: tuple[Gap, ...],
) -> ReadingsImport:
    report = ReadingsReport(
        rows_read=series.rows_read,
        duplicates_ignored=series.duplicates_ignored,
        missing_values=series.missing_values,
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        complete_days=len(days),
        total_kwh=sum(days.values(), Decimal(0)),
        gaps=missing,
        warnings=series.warnings + _counted_warnings(series, missing) + _zero_warnings(days),
        notes=series.notes,
    )
    return ReadingsImport(
        resolution=series.resolution, kwh_by_day=days, kwh_by_waiting_hour=waiting, report=report
    )


def _counted_warnings(series: Series, missing: tuple[Gap, ...]) -> tuple[str, ...]:
    counted = (
        (series.duplicates_ignored, "rows repeat another row and were ignored."),
        (series.missing_values, "rows have no value; they are missing, not nought."),
        (len(missing), "days are not complete and will not be used until they are."),
    )
    return tuple(f"{count} {words}" for count, words in counted if count)


def _zero_warnings(days: Mapping[date, Decimal]) -> tuple[str, ...]:
    """Runs of days without any use: a hall closed for summer, or a meter that has stopped."""
    runs = [list(run) for no_use, run in groupby(sorted(days), key=lambda day: not days[day]) if no_use]
    return tuple(
        f"No use at all from {run[0]:%d %B %Y} to {run[-1]:%d %B %Y}. Check that the meter was recording."
        for run in runs
        if len(run) >= LONG_RUN_OF_ZEROS_DAYS
    )
