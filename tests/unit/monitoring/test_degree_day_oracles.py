"""The pure model against CalTRACK 2.0 (eemeter 2.10.11) and a second implementation, on public samples."""

import csv
import gzip
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from services.monitoring.domain.degree_day_model import (
    Interval,
    Observations,
    WeatherTerms,
    avoided_energy,
    fit,
    freeze_baseline,
)
from tests.support.public_data import public_data

FAHRENHEIT_GRID = tuple(range(30, 91))
LOCAL_MIDNIGHT = timedelta(hours=6)


def rows_of(name: str) -> Iterator[tuple[datetime, float]]:
    with gzip.open(public_data("meters", name), "rt", newline="") as file:
        for when, value in list(csv.reader(file))[1:]:
            yield datetime.fromisoformat(when).astimezone(UTC), float(value)


@cache
def daily_fahrenheit(day_begins_after_midnight: timedelta = timedelta()) -> dict[date, float]:
    by_day: dict[date, list[float]] = {}
    for moment, fahrenheit in rows_of("il-tempF.csv.gz"):
        by_day.setdefault((moment - day_begins_after_midnight).date(), []).append(fahrenheit)
    return {day: float(np.mean(values)) for day, values in by_day.items()}


def daily_sample(starts_on: date, ends_before: date) -> Observations:
    """Meter dates floored to UTC days, as the reference numbers were made."""
    use = {moment.date(): therms for moment, therms in rows_of("il-gas-hdd-only-daily.csv.gz")}
    warmth = daily_fahrenheit()
    days = [starts_on + timedelta(days=offset) for offset in range((ends_before - starts_on).days)]
    return Observations(
        interval=Interval.DAILY,
        starts_on=starts_on,
        ends_before=ends_before,
        kwh=np.array([use[day] for day in days]),
        days=np.ones(len(days), dtype=np.int64),
        daily_celsius=np.array([warmth[day] for day in days]),
    )


def monthly_sample(starts_on: date, ends_before: date) -> Observations:
    """Bills from local midnight (06:00 UTC) to local midnight, as the reference numbers were made."""
    bills = [
        ((moment - LOCAL_MIDNIGHT).date(), therms)
        for moment, therms in rows_of("il-gas-hdd-only-billing_monthly.csv.gz")
    ]
    warmth = daily_fahrenheit(LOCAL_MIDNIGHT)
    chosen = [
        (first, (following - first).days, therms)
        for (first, therms), (following, _) in pairwise(bills)
        if first >= starts_on and following <= ends_before
    ]
    days = [first + timedelta(days=offset) for first, length, _ in chosen for offset in range(length)]
    return Observations(
        interval=Interval.MONTHLY,
        starts_on=starts_on,
        ends_before=ends_before,
        kwh=np.array([therms for _, _, therms in chosen]),
        days=np.array([length for _, length, _ in chosen], dtype=np.int64),
        daily_celsius=np.array([warmth[day] for day in days]),
    )


def test_the_daily_gas_sample_gives_the_figures_of_caltrack() -> None:
    before = daily_sample(date(2015, 12, 27), date(2016, 12, 26))
    after = daily_sample(date(2017, 1, 4), date(2018, 1, 4))

    baseline = freeze_baseline(before, WeatherTerms.HEATING, FAHRENHEIT_GRID)
    result = avoided_energy(baseline, after)

    assert baseline.heating is not None
    assert baseline.heating.balance_point_celsius == 60
    assert baseline.intercept_kwh_per_day == pytest.approx(0.77212098, abs=5e-9)
    assert baseline.heating.slope_kwh_per_degree_day == pytest.approx(0.21848285, abs=5e-9)
    assert baseline.total_kwh == pytest.approx(1059.48)
    assert baseline.cvrmse == pytest.approx(0.303956, abs=5e-7)
    assert baseline.lag_1_correlation == pytest.approx(-0.03299, abs=5e-6)
    assert float(result.counterfactual_kwh) == pytest.approx(1043.8665, abs=5e-5)
    assert float(result.avoided_kwh) == pytest.approx(83.6465, abs=1e-4)
    assert float(result.model_band_kwh) == pytest.approx(37.6788, abs=1e-4)


def test_the_monthly_gas_sample_gives_the_figures_of_caltrack() -> None:
    before = monthly_sample(date(2015, 12, 24), date(2016, 12, 25))
    after = monthly_sample(date(2017, 1, 25), date(2017, 12, 28))

    baseline = freeze_baseline(before, WeatherTerms.HEATING, FAHRENHEIT_GRID)
    result = avoided_energy(baseline, after)

    assert baseline.heating is not None
    assert baseline.heating.balance_point_celsius == 61
    assert baseline.intercept_kwh_per_day == pytest.approx(0.71561324, abs=5e-9)
    assert baseline.heating.slope_kwh_per_degree_day == pytest.approx(0.21313027, abs=5e-9)
    assert baseline.total_kwh == pytest.approx(1067.32)
    assert baseline.cvrmse == pytest.approx(0.032728, abs=5e-7)
    assert baseline.lag_1_correlation == pytest.approx(-0.35898, abs=5e-6)
    assert float(result.counterfactual_kwh) == pytest.approx(826.0861, abs=1e-4)
    assert float(result.avoided_kwh) == pytest.approx(65.1961, abs=1e-4)
    assert float(result.model_band_kwh) == pytest.approx(17.2365, abs=1e-4)


@pytest.mark.parametrize("sample", ["daily", "monthly"])
def test_a_gas_sample_that_may_also_cool_is_still_found_to_heat_only(sample: str) -> None:
    before = (
        daily_sample(date(2015, 12, 27), date(2016, 12, 26))
        if sample == "daily"
        else monthly_sample(date(2015, 12, 24), date(2016, 12, 25))
    )

    chosen = fit(before, WeatherTerms.HEATING_AND_COOLING, FAHRENHEIT_GRID)

    assert chosen == fit(before, WeatherTerms.HEATING, FAHRENHEIT_GRID)
