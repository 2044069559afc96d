import csv
from datetime import date
from decimal import Decimal

import pytest

from shared.carbon.factors import EDITIONS, edition_for, edition_of, kg_co2e
from shared.carbon.quantities import Fuel
from shared.errors import Invalid
from tests.support.public_data import public_data

PUBLISHED_COLUMNS = {
    Fuel.NATURAL_GAS: "Natural gas",
    Fuel.BURNING_OIL: "Burning oil",
    Fuel.GAS_OIL: "Gas oil",
    Fuel.LPG: "LPG",
    Fuel.WOOD_PELLETS: "Wood pellets",
    Fuel.ELECTRICITY: "elec_total",
}


def test_every_factor_is_the_published_one() -> None:
    with public_data("factors", "desnz_factors_2018_2025.csv").open(newline="") as file:
        published = {int(row["year"]): row for row in csv.DictReader(file)}

    assert published.keys() == EDITIONS.keys()
    for year, row in published.items():
        edition = EDITIONS[year]
        assert edition.electricity_generated == Decimal(row["elec_gen"])
        assert edition.electricity_transmission_and_distribution == Decimal(row["elec_td"])
        for fuel, column in PUBLISHED_COLUMNS.items():
            assert edition.kg_co2e_per_kwh(fuel) == Decimal(row[column]), (year, fuel)


def test_every_edition_names_its_source_and_version() -> None:
    assert edition_of(2021).name == (
        "UK Government GHG Conversion Factors for Company Reporting 2021, version 2"
    )
    assert all("Open Government Licence" in edition.source for edition in EDITIONS.values())


def test_the_edition_is_of_the_year_that_holds_most_of_the_period() -> None:
    assert edition_for(date(2021, 4, 2), date(2022, 4, 2)).year == 2021
    assert edition_for(date(2021, 8, 1), date(2022, 8, 1)).year == 2022
    assert edition_for(date(2020, 12, 31), date(2021, 1, 2)).year == 2020


def test_the_first_of_january_that_ends_a_period_is_not_in_it() -> None:
    assert edition_for(date(2020, 1, 1), date(2021, 1, 1)).year == 2020


@pytest.mark.parametrize("year", [2017, 2026])
def test_a_year_without_an_edition_is_refused_and_not_answered_with_its_neighbour(year: int) -> None:
    with pytest.raises(Invalid, match=f"no emission factors for {year}") as refusal:
        edition_for(date(year, 1, 1), date(year + 1, 1, 1))

    assert refusal.value.code == "factors.no_edition"


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Invalid, match="ends before it begins"):
        edition_for(date(2021, 4, 2), date(2021, 4, 2))


def test_the_saving_of_the_sample_meter_is_160_kg_by_the_2021_gas_factor() -> None:
    saved = kg_co2e(Fuel.NATURAL_GAS, Decimal("873.5868"), edition_of(2021))

    assert saved == Decimal("160.006158288")


def test_metered_electricity_carries_its_losses_on_the_way() -> None:
    emitted = kg_co2e(Fuel.ELECTRICITY, Decimal(1000), edition_of(2025))

    assert emitted == Decimal("195.53")
