import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.degree_day_model import (
    AvoidedEnergy,
    Baseline,
    Interval,
    Observations,
    Verdict,
    WeatherTerms,
    avoided_energy,
    baseline_from_json,
    baseline_to_json,
    daily_observations,
    fit,
    freeze_baseline,
    verdict,
    verdict_in_words,
)
from shared.errors import Invalid

BEFORE, AFTER = date(2020, 1, 1), date(2021, 1, 1)


def british_year(seed: int, days: int = 365) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    season = 10.5 - 7.0 * np.cos(2 * np.pi * np.arange(days) / 365)
    return season + np.random.default_rng(seed).normal(0, 2.5, days)


def heated_building(
    starts_on: date, *, seed: int = 1, scale: float = 1.0, noise: float = 8.0, days: int = 365
) -> Observations:
    """A hall that uses 20 kWh a day and 10 kWh for each degree below 15 C, give or take its own days."""
    celsius = british_year(seed, days)
    own_days = np.random.default_rng(seed + 100).normal(0, noise, days)
    kwh = np.maximum(0.0, 20 + 10 * np.maximum(0, 15 - celsius) + own_days) * scale
    return Observations(
        interval=Interval.DAILY,
        starts_on=starts_on,
        ends_before=starts_on + timedelta(days=days),
        kwh=kwh,
        days=np.ones(days, dtype=np.int64),
        daily_celsius=celsius,
    )


def baseline_year() -> Baseline:
    return freeze_baseline(heated_building(BEFORE))


def test_the_model_finds_the_building_that_made_the_data() -> None:
    exact = fit(heated_building(BEFORE, noise=0))

    assert exact.heating is not None
    assert exact.heating.balance_point_celsius == 15
    assert exact.heating.slope_kwh_per_degree_day == pytest.approx(10)
    assert exact.intercept_kwh_per_day == pytest.approx(20)
    assert exact.adjusted_r2 == pytest.approx(1)


def test_a_building_that_heats_and_cools_gets_both_slopes() -> None:
    celsius = british_year(3) * 1.6
    kwh = 30 + 5 * np.maximum(0, 12 - celsius) + 3 * np.maximum(0, celsius - 18)
    observations = replace(heated_building(BEFORE), kwh=kwh, daily_celsius=celsius)

    chosen = fit(observations, WeatherTerms.HEATING_AND_COOLING)

    assert chosen.heating is not None
    assert chosen.cooling is not None
    assert (chosen.heating.balance_point_celsius, chosen.cooling.balance_point_celsius) == (12, 18)
    assert chosen.heating.slope_kwh_per_degree_day == pytest.approx(5)
    assert chosen.cooling.slope_kwh_per_degree_day == pytest.approx(3)


def test_a_building_that_only_cools_is_not_given_a_heating_slope() -> None:
    celsius = british_year(4)
    kwh = 30 + 3 * np.maximum(0, celsius - 14)
    observations = replace(heated_building(BEFORE), kwh=kwh, daily_celsius=celsius)

    chosen = fit(observations, WeatherTerms.HEATING_AND_COOLING)

    assert chosen.heating is None
    assert chosen.cooling is not None
    assert chosen.cooling.balance_point_celsius == 14


def test_a_building_is_not_taken_to_heat_and_cool_on_the_same_day() -> None:
    celsius = british_year(3) * 1.6
    kwh = 30 + 5 * np.maximum(0, 18 - celsius) + 3 * np.maximum(0, celsius - 12)
    observations = replace(heated_building(BEFORE), kwh=kwh, daily_celsius=celsius)

    chosen = fit(observations, WeatherTerms.HEATING_AND_COOLING)

    assert chosen.heating is not None
    assert chosen.cooling is not None
    assert chosen.cooling.balance_point_celsius >= chosen.heating.balance_point_celsius


def test_use_that_rises_with_warmth_is_no_heating() -> None:
    chosen = fit(replace(heated_building(BEFORE), kwh=50 + 2 * british_year(1)))

    assert chosen.heating is None
    assert chosen.adjusted_r2 == 0


def test_of_balance_points_that_fit_alike_the_lowest_is_taken() -> None:
    celsius = np.tile([0.0, 30.0], 183)[:365]
    kwh = np.tile([100.0, 10.0], 183)[:365]

    chosen = fit(replace(heated_building(BEFORE), kwh=kwh, daily_celsius=celsius))

    assert chosen.heating is not None
    assert chosen.heating.balance_point_celsius == 8


@settings(deadline=None)
@given(scale=st.floats(min_value=0.01, max_value=1000))
def test_the_unit_of_energy_scales_every_result_and_changes_no_verdict(scale: float) -> None:
    def result_of(factor: float) -> AvoidedEnergy:
        baseline = freeze_baseline(heated_building(BEFORE, scale=factor))
        return avoided_energy(baseline, heated_building(AFTER, seed=2, scale=0.8 * factor))

    plain, scaled = result_of(1), result_of(scale)

    for figure in ("counterfactual_kwh", "avoided_kwh", "model_band_kwh", "total_band_kwh"):
        expected = pytest.approx(scale * float(getattr(plain, figure)), rel=1e-5, abs=0.1)
        assert float(getattr(scaled, figure)) == expected
    assert float(scaled.fraction) == pytest.approx(float(plain.fraction), abs=1e-5)
    assert verdict(scaled) is verdict(plain)


@settings(deadline=None)
@given(share=st.floats(min_value=0, max_value=0.5))
def test_the_total_band_never_is_narrower_than_the_models(share: float) -> None:
    result = avoided_energy(baseline_year(), heated_building(AFTER, seed=2), non_routine_share=share)

    assert result.total_band_kwh >= result.model_band_kwh
    assert result.non_routine_share == Decimal(str(share))


def test_a_higher_confidence_asks_for_a_wider_band() -> None:
    likely = avoided_energy(baseline_year(), heated_building(AFTER, seed=2), confidence=0.68)
    surer = avoided_energy(baseline_year(), heated_building(AFTER, seed=2), confidence=0.95)

    assert surer.total_band_kwh > likely.total_band_kwh
    assert surer.model_band_kwh > likely.model_band_kwh


@pytest.mark.parametrize(
    ("scale", "expected", "words"),
    [
        (0.6, Verdict.SAVING, "less than it would have without the works"),
        (1.0, Verdict.NOT_DISTINGUISHABLE, "not distinguishable from no change"),
        (1.5, Verdict.RISE, "more than it would have without the works"),
    ],
)
def test_the_verdict_says_saving_or_rise_only_beyond_the_total_band(
    scale: float, expected: Verdict, words: str
) -> None:
    result = avoided_energy(baseline_year(), heated_building(AFTER, seed=2, scale=scale))

    assert verdict(result) is expected
    assert result.distinguishable is (expected is not Verdict.NOT_DISTINGUISHABLE)
    assert words in verdict_in_words(result)


def test_the_frozen_baseline_comes_back_from_json_to_the_last_digit() -> None:
    baseline = baseline_year()

    restored = baseline_from_json(json.loads(json.dumps(baseline_to_json(baseline))))

    assert restored == baseline
    assert avoided_energy(restored, heated_building(AFTER)) == avoided_energy(
        baseline, heated_building(AFTER)
    )


def test_days_without_a_reading_or_a_temperature_are_left_out_and_never_filled() -> None:
    kwh = {BEFORE + timedelta(days=day): Decimal(day) for day in range(5) if day != 1}
    celsius = {BEFORE + timedelta(days=day): Decimal(-day) for day in range(9) if day != 3}

    observations = daily_observations(kwh, celsius, BEFORE, BEFORE + timedelta(days=4))

    assert observations.kwh.tolist() == [0, 2]
    assert observations.daily_celsius.tolist() == [0, -2]
    assert (observations.measured_days, observations.period_days) == (2, 4)


def test_a_baseline_of_330_days_is_enough_and_of_329_is_not() -> None:
    assert freeze_baseline(heated_building(BEFORE, days=330)).measured_days == 330

    with pytest.raises(Invalid, match=r"329 days .* 330 are needed") as refusal:
        freeze_baseline(heated_building(BEFORE, days=329))
    assert refusal.value.code == "baseline.too_few_days"


def test_a_baseline_longer_than_a_year_is_refused() -> None:
    with pytest.raises(Invalid, match="Choose the last year before the works"):
        freeze_baseline(heated_building(BEFORE, days=367))


def test_use_that_does_not_follow_the_weather_is_no_baseline() -> None:
    unrelated = replace(heated_building(BEFORE), kwh=np.random.default_rng(9).uniform(10, 90, 365))

    with pytest.raises(Invalid, match="report the saving as modelled") as refusal:
        freeze_baseline(unrelated)

    assert refusal.value.code == "baseline.no_weather_signal"


@pytest.mark.parametrize("kwh_per_day", [0.0, 12.3])
def test_a_use_that_is_the_same_every_day_is_no_reading(kwh_per_day: float) -> None:
    spread = replace(heated_building(BEFORE), kwh=np.full(365, kwh_per_day))

    with pytest.raises(Invalid, match="not a yearly figure spread over the days"):
        freeze_baseline(spread)


def test_weather_that_is_the_same_every_day_explains_nothing() -> None:
    with pytest.raises(Invalid, match="explains 0% of the use"):
        freeze_baseline(replace(heated_building(BEFORE), daily_celsius=np.full(365, 9.0)))


def test_three_readings_make_no_line() -> None:
    with pytest.raises(Invalid, match="4 readings or more"):
        fit(heated_building(BEFORE, days=3))


def test_a_period_that_overlaps_the_baseline_is_refused() -> None:
    with pytest.raises(Invalid, match="begins before the baseline ends"):
        avoided_energy(baseline_year(), heated_building(BEFORE + timedelta(days=300)))


def test_a_period_of_less_than_a_month_is_refused() -> None:
    with pytest.raises(Invalid, match="Wait for 30 days"):
        avoided_energy(baseline_year(), heated_building(AFTER, days=29))


def test_monthly_readings_are_not_set_against_a_daily_baseline() -> None:
    monthly = replace(heated_building(AFTER), interval=Interval.MONTHLY)

    with pytest.raises(Invalid, match="Use daily readings"):
        avoided_energy(baseline_year(), monthly)


def test_a_summer_in_which_nothing_was_expected_has_no_fraction() -> None:
    heating_only = replace(baseline_year(), intercept_kwh_per_day=0.0)
    summer = replace(heated_building(AFTER), daily_celsius=np.full(365, 25.0))

    with pytest.raises(Invalid, match="expects no use"):
        avoided_energy(heating_only, summer)


def test_use_and_weather_of_different_lengths_are_refused() -> None:
    with pytest.raises(Invalid, match="one temperature for each day"):
        replace(heated_building(BEFORE), daily_celsius=np.zeros(3))


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(Invalid, match="not a number"):
        replace(heated_building(BEFORE), kwh=np.full(365, np.nan))
