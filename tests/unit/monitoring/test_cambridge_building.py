"""A real building with a real fault: Cambridge B19, daily gas, with the temperatures of Bedford, 40 km away.

2017 is some thirty times too large (as hundreds of cubic feet are to kWh), and its December is all nought.
2018 and 2019 are sound. No works are known: whatever the model says of them is not a saving by works.
"""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from services.monitoring.domain.degree_day_model import (
    Observations,
    Verdict,
    avoided_energy,
    daily_observations,
    freeze_baseline,
    verdict,
)
from services.monitoring.domain.local_time import Zone
from services.monitoring.domain.readings import ReadingsImport, StatedFormat, read_readings
from services.monitoring.domain.temperatures import read_temperatures
from services.monitoring.domain.unit_check import check_unit, expected_from_earlier
from shared.carbon.quantities import EnergyUnit, Fuel
from shared.errors import Invalid
from tests.support.public_data import public_data

TODAY = date(2026, 11, 22)


@cache
def readings() -> ReadingsImport:
    stated = StatedFormat(fuel=Fuel.NATURAL_GAS, unit=EnergyUnit.KWH, zone=Zone.EUROPE_LONDON)
    content = public_data("meters", "cambridge_b19", "gas_daily.csv").read_bytes()
    return read_readings(content, stated, not_later_than=TODAY)


def observations(year: int) -> Observations:
    content = public_data("weather", "bedford_daily_mean_temp_2000_2022.csv").read_bytes()
    warmth = read_temperatures(content, zone=Zone.EUROPE_LONDON, not_later_than=TODAY).celsius_by_day
    return daily_observations(readings().kwh_by_day, warmth, date(year, 1, 1), date(year + 1, 1, 1))


def test_two_sound_years_do_not_differ_by_more_than_an_untreated_building_may() -> None:
    baseline = freeze_baseline(observations(2018))

    result = avoided_energy(baseline, observations(2019))

    assert baseline.heating is not None
    assert (baseline.heating.balance_point_celsius, round(baseline.adjusted_r2, 3)) == (16.5, 0.934)
    assert round(result.counterfactual_kwh) == 93898
    assert round(result.observed_kwh) == 92848
    assert round(result.avoided_kwh) == 1050
    assert round(result.model_band_kwh) == 3164
    assert round(result.total_band_kwh) == 12037
    assert verdict(result) is Verdict.NOT_DISTINGUISHABLE


def test_the_faulty_year_cannot_become_a_baseline() -> None:
    with pytest.raises(Invalid, match="explains 46% of the use"):
        freeze_baseline(observations(2017))


def test_the_faulty_year_is_found_when_the_next_one_is_imported() -> None:
    days = readings().kwh_by_day
    stored = {day: kwh for day, kwh in days.items() if day.year == 2017}
    imported = {day: kwh for day, kwh in days.items() if day.year == 2018}
    expected = expected_from_earlier(stored, imported)
    assert expected is not None

    with pytest.raises(Invalid, match="look like hundreds of cubic feet, not kWh"):
        check_unit(imported, expected, fuel=Fuel.NATURAL_GAS, stated=EnergyUnit.KWH)


def test_the_meter_that_stood_still_is_named() -> None:
    report = readings().report

    assert report.total_kwh > Decimal(2_000_000)
    assert any("from 29 November 2017 to 31 December 2017" in warning for warning in report.warnings)
