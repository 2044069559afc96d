"""The degree-day model: two years of daily readings of 1,000 meters, from numbers to avoided energy."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from services.monitoring.domain.degree_day_model import (
    BALANCE_POINTS_CELSIUS,
    Interval,
    Observations,
    avoided_energy,
    freeze_baseline,
)
from tests.benchmarks.rows import Row, Servers, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.monitoring.domain.degree_day_model import AvoidedEnergy

METERS = 1_000
YEAR = 365
STARTS_ON = date(2021, 4, 1)
Numbers: TypeAlias = NDArray[np.float64]
Years: TypeAlias = tuple[Observations, Observations]


async def measure(_servers: Servers) -> list[Row]:
    """The model alone, without a database: a baseline from the first year, the saving in the second."""
    meters = [a_meter(number) for number in range(METERS)]

    async def model() -> float:
        return seconds_of(lambda meter: avoided(*meter), meters)

    async def naive() -> float:
        return seconds_of(lambda meter: _least_squares(meter[0]), meters)

    figure, baseline = await side_by_side("degree-day model", model, naive)
    return [
        Row(
            benchmark="degree-day-model",
            measured=f"{METERS:,} meters, two years daily",
            figure=figure,
            baseline=baseline,
            unit="s",
            baseline_is="numpy's lstsq for each balance point",
        )
    ]


def seconds_of(work: Callable[[Years], object], meters: list[Years]) -> float:
    """How long the work takes with all of them."""
    started = time.perf_counter()
    for meter in meters:
        work(meter)
    return time.perf_counter() - started


def avoided(before: Observations, after: Observations) -> AvoidedEnergy:
    """A baseline from the year before, the saving in the year after."""
    return avoided_energy(freeze_baseline(before), after)


def _least_squares(before: Observations) -> float:
    """The best candidate's sum of squares, the fits made one by one."""
    ones = np.ones(YEAR)
    residuals = []
    for point in BALANCE_POINTS_CELSIUS:
        regressors = np.column_stack([ones, np.maximum(0.0, point - before.daily_celsius)])
        residuals.append(float(np.linalg.lstsq(regressors, before.kwh, rcond=None)[1][0]))
    return min(residuals)


def a_meter(number: int) -> Years:
    """A heated building of its own in invented weather, a fifth less hungry in the second year."""
    randomness = np.random.default_rng(number)
    days = np.arange(2 * YEAR)
    celsius = 10.5 - 7.0 * np.cos(2 * np.pi * (days + 70) / YEAR) + randomness.normal(0, 2.5, days.size)
    heating = np.maximum(0.0, randomness.uniform(13, 18) - celsius) * randomness.uniform(2, 20)
    kwh = 12.0 + heating * np.where(days < YEAR, 1.0, 0.8) * randomness.normal(1, 0.08, days.size)
    return _year(celsius[:YEAR], kwh[:YEAR], 0), _year(celsius[YEAR:], kwh[YEAR:], 1)


def _year(celsius: Numbers, kwh: Numbers, number: int) -> Observations:
    starts_on = STARTS_ON + timedelta(days=number * YEAR)
    return Observations(
        interval=Interval.DAILY,
        starts_on=starts_on,
        ends_before=starts_on + timedelta(days=YEAR),
        kwh=kwh,
        days=np.ones(YEAR, dtype=np.int64),
        daily_celsius=celsius,
    )
