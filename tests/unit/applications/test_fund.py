"""A fund opens only under terms that can be kept."""

from datetime import date
from typing import Any

import pytest

from services.applications.domain.fund import open_fund
from shared.errors import Invalid
from shared.events.applications import Criterion
from tests.support.events import CRITERIA, terms

OPENS_ON = date(2019, 1, 1)


def test_a_fund_opens_with_the_terms_it_publishes() -> None:
    fund, event = open_fund(terms(), opens_on=OPENS_ON)

    assert (fund.terms, fund.opens_on) == (event.terms, event.opens_on)
    assert event.key == str(fund.id)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"name": " "}, "terms.name", "Enter the fund's name."),
        ({"organisation": "Islington"}, "terms.organisation", "local-authority-eng:ISL"),
        ({"purposes": ()}, "terms.purposes", "Name at least one purpose"),
        ({"wards": ()}, "terms.wards", "Name at least one ward"),
        ({"wards": ("A", "A")}, "terms.wards", "A is listed twice."),
        ({"organisation_kinds": ()}, "terms.organisation_kinds", "kind of organisation"),
        ({"organisation_kinds": ("circus",)}, "terms.organisation_kinds", "circus is not a kind"),
        ({"measure_kinds": ()}, "terms.measure_kinds", "kind of measure"),
        ({"measure_kinds": ("Heat Pump",)}, "terms.measure_kinds", "such as loft_insulation"),
        ({"grant_percent_limit": 0}, "terms.grant_percent_limit", "from 1 to 100 per cent"),
        ({"grant_percent_limit": 101}, "terms.grant_percent_limit", "from 1 to 100 per cent"),
        ({"maximum_grant_pence": 0}, "terms.maximum_grant_pence", "must be above zero"),
        ({"minimum_quotes": -1}, "terms.minimum_quotes", "from 0 to 10"),
        ({"criteria": CRITERIA[:2]}, "terms.criteria", "add up to 80, not 100"),
        ({"criteria": ()}, "terms.criteria", "add up to 0, not 100"),
    ],
)
def test_terms_that_cannot_stand_are_named(changes: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        open_fund(terms(**changes), opens_on=OPENS_ON)

    problem = next(problem for problem in refusal.value.problems if problem.field == field)
    assert words in problem.message


def test_each_weight_is_from_1_to_100_and_each_code_stands_once() -> None:
    twice = (
        Criterion(code="carbon", title="Carbon", weight_percent=120),
        Criterion(code="carbon", title="More carbon", weight_percent=-20),
    )

    with pytest.raises(Invalid) as refusal:
        open_fund(terms(criteria=twice), opens_on=OPENS_ON)

    fields = [problem.field for problem in refusal.value.problems]
    assert fields == [
        "terms.criteria.0.weight_percent",
        "terms.criteria.1.weight_percent",
        "terms.criteria",
    ]
