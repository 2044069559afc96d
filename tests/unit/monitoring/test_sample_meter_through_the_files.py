"""The public UK gas meter from its files to its verdict, as an upload takes the way."""

import gzip
from datetime import date
from decimal import Decimal
from functools import cache
from time import process_time

import pytest

from services.monitoring.domain.degree_day_model import (
    AvoidedEnergy,
    Baseline,
    Verdict,
    avoided_energy,
    daily_observations,
    freeze_baseline,
    verdict,
    verdict_in_words,
)
from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.readings import ReadingsImport, StatedFormat, read_readings
from services.monitoring.domain.temperatures import TemperaturesImport, read_temperatures
from shared.carbon.quantities import EnergyUnit, Fuel
from tests.support.public_data import public_data

TODAY = date(2026, 11, 22)


def sample_bytes(name: str) -> bytes:
    return gzip.decompress(public_data("meters", name).read_bytes())


@cache
def sample_readings() -> ReadingsImport:
    stated = StatedFormat(fuel=Fuel.NATURAL_GAS, unit=EnergyUnit.KWH, zone=Zone.UTC)
    return read_readings(sample_bytes("uk-gas-hdd-only-hourly-sample-0.csv.gz"), stated, not_later_than=TODAY)


@cache
def sample_temperatures() -> TemperaturesImport:
    return read_temperatures(sample_bytes("uk-tempC-sample-0.csv.gz"), zone=Zone.UTC, not_later_than=TODAY)


def saving(baseline_ends_before: date, reporting_ends_before: date) -> tuple[Baseline, AvoidedEnergy]:
    kwh, celsius = sample_readings().kwh_by_day, sample_temperatures().celsius_by_day
    before = daily_observations(kwh, celsius, date(2020, 4, 2), baseline_ends_before)
    after = daily_observations(kwh, celsius, baseline_ends_before, reporting_ends_before)
    baseline = freeze_baseline(before)
    return baseline, avoided_energy(baseline, after)


def test_the_baseline_of_the_sample_is_the_published_line() -> None:
    baseline, _ = saving(date(2021, 4, 2), date(2022, 4, 2))

    assert baseline.heating is not None
    assert baseline.heating.balance_point_celsius == 12.5
    assert baseline.intercept_kwh_per_day == pytest.approx(9.71013, abs=5e-6)
    assert baseline.heating.slope_kwh_per_degree_day == pytest.approx(2.91460, abs=5e-6)
    assert baseline.measured_days == 365


def test_the_sample_avoids_873_59_kwh_which_its_total_band_swallows() -> None:
    _, result = saving(date(2021, 4, 2), date(2022, 4, 2))

    assert round(result.avoided_kwh, 2) == Decimal("873.59")
    assert round(result.fraction * 100, 3) == Decimal("11.875")
    assert round(result.model_band_kwh, 2) == Decimal("415.14")
    assert round(result.total_band_kwh) == 1000
    assert verdict(result) is Verdict.NOT_DISTINGUISHABLE
    assert verdict_in_words(result) == (
        "The building used 874 kWh (11.9%) less than it would have without the works, "
        "give or take 1,000 kWh at 90% confidence: not distinguishable from no change."
    )


def test_a_period_one_day_short_gives_another_figure() -> None:
    _, result = saving(date(2021, 4, 2), date(2022, 4, 1))

    assert round(result.avoided_kwh, 2) != Decimal("873.59")
    assert result.days == 364


def test_the_days_of_clock_change_are_whole_and_the_cut_ends_are_not() -> None:
    imported = sample_readings()

    assert {date(2021, 3, 28), date(2021, 10, 31)} <= imported.kwh_by_day.keys()
    assert [(gap.day, gap.missing_hours) for gap in imported.report.gaps] == [
        (date(2020, 4, 1), 2),
        (date(2022, 12, 6), 11),
    ]


def test_a_year_of_hourly_rows_costs_well_under_a_second() -> None:
    lines = sample_bytes("uk-gas-hdd-only-hourly-sample-0.csv.gz").splitlines(keepends=True)
    stated = StatedFormat(fuel=Fuel.NATURAL_GAS, unit=EnergyUnit.KWH, zone=Zone.UTC)

    started = process_time()
    read_readings(b"".join(lines[:8761]), stated, not_later_than=TODAY)

    assert process_time() - started < 0.9
