"""How a grant stands and what a measurement tells, in words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.portal.public.words import grant_status, saving_said
from services.portal.words import plain, within


def line(**changes: Any) -> dict[str, Any]:
    nothing = dict.fromkeys(("offer_declined_on", "shortfall_pence", "completed_on"))
    money = {"granted_pence": 100, "committed_pence": 0, "paid_pence": 0}
    return {**nothing, **money, **changes}


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"granted_pence": 0}, "Awarded"),
        ({"granted_pence": 0, "shortfall_pence": 12345}, "Awarded, but the pots lack £123.45"),
        ({}, "Offered"),
        ({"committed_pence": 100}, "Accepted"),
        ({"committed_pence": 40, "paid_pence": 60}, "Partly paid"),
        ({"paid_pence": 100}, "Paid"),
        ({"paid_pence": 100, "completed_on": date(2021, 3, 26)}, "Works completed"),
        ({"granted_pence": 0, "offer_declined_on": date(2019, 12, 2)}, "Offer declined"),
    ],
)
def test_a_grant_stands_where_its_last_step_left_it(changes: dict[str, Any], status: str) -> None:
    assert grant_status(line(**changes)) == status


@pytest.mark.parametrize(
    ("saved", "distinguishable", "said"),
    [
        ("160.1", False, "Not distinguishable from no change: 160.1 kgCO2e"),
        ("2014.76", True, "A real saving: 2,014.8 kgCO2e"),
        ("-900", True, "An increase: \N{MINUS SIGN}900.0 kgCO2e"),
    ],
)
def test_a_measurement_says_whether_it_is_a_saving(saved: str, distinguishable: bool, said: str) -> None:
    row = {
        "saved_kg_co2e": Decimal(saved),
        "total_band_kg_co2e": Decimal(300),
        "confidence_percent": 90,
        "distinguishable": distinguishable,
        "temperatures_generated": False,
    }

    assert saving_said(row).startswith(f"{said}, plus or minus 300.0 kgCO2e (with 90% confidence)")


def test_a_measurement_with_generated_temperatures_says_so() -> None:
    row = {
        "saved_kg_co2e": Decimal(900),
        "total_band_kg_co2e": Decimal(300),
        "confidence_percent": 90,
        "distinguishable": True,
        "temperatures_generated": True,
    }

    assert saving_said(row).endswith("The temperatures are generated for the demonstration.")


def test_codes_are_written_as_people_say_them() -> None:
    assert [plain(code) for code in ("heat_pump", "led_lighting", "solar_pv", "lpg")] == [
        "Heat pump",
        "LED lighting",
        "Solar panels",
        "LPG (bottled or tank gas)",
    ]


def test_a_code_that_nobody_listed_is_made_readable() -> None:
    assert plain("ground-source_pv") == "Ground source PV"


def test_inside_a_sentence_only_abbreviations_keep_their_capitals() -> None:
    assert [within(code) for code in ("natural_gas", "led_lighting", "lpg")] == [
        "natural gas",
        "LED lighting",
        "LPG (bottled or tank gas)",
    ]
