"""Whole local days out of hourly values: a day with an hour missing is a gap, never a smaller use."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from services.monitoring.domain.local_time import hours_in_day, local_day


@dataclass(frozen=True, slots=True)
class Gap:
    """A local day without all its values, and how many hours of it are missing."""

    day: date
    missing_hours: int


def hours_by_day(by_hour: Mapping[datetime, Decimal]) -> dict[date, list[Decimal]]:
    """The hourly values of each local day."""
    days: dict[date, list[Decimal]] = defaultdict(list)
    for hour, value in by_hour.items():
        days[local_day(hour)].append(value)
    return days


def complete_days(days: Mapping[date, list[Decimal]]) -> dict[date, list[Decimal]]:
    """The days that have all their 23, 24 or 25 hours, in date order."""
    return {day: values for day, values in sorted(days.items()) if len(values) == hours_in_day(day)}


def gaps(hours_present: Mapping[date, int]) -> tuple[Gap, ...]:
    """Every day from the first to the last that is not complete."""
    if not hours_present:
        return ()
    first, last = min(hours_present), max(hours_present)
    period = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    missing = ((day, hours_in_day(day) - hours_present.get(day, 0)) for day in period)
    return tuple(Gap(day, hours) for day, hours in missing if hours)
