from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.pricing.calculation import Earlier, Worked, under_policy
from services.contributions.domain.pricing.calculation import per_dwelling as by_the_deed
from services.contributions.domain.pricing.policy import Basis, DwellingSums, PricePolicy, YearOfSeries
from services.contributions.domain.pricing.rounding import Rounding
from services.contributions.domain.pricing.statement import Dwellings
from services.contributions.domain.pricing.steps import PERCENT, POUNDS, TONNES, Step
from shared.errors import Invalid
from tests.support.contributions import an_id
from tests.support.pricing import a_policy, a_statement, islington, london, per_dwelling


def workings(worked: Worked) -> list[tuple[str, str, str]]:
    return [(step.label, step.working, step.result.in_words) for step in worked.steps]


def test_london_asks_95_pounds_a_tonne_for_thirty_years() -> None:
    """10,000 m2 at 5 kgCO2 a square metre leave 50 tonnes a year: 1,500 tonnes, GBP 142,500."""
    tonnes = Decimal(10_000) * 5 / 1_000

    worked = under_policy(london(), a_statement(non_domestic=str(tonnes)))

    assert worked.amount_pence == worked.due_pence == 142_500_00
    assert workings(worked) == [
        ("Emissions that are left", "0 tCO2e a year + 50 tCO2e a year", "50 tCO2e a year"),
        ("Tonnes over the years", "50 tCO2e a year × 30 years", "1,500 tCO2e"),  # noqa: RUF001 - as it is shown
        ("Price of these tonnes", "1,500 tCO2e × £95.00 a tonne", "£142,500.00"),  # noqa: RUF001 - as it is shown
        ("The sum, rounded once", "£142,500.00", "£142,500.00"),
    ]


def test_milton_keynes_asks_200_pounds_once_for_each_tonne_of_the_first_year() -> None:
    worked = under_policy(a_policy(), a_statement("41.25", "18.5", baseline_t_co2e=Decimal(100)))

    assert worked.amount_pence == 11_950_00


@pytest.mark.parametrize(("residual", "met"), [("64.8", True), ("64.801", False), ("50", True)])
def test_the_minimum_of_milton_keynes_checks_the_statement_and_never_sets_the_sum(
    residual: str, met: bool
) -> None:
    worked = under_policy(a_policy(), a_statement(residual, baseline_t_co2e=Decimal(100)))

    check = worked.steps[-1]
    assert (check.kind, check.met) == ("check", met)
    assert check.result.value == Decimal("64.8")
    assert worked.amount_pence == Decimal(residual) * 200_00


def test_the_minimum_is_left_unchecked_where_the_statement_names_no_baseline() -> None:
    check = under_policy(a_policy(), a_statement("50")).steps[-1]

    assert (check.met, check.working) == (None, "not checked: the statement names no baseline")


def test_islington_counts_appliances_and_cooking_too() -> None:
    worked = under_policy(islington(), a_statement("60.1", "20.2", unregulated="16"))

    assert worked.amount_pence == 88_596_00
    assert worked.steps[0].result.value == Decimal("96.3")


def test_a_flat_sum_is_multiplied_by_the_dwellings_of_its_kind() -> None:
    worked = under_policy(per_dwelling(), a_statement(dwellings=Dwellings(houses=3, flats=4)))

    assert worked.amount_pence == 3 * 1_500_00 + 4 * 1_000_00


def test_a_sum_per_dwelling_in_the_deed_is_multiplied_by_the_consented_dwellings() -> None:
    worked = by_the_deed(DwellingSums(dwelling_pence=1_234_56), Dwellings(dwellings=11))

    assert worked.amount_pence == 13_580_16
    assert workings(worked)[0] == ("Dwellings", "11 dwellings × £1,234.56 a dwelling", "£13,580.16")  # noqa: RUF001 - as it is shown


@pytest.mark.parametrize(
    ("sums", "dwellings", "field"),
    [
        (DwellingSums(house_pence=1), Dwellings(), "dwellings"),
        (DwellingSums(house_pence=1), Dwellings(houses=1, flats=1), "flat_pence"),
        (DwellingSums(), Dwellings(houses=1), "dwelling_pence"),
    ],
)
def test_a_sum_per_dwelling_needs_dwellings_and_a_sum_for_each_kind(
    sums: DwellingSums, dwellings: Dwellings, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        by_the_deed(sums, dwellings)

    assert field in {problem.field for problem in refused.value.problems}


def test_the_management_fee_stands_beside_the_sum() -> None:
    """A deed sample: GBP 1,800 per tonne plus a 10 % management fee."""
    policy = a_policy(price_pence_per_tonne=1_800_00, management_fee_percent=Decimal(10), minimum_factors=())

    worked = under_policy(policy, a_statement("12.345"))

    assert (worked.amount_pence, worked.fee_pence) == (22_221_00, 2_222_10)
    assert worked.steps[-1].result.in_words == "£2,222.10"


def test_brentwood_asks_378_pounds_a_tonne_for_thirty_years() -> None:
    assert under_policy(london(378_00), a_statement("1")).amount_pence == 11_340_00


def test_a_declining_series_of_grid_factors_counts_each_years_electricity() -> None:
    factors = {2026: "0.130", 2027: "0.100", 2028: "0.070"}
    worked = under_policy(declining(factors), a_statement(electricity_kwh=Decimal(100_000), first_year=2026))

    # 13 t, 10 t and 7 t: 30 tonnes at GBP 95
    assert worked.amount_pence == 2_850_00
    assert [step.label for step in worked.steps[:4]] == ["2026", "2027", "2028", "All 3 years"]
    assert worked.steps[0].result.in_words == "£1,235.00"


def test_a_declining_series_of_prices_prices_each_years_tonnes() -> None:
    series = tuple(
        YearOfSeries(year=year, price_pence_per_tonne=pence)
        for year, pence in ((2026, 277_22), (2027, 281_00), (2028, 285_10))
    )
    policy = a_policy(basis=Basis.DECLINING, years=3, price_pence_per_tonne=None, series=series)

    worked = under_policy(policy, a_statement("10", first_year=2026))

    assert worked.amount_pence == 10 * (277_22 + 281_00 + 285_10)


def test_a_year_that_the_series_lacks_is_named() -> None:
    policy = declining({2026: "0.130", 2027: "0.100"})

    with pytest.raises(Invalid, match="lacks 2028") as refused:
        under_policy(policy, a_statement(electricity_kwh=Decimal(1), first_year=2026))

    assert refused.value.problems[0].field == "policy_id"


@pytest.mark.parametrize(
    ("rounding", "pence"),
    [
        (Rounding.NEAREST_PENNY, 100_51),
        (Rounding.PENNY_DOWN, 100_50),
        (Rounding.NEAREST_POUND, 101_00),
        (Rounding.POUND_DOWN, 100_00),
    ],
)
def test_pence_are_rounded_once_by_the_policys_rule(rounding: Rounding, pence: int) -> None:
    policy = a_policy(price_pence_per_tonne=201_01, rounding=rounding, minimum_factors=())

    worked = under_policy(policy, a_statement("0.5"))

    assert (worked.amount_pence, worked.rounding) == (pence, rounding)
    assert worked.steps[-1].formula == rounding.in_words


@pytest.mark.parametrize(("built", "due_pence"), [("60", 2_000_00), ("50", 0), ("40", 0)])
def test_as_built_more_tonnes_are_a_top_up_and_fewer_change_nothing(built: str, due_pence: int) -> None:
    earlier = Earlier(calculation_id=an_id("calculation"), owed_pence=10_000_00)

    worked = under_policy(a_policy(minimum_factors=()), a_statement(built), earlier)

    assert worked.due_pence == due_pence
    assert worked.steps[-1].label == "Top-up"


def test_the_fee_of_a_top_up_is_of_the_top_up_alone() -> None:
    earlier = Earlier(calculation_id=an_id("calculation"), owed_pence=10_000_00)
    policy = a_policy(management_fee_percent=Decimal(10), minimum_factors=())

    assert under_policy(policy, a_statement("60"), earlier).fee_pence == 200_00


def test_a_sum_beyond_what_the_books_hold_is_refused() -> None:
    with pytest.raises(Invalid, match="above 10 billion"):
        under_policy(london(9_000_000_00), a_statement("9000000"))


@given(
    tonnes=st.decimals(0, 100_000, places=6),
    price_pence=st.integers(1, 10_000_000),
    years=st.integers(1, 60),
)
def test_the_steps_alone_give_the_sum_again(tonnes: Decimal, price_pence: int, years: int) -> None:
    worked = under_policy(london(price_pence, years=years), a_statement(str(tonnes)))

    exact = worked.steps[2].result.value
    assert exact == tonnes * years * price_pence / 100
    assert abs(worked.amount_pence - exact * 100) <= Decimal("0.5")
    for step in worked.steps[:3]:
        assert again(step) == step.result.value


def again(step: Step) -> Decimal:
    """What somebody with a pocket calculator finds from the operands of a step."""
    values = [each.value / 100 if each.unit == PERCENT else each.value for each in step.operands]
    if step.result.unit in {TONNES, POUNDS}:
        product = Decimal(1)
        for value in values:
            product *= value
        return product
    return sum(values, Decimal(0))


def declining(factors: dict[int, str]) -> PricePolicy:
    series = tuple(YearOfSeries(year=y, kg_co2e_per_kwh=Decimal(factor)) for y, factor in factors.items())
    return a_policy(
        basis=Basis.DECLINING, years=3, price_pence_per_tonne=95_00, series=series, minimum_factors=()
    )
