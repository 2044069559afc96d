from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.monitoring.domain.unit_check import (
    check_unit,
    expected_from_application,
    expected_from_earlier,
)
from shared.carbon.quantities import EnergyUnit, Fuel
from shared.errors import Invalid

PROMISED = expected_from_application(Decimal(36_500))


def days_of(kwh_per_day: float, days: int = 365, first: date = date(2020, 4, 2)) -> dict[date, Decimal]:
    return {first + timedelta(days=day): Decimal(str(kwh_per_day)) for day in range(days)}


@pytest.mark.parametrize(
    ("kwh_per_day", "stated", "words"),
    [
        (100 / 11.1, EnergyUnit.KWH, "look like m3, not kWh"),
        (100 * 11.1, EnergyUnit.CUBIC_METRES, "look like kWh, not m3"),
        (100 * 1000, EnergyUnit.KWH, "look like Wh, not kWh"),
        (100 / 1000, EnergyUnit.KWH, "look like MWh, not kWh"),
        (100 * 1000, EnergyUnit.MWH, "look like kWh, not MWh"),
        (100 / 1000, EnergyUnit.WH, "look like kWh, not Wh"),
        (100 / 31.4, EnergyUnit.KWH, "look like hundreds of cubic feet, not kWh"),
        (100 * 11.1, EnergyUnit.KWH, "converted from m3 to kWh twice"),
    ],
)
def test_readings_in_another_unit_are_refused_and_the_unit_is_named(
    kwh_per_day: float, stated: EnergyUnit, words: str
) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        check_unit(days_of(kwh_per_day), PROMISED, fuel=Fuel.NATURAL_GAS, stated=stated)

    assert refusal.value.problems[0].field == "unit"
    assert "100.0 kWh a day of the application" in refusal.value.message


@settings(deadline=None)
@given(change=st.floats(min_value=0.3, max_value=3), stated=st.sampled_from(EnergyUnit))
def test_a_building_that_really_changed_is_not_suspected(change: float, stated: EnergyUnit) -> None:
    warning = check_unit(days_of(100 * change), PROMISED, fuel=Fuel.NATURAL_GAS, stated=stated)

    assert warning is None


@settings(deadline=None)
@given(
    calorific_value=st.floats(min_value=10.6, max_value=11.7), change=st.floats(min_value=0.8, max_value=1.25)
)
def test_any_gas_slip_is_found_even_where_use_has_changed_a_little(
    calorific_value: float, change: float
) -> None:
    with pytest.raises(Invalid, match="look like m3"):
        check_unit(
            days_of(100 * change / calorific_value), PROMISED, fuel=Fuel.NATURAL_GAS, stated=EnergyUnit.KWH
        )


def test_electricity_is_never_taken_for_cubic_metres() -> None:
    readings = days_of(100 / 11.1)

    assert check_unit(readings, PROMISED, fuel=Fuel.ELECTRICITY, stated=EnergyUnit.KWH) is None


def test_a_unit_confirmed_from_the_bill_is_taken_with_a_warning() -> None:
    readings = days_of(100 / 11.1)

    warning = check_unit(readings, PROMISED, fuel=Fuel.NATURAL_GAS, stated=EnergyUnit.KWH, confirmed=True)

    assert warning is not None
    assert "look like m3" in warning


def test_a_summer_without_heating_is_not_compared_with_a_year() -> None:
    summer = days_of(0.1, days=60, first=date(2021, 7, 1))

    assert check_unit(summer, PROMISED, fuel=Fuel.NATURAL_GAS, stated=EnergyUnit.KWH) is None


def test_a_single_winter_month_in_watt_hours_is_found() -> None:
    january = days_of(200_000, days=31, first=date(2021, 1, 1))

    with pytest.raises(Invalid, match="look like Wh"):
        check_unit(january, PROMISED, fuel=Fuel.ELECTRICITY, stated=EnergyUnit.KWH)


def test_earlier_readings_are_compared_by_the_same_months() -> None:
    stored = days_of(200, days=31, first=date(2020, 1, 1)) | days_of(1, days=31, first=date(2020, 7, 1))

    expected = expected_from_earlier(stored, days_of(18, days=31, first=date(2021, 1, 1)))

    assert expected is not None
    assert expected.kwh_per_day == 200
    with pytest.raises(Invalid, match=r"200\.0 kWh a day of earlier readings of this meter"):
        check_unit(
            days_of(18, days=31, first=date(2021, 1, 1)),
            expected,
            fuel=Fuel.NATURAL_GAS,
            stated=EnergyUnit.KWH,
        )


def test_too_few_earlier_readings_are_no_measure() -> None:
    assert expected_from_earlier(days_of(200, days=10), days_of(18)) is None


def test_a_meter_without_use_or_a_promise_of_none_is_not_compared() -> None:
    nothing_promised = expected_from_application(Decimal(0))

    assert check_unit(days_of(0), PROMISED, fuel=Fuel.NATURAL_GAS, stated=EnergyUnit.KWH) is None
    assert check_unit(days_of(9), nothing_promised, fuel=Fuel.NATURAL_GAS, stated=EnergyUnit.KWH) is None
