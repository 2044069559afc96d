from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.domain.screening import screen
from shared.events.assessment import ScreeningCheck
from tests.support.events import annual_energy, building, measure, submitted, terms


def failed(**changes: Any) -> dict[str, str]:
    """The rules that an application with these changes breaks, and what it is told."""
    return {check.rule: check.explanation for check in screen(submitted(**changes)) if not check.passed}


def test_an_application_within_every_rule_passes_every_check() -> None:
    checks = screen(submitted())

    assert [check.rule for check in checks if check.passed] == [
        "organisation_kind",
        "ward",
        "measures",
        "maximum_grant",
        "grant_percent",
        "quotes",
        "energy",
        "cost_covered",
    ]
    assert all(check.explanation.endswith(".") for check in checks)


@pytest.mark.parametrize(
    ("rule", "changes", "said"),
    [
        ("organisation_kind", {"organisation_kind": "sole_trader"}, "sole trader"),
        ("ward", {"building": building(ward="E05000001")}, "E05000001, which is not a ward of the fund"),
        ("measures", {"measures": (measure(), measure(kind="ev_charger"))}, "does not pay for: ev charger."),
        ("measures", {"measures": ()}, "No works are named"),
        ("maximum_grant", {"fund": terms(maximum_grant_pence=29_999_99)}, "£0.01 above the largest grant"),
        ("grant_percent", {"eligible_cost_pence": 59_999_99}, "which is £29,999.99"),
        ("quotes", {"quotes": 1}, "2 more must be sent"),
        ("energy", {"energy": ()}, "No energy use is given, and no reason why."),
        (
            "energy",
            {"energy": (annual_energy(), annual_energy(fuel="lpg", period_end=date(2019, 8, 31)))},
            "for: lpg.",
        ),
        ("cost_covered", {"match_funding_pence": 33_999_99}, "leaves £0.01 of the cost of £64,000.00"),
    ],
)
def test_a_broken_rule_is_named_alone_and_in_plain_words(
    rule: str, changes: Mapping[str, Any], said: str
) -> None:
    broken = failed(**changes)

    assert list(broken) == [rule]
    assert said in broken[rule]


def test_a_stated_reason_stands_in_for_twelve_months_of_energy() -> None:
    assert failed(energy=(), energy_missing=True) == {}


@given(
    eligible_pence=st.integers(1, 10**10),
    percent=st.integers(1, 100),
    requested_pence=st.integers(1, 10**10),
)
def test_the_percentage_is_exact_to_the_penny(
    eligible_pence: int, percent: int, requested_pence: int
) -> None:
    application = submitted(
        eligible_cost_pence=eligible_pence,
        requested_pence=requested_pence,
        fund=terms(grant_percent_limit=percent),
    )

    check: ScreeningCheck = next(check for check in screen(application) if check.rule == "grant_percent")

    assert check.passed == (requested_pence <= eligible_pence * percent // 100)
