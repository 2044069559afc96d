"""Outdoor temperatures of a weather station from a CSV file: the mean of whole local days, in Celsius."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.monitoring.domain.csv_file import PROBLEMS_SHOWN
from services.monitoring.domain.local_days import Gap, complete_days, gaps, hours_by_day
from services.monitoring.domain.local_time import Zone, hours_in_day
from services.monitoring.domain.series import Resolution, RowNote, Series, SeriesRules, read_series
from shared.errors import Invalid, Problem

VALUE_COLUMNS = frozenset(
    {"temperature", "temperature_c", "temp", "temp_c", "tempc", "tmean", "tmean_c", "celsius", "value"}
)
COLDEST_CELSIUS, WARMEST_CELSIUS = Decimal(-40), Decimal(50)

WARMEST_MEAN_CELSIUS = Decimal(30)
"""No spell of days in Great Britain has had a mean above 30 C; in Fahrenheit nearly every spell has."""

STORED_CELSIUS = Decimal("0.000001")


@dataclass(frozen=True, slots=True, kw_only=True)
class TemperaturesImport:
    """The mean of each complete local day (midnight to midnight), and what is missing."""

    resolution: Resolution
    celsius_by_day: Mapping[date, Decimal]
    rows_read: int
    gaps: tuple[Gap, ...]
    warnings: tuple[str, ...]
    notes: tuple[RowNote, ...]


def read_temperatures(
    content: bytes, *, zone: Zone, not_later_than: date, resolution: Resolution | None = None
) -> TemperaturesImport:
    """Read daily means or hourly temperatures in Celsius; Fahrenheit is refused."""
    series = read_series(content, _rules(zone, not_later_than, resolution))
    _refuse_fahrenheit(series)
    if series.resolution is Resolution.DAILY:
        days = {day: value.quantize(STORED_CELSIUS) for day, value in sorted(series.by_day.items())}
        return _import(series, days, gaps({day: hours_in_day(day) for day in days}))
    by_day = hours_by_day(series.by_hour)
    days = {day: _mean(values) for day, values in complete_days(by_day).items()}
    return _import(series, days, gaps({day: len(values) for day, values in by_day.items()}))


def add_temperatures_to_stored(
    stored: Mapping[date, Decimal], imported: Mapping[date, Decimal]
) -> Mapping[date, Decimal]:
    """The days that are new; a day already held with another temperature is refused."""
    refused = [
        Problem(f"{day:%Y-%m-%d}", f"The file says {celsius:f} C; {stored[day]:f} C is held already.")
        for day, celsius in imported.items()
        if day in stored and stored[day] != celsius
    ]
    if refused:
        raise Invalid(
            "temperatures.contradict_stored",
            f"{len(refused)} days differ from temperatures already held, so nothing was taken. "
            "Check that the file is of this station.",
            problems=refused[:PROBLEMS_SHOWN],
        )
    return {day: celsius for day, celsius in imported.items() if day not in stored}


def _rules(zone: Zone, not_later_than: date, resolution: Resolution | None) -> SeriesRules:
    return SeriesRules(
        value_columns=VALUE_COLUMNS,
        meaning="temperature",
        refusal_of=_refusal_of_value,
        zone=zone,
        not_later_than=not_later_than,
        resolution=resolution,
    )


def _refusal_of_value(value: Decimal) -> str | None:
    if COLDEST_CELSIUS <= value <= WARMEST_CELSIUS:
        return None
    return (
        f"{value} is not an outdoor temperature in Celsius ({COLDEST_CELSIUS} to {WARMEST_CELSIUS}). "
        "Convert Fahrenheit to Celsius."
    )


def _refuse_fahrenheit(series: Series) -> None:
    values = [*series.by_day.values(), *series.by_hour.values()]
    if not values:
        raise Invalid(
            "temperatures.no_values",
            "No row has a value. Choose the file with the temperatures.",
            field="file",
        )
    mean = _mean(values)
    if mean > WARMEST_MEAN_CELSIUS:
        raise Invalid(
            "temperatures.fahrenheit",
            f"The mean of the file is {mean:.1f}, too warm for Celsius: it looks like Fahrenheit. "
            "Convert it to Celsius.",
            field="file",
        )


def _mean(values: list[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / len(values)).quantize(STORED_CELSIUS)


def _import(series: Series, days: Mapping[date, Decimal], missing: tuple[Gap, ...]) -> TemperaturesImport:
    counted = (f"{len(missing)} days are not complete and will not be used.",) if missing else ()
    return TemperaturesImport(
        resolution=series.resolution,
        celsius_by_day=days,
        rows_read=series.rows_read,
        gaps=missing,
        warnings=series.warnings + counted,
        notes=series.notes,
    )
