from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.contributions.domain.pricing.policy import (
    Basis,
    DwellingSums,
    PricePolicy,
    YearOfSeries,
    first_version,
    next_version,
)
from services.contributions.domain.pricing.statement import record_statement
from shared.errors import Conflict, Invalid
from tests.support.contributions import TODAY
from tests.support.pricing import a_policy, a_statement, london, per_dwelling

TWO_YEARS = (
    YearOfSeries(year=2026, kg_co2e_per_kwh=Decimal("0.13")),
    YearOfSeries(year=2027, kg_co2e_per_kwh=Decimal("0.10")),
)


def declining(**changes: Any) -> PricePolicy:
    return london(basis=Basis.DECLINING, series=TWO_YEARS, **changes)


@pytest.mark.parametrize("policy", [a_policy(), london(), per_dwelling(), declining()])
def test_every_basis_can_be_recorded(policy: PricePolicy) -> None:
    assert first_version(policy).version == 1


@pytest.mark.parametrize(
    ("policy", "field"),
    [
        (a_policy(price_pence_per_tonne=None), "price_pence_per_tonne"),
        (a_policy(price_pence_per_tonne=0), "price_pence_per_tonne"),
        (a_policy(price_pence_per_tonne=-1), "price_pence_per_tonne"),
        (a_policy(years=30), "years"),
        (london(years=None), "years"),
        (london(years=101), "years"),
        (per_dwelling(dwelling_sums=DwellingSums()), "dwelling_pence"),
        (per_dwelling(price_pence_per_tonne=1), "price_pence_per_tonne"),
        (a_policy(dwelling_sums=DwellingSums(flat_pence=1)), "flat_pence"),
        (replace(declining(), series=()), "series"),
        (replace(declining(), series=TWO_YEARS[::-1]), "series"),
        (replace(declining(), series=(TWO_YEARS[0], TWO_YEARS[0])), "series"),
        (replace(declining(), series=(*TWO_YEARS, YearOfSeries(year=2028))), "series"),
        (replace(declining(), price_pence_per_tonne=None), "price_pence_per_tonne"),
        (a_policy(series=TWO_YEARS), "series"),
        (a_policy(management_fee_percent=Decimal("100.01")), "management_fee_percent"),
        (a_policy(minimum_factors=(Decimal("1.2"),)), "minimum_factors"),
        (a_policy(source=" "), "source"),
        (a_policy(source_url="javascript:alert(1)"), "source_url"),
        (a_policy(valid_from=date(1900, 1, 1)), "valid_from"),
        (a_policy(organisation="Islington"), "organisation"),
    ],
)
def test_a_policy_is_refused_by_field(policy: PricePolicy, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        first_version(policy)

    assert field in {problem.field for problem in refused.value.problems}


def test_a_new_version_keeps_the_name_and_begins_later() -> None:
    newest = a_policy()

    following = next_version(newest, a_policy(name="ignored", valid_from=date(2026, 4, 1)))

    assert (following.version, following.name) == (2, newest.name)
    with pytest.raises(Conflict, match="in force from 20 March 2019") as refused:
        next_version(newest, a_policy())
    assert refused.value.problems[0].field == "valid_from"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"reference": ""}, "reference"),
        ({"approved_on": date(2027, 1, 1)}, "approved_on"),
        ({"approved_on": date(1900, 1, 1)}, "approved_on"),
        ({"baseline_t_co2e": Decimal(0)}, "baseline_t_co2e"),
        ({"baseline_t_co2e": Decimal("0.0000001")}, "baseline_t_co2e"),
        ({"domestic": "-1"}, "domestic_regulated_t_co2e"),
        ({"domestic": "NaN"}, "domestic_regulated_t_co2e"),
        ({"non_domestic": "10000001"}, "non_domestic_regulated_t_co2e"),
        ({"electricity_kwh": Decimal(-1)}, "electricity_kwh"),
        ({"first_year": 26}, "first_year"),
    ],
)
def test_a_statement_is_refused_by_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        record_statement(a_statement(**wrong), today=TODAY)

    assert field in {problem.field for problem in refused.value.problems}
