"""Use and weather of a period, side by side, as the model reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from shared.errors import Invalid

Numbers = NDArray[np.float64]


class Interval(StrEnum):
    """What one observation covers: a local day, or a bill of about a month."""

    DAILY = "daily"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """Measured use with the daily mean temperatures of exactly the days it was measured on, in date order."""

    interval: Interval
    starts_on: date
    ends_before: date
    kwh: Numbers
    days: NDArray[np.int64]
    daily_celsius: Numbers

    def __post_init__(self) -> None:
        """Refuse arrays that do not describe the same days, or hold what is not a number."""
        if self.kwh.size != self.days.size or self.daily_celsius.size != self.days.sum():
            raise Invalid(
                "observations.misaligned",
                "There must be one temperature for each day of use. Check both files.",
            )
        if not (np.isfinite(self.kwh).all() and np.isfinite(self.daily_celsius).all()):
            raise Invalid(
                "observations.not_a_number", "A use or temperature is not a number. Leave missing days out."
            )

    @property
    def measured_days(self) -> int:
        """How many days have both use and temperature."""
        return int(self.days.sum())

    @property
    def period_days(self) -> int:
        """How many days the period has, measured or not."""
        return (self.ends_before - self.starts_on).days


@dataclass(frozen=True, slots=True, eq=False)
class DailySeries:
    """One value for each local day from `starts_on` on; not a number where nothing is known."""

    starts_on: date
    values: Numbers

    @property
    def ends_before(self) -> date:
        """The day after the last."""
        return self.starts_on + timedelta(days=self.values.size)

    @property
    def unknown_days(self) -> list[date]:
        """The days of which nothing is known, in order."""
        return [self.starts_on + timedelta(days=int(n)) for n in np.flatnonzero(np.isnan(self.values))]


def observations_of(kwh: DailySeries, celsius: DailySeries) -> Observations:
    """The days of one period that have both use and temperature; others are left out."""
    measured = ~(np.isnan(kwh.values) | np.isnan(celsius.values))
    return Observations(
        interval=Interval.DAILY,
        starts_on=kwh.starts_on,
        ends_before=kwh.ends_before,
        kwh=kwh.values[measured],
        days=np.ones(int(measured.sum()), dtype=np.int64),
        daily_celsius=celsius.values[measured],
    )


def daily_observations(
    kwh_by_day: Mapping[date, Decimal],
    celsius_by_day: Mapping[date, Decimal],
    starts_on: date,
    ends_before: date,
) -> Observations:
    """The days of the half-open period that have both use and temperature; others are left out."""
    period = (starts_on + timedelta(days=offset) for offset in range((ends_before - starts_on).days))
    measured = [day for day in period if day in kwh_by_day and day in celsius_by_day]
    return Observations(
        interval=Interval.DAILY,
        starts_on=starts_on,
        ends_before=ends_before,
        kwh=np.array([float(kwh_by_day[day]) for day in measured], dtype=np.float64),
        days=np.ones(len(measured), dtype=np.int64),
        daily_celsius=np.array([float(celsius_by_day[day]) for day in measured], dtype=np.float64),
    )


def degree_days(observations: Observations, balance_points: Numbers, *, cooling: bool = False) -> Numbers:
    """Degree days per day, a row for each balance point: below it for heating, above it for cooling."""
    difference = balance_points[:, np.newaxis] - observations.daily_celsius[np.newaxis, :]
    daily = np.maximum(0.0, -difference if cooling else difference)
    if observations.interval is Interval.DAILY or observations.days.size == 0:
        return daily
    first_days = np.concatenate(([0], np.cumsum(observations.days)[:-1]))
    return np.add.reduceat(daily, first_days, axis=1) / observations.days
