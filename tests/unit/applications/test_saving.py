"""The saving promised: worked examples by hand, and rules that hold for any figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.applications.domain.saving import ABOVE_USE, PromisedSaving, edition_on, promise
from services.applications.domain.sections import MeasureAnswers
from shared.carbon.quantities import Fuel
from shared.errors import Invalid

EDITION = edition_on(date(2019, 10, 1))
GAS_FACTOR = Decimal("0.18385")
USED = {Fuel.NATURAL_GAS: Decimal(48_000), Fuel.ELECTRICITY: Decimal(9_000)}
LOFT = MeasureAnswers(
    kind="insulation",
    fuel=Fuel.NATURAL_GAS,
    saving_percent=Decimal(25),
    source="Quote of A. Builder, page 3",
    lifetime_years=30,
)
WALLS = replace(LOFT, saving_percent=Decimal(10), lifetime_years=40)
LAMPS = MeasureAnswers(
    kind="lighting",
    fuel=Fuel.ELECTRICITY,
    saved_kwh=Decimal(1500),
    source="Lamp schedule",
    lifetime_years=15,
)
HEAT_PUMP = MeasureAnswers(
    kind="heat_pump",
    fuel=Fuel.NATURAL_GAS,
    saving_percent=Decimal(100),
    added_fuel=Fuel.ELECTRICITY,
    added_kwh=Decimal(15_000),
    source="Design of the heating engineer",
    lifetime_years=20,
)


def saved(*measures: MeasureAnswers) -> PromisedSaving:
    return promise(measures, USED, EDITION)


def test_a_quarter_of_the_gas_is_worked_out_step_by_step() -> None:
    saving = saved(LOFT)

    energy, carbon, lifetime = saving.measures[0].steps
    assert energy.label == "Natural gas saved in a year"
    assert [(item.value, item.unit) for item in energy.inputs] == [
        (Decimal(48_000), "kWh a year"),
        (Decimal(25), "per cent"),
    ]
    assert (energy.result, energy.unit) == (Decimal("12000.00"), "kWh a year")
    assert energy.source == "Quote of A. Builder, page 3"
    assert [item.value for item in carbon.inputs] == [Decimal("12000.00"), GAS_FACTOR]
    assert (carbon.result, carbon.unit) == (Decimal("2206.20"), "kgCO2e a year")
    assert "2019" in carbon.source
    assert lifetime.result == Decimal("66186.00")


def test_a_second_measure_saves_of_what_the_first_left() -> None:
    saving = saved(LOFT, WALLS)

    assert [measure.saved_kwh for measure in saving.measures] == [Decimal("12000.00"), Decimal("3600.00")]
    assert saving.promised_kwh == Decimal("15600.00")


def test_the_totals_are_the_sums_of_the_measures() -> None:
    saving = saved(LOFT, LAMPS)

    assert saving.promised_kg_co2e == Decimal("2206.20") + Decimal("415.95")
    assert saving.lifetime_kwh == 30 * Decimal("12000.00") + 15 * Decimal("1500.00")
    assert saving.lifetime_kg_co2e == 30 * Decimal("2206.20") + 15 * Decimal("415.95")


def test_the_electricity_of_a_heat_pump_is_counted_against_it() -> None:
    saving = saved(HEAT_PUMP)

    assert saving.promised_kwh == Decimal(48_000) - Decimal(15_000)
    by_hand = Decimal(48_000) * GAS_FACTOR - Decimal(15_000) * (Decimal("0.25560") + Decimal("0.02170"))
    assert saving.promised_kg_co2e == by_hand.quantize(Decimal("0.01"))
    assert [step.label for step in saving.measures[0].steps][1] == (
        "Electricity that the measure itself uses in a year"
    )


def test_a_measure_that_emits_what_it_saves_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        saved(replace(HEAT_PUMP, added_kwh=Decimal(40_000)))

    assert refusal.value.code == "saving.none"
    assert refusal.value.problems[0].field == "measures.0.added_kwh"


def test_nothing_is_left_to_save_after_all_is_saved() -> None:
    with pytest.raises(Invalid, match="too little of its fuel is left") as refusal:
        saved(replace(LOFT, saving_percent=Decimal(100)), WALLS)

    assert refusal.value.problems[0].field == "measures.1.saving_percent"


def test_no_more_is_saved_than_is_used() -> None:
    with pytest.raises(Invalid, match="only 9,000 kWh are used") as refusal:
        saved(LOFT, replace(LAMPS, saved_kwh=Decimal(9_001)))

    assert refusal.value.code == ABOVE_USE
    assert refusal.value.problems[0].field == "measures.1.saved_kwh"


def test_what_is_saved_before_cannot_be_saved_again() -> None:
    stated = replace(LOFT, saving_percent=None, saved_kwh=Decimal(40_000))

    with pytest.raises(Invalid, match=r"only 36,000\.00 kWh are used after the measures before it"):
        saved(LOFT, stated)


def test_a_share_of_a_fuel_whose_use_is_not_given_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        saved(replace(LOFT, fuel=Fuel.LPG))

    assert refusal.value.code == "saving.use_unknown"
    assert refusal.value.problems[0].field == "measures.0.saving_percent"


def test_stated_kwh_stand_where_the_energy_is_missing() -> None:
    saving = promise((LAMPS,), {}, EDITION)

    assert saving.promised_kwh == Decimal("1500.00")


@pytest.mark.parametrize(
    ("day", "year"), [(date(2018, 1, 1), 2018), (date(2025, 6, 1), 2025), (date(2026, 11, 22), 2025)]
)
def test_the_edition_is_that_of_the_year_or_the_newest_before_it(day: date, year: int) -> None:
    assert edition_on(day).year == year


def test_a_day_before_all_editions_is_refused() -> None:
    with pytest.raises(Invalid, match="no emission factors before 2018"):
        edition_on(date(2017, 12, 31))


@given(st.lists(st.decimals("0.1", 100, places=1), min_size=1, max_size=8))
def test_shares_of_one_fuel_never_add_up_to_more_than_was_used(percents: list[Decimal]) -> None:
    measures = tuple(replace(LOFT, saving_percent=percent) for percent in percents)

    try:
        saving = promise(measures, USED, EDITION)
    except Invalid as refusal:
        assert refusal.code == "saving.none"  # noqa: PT017 - nothing is left to save after 100 per cent
        return

    assert saving.promised_kwh <= USED[Fuel.NATURAL_GAS]
