"""How a grant stands and what a measurement tells, in words."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from services.portal.public.words import grant_status, plain, saving_said


def line(**changes: Any) -> SimpleNamespace:
    nothing = dict.fromkeys(("offer_declined_on", "shortfall_pence", "completed_on"))
    money = {"granted_pence": 100, "committed_pence": 0, "paid_pence": 0}
    return SimpleNamespace(**{**nothing, **money, **changes})


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
        ({"granted_pence": 0, "offer_declined_on": date(2019, 12, 2)}, "Offer turned down"),
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
    row = SimpleNamespace(
        saved_kg_co2e=Decimal(saved),
        total_band_kg_co2e=Decimal(300),
        confidence_percent=90,
        distinguishable=distinguishable,
    )

    assert saving_said(row).startswith(f"{said}, plus or minus 300.0 kgCO2e (90% band)")


def test_codes_are_written_as_words() -> None:
    assert (plain("heat_pump"), plain("green-infrastructure")) == ("heat pump", "green infrastructure")
