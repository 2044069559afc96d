"""A price for each tonne that is left: once, for a number of years, or along a series of years."""

from collections.abc import Sequence
from decimal import Decimal

from services.contributions.domain.pricing.policy import Basis, PricePolicy, Scope, YearOfSeries
from services.contributions.domain.pricing.statement import EnergyStatement
from services.contributions.domain.pricing.steps import (
    KG_A_KWH,
    KWH_A_YEAR,
    PLAIN,
    POUNDS,
    POUNDS_A_TONNE,
    TONNES,
    TONNES_A_YEAR,
    YEARS,
    Quantity,
    Step,
    plus,
    times,
)
from shared.errors import Invalid

KG_IN_A_TONNE = Decimal(1000)


def tonne_steps(policy: PricePolicy, statement: EnergyStatement) -> Sequence[Step]:
    """From the residual of the statement to its exact price in pounds."""
    if policy.basis == Basis.DECLINING:
        return _declining(policy, statement)
    residual = _residual(policy.scope, statement)
    price = _price(policy.price_pence_per_tonne)
    if policy.basis == Basis.ONE_OFF:
        return [
            residual,
            _priced("the first year's tonnes times the price of a tonne", residual.result, price),
        ]
    years = Quantity("years", Decimal(policy.years or 0), YEARS)
    over_years = times(
        "Tonnes over the years",
        "tonnes a year times years",
        (residual.result, years),
        result="tonnes over the years",
        unit=TONNES,
    )
    return [residual, over_years, _priced("tonnes times the price of a tonne", over_years.result, price)]


def minimum_check(policy: PricePolicy, statement: EnergyStatement) -> Sequence[Step]:
    """Whether the statement reaches the policy's minimum on site: a check, which never changes the sum."""
    if not policy.minimum_factors:
        return []
    formula = "baseline times the policy's factors; the regulated residual may not be above it"
    factors = [Quantity("factor", each, PLAIN) for each in policy.minimum_factors]
    if statement.baseline_t_co2e is None:
        return [_unchecked(formula)]
    baseline = Quantity("baseline", statement.baseline_t_co2e, TONNES_A_YEAR)
    most = times(
        "Check: the policy's minimum on site",
        formula,
        (baseline, *factors),
        result="at most",
        unit=TONNES_A_YEAR,
    )
    residual = Quantity("regulated residual", statement.residual.regulated_t_co2e, TONNES_A_YEAR)
    met = residual.value <= most.result.value
    working = f"{most.working}, against {residual.in_words}"
    return [
        Step(
            label=most.label,
            formula=formula,
            operands=(*most.operands, residual),
            working=working,
            result=most.result,
            kind="check",
            met=met,
        )
    ]


def _unchecked(formula: str) -> Step:
    return Step(
        label="Check: the policy's minimum on site",
        formula=formula,
        operands=(),
        working="not checked: the statement names no baseline",
        result=Quantity("at most", Decimal(0), TONNES_A_YEAR),
        kind="check",
    )


def _residual(scope: Scope, statement: EnergyStatement) -> Step:
    left = statement.residual
    parts = [
        ("domestic, regulated", left.domestic_regulated_t_co2e),
        ("non-domestic, regulated", left.non_domestic_regulated_t_co2e),
    ]
    if scope == Scope.TOTAL:
        parts += [
            ("domestic, unregulated", left.domestic_unregulated_t_co2e),
            ("non-domestic, unregulated", left.non_domestic_unregulated_t_co2e),
        ]
    return plus(
        "Emissions that are left",
        " + ".join(name for name, _ in parts),
        [Quantity(name, tonnes, TONNES_A_YEAR) for name, tonnes in parts],
        result="residual",
        unit=TONNES_A_YEAR,
    )


def _priced(formula: str, tonnes: Quantity, price: Quantity) -> Step:
    return times("Price of these tonnes", formula, (tonnes, price), result="the sum", unit=POUNDS)


def _price(pence: int | None) -> Quantity:
    return Quantity("price", Decimal(pence or 0) / 100, POUNDS_A_TONNE)


def _declining(policy: PricePolicy, statement: EnergyStatement) -> Sequence[Step]:
    """Each year's tonnes at that year's price; grid factors make the tonnes of the year's electricity."""
    years = _years_of(policy, statement)
    if years[0].kg_co2e_per_kwh is None:
        residual = _residual(policy.scope, statement)
        yearly = [_year_at_price(policy, each, residual.result) for each in years]
        return [residual, *yearly, _all_years(yearly)]
    yearly = [_year_at_factor(policy, each, statement) for each in years]
    return [*yearly, _all_years(yearly)]


def _years_of(policy: PricePolicy, statement: EnergyStatement) -> list[YearOfSeries]:
    if statement.first_year is None:
        message = "The policy's series begins with the year of completion. Choose a statement that names it."
        raise Invalid("statement.no_first_year", message, field="statement_id")
    wanted = range(statement.first_year, statement.first_year + (policy.years or 0))
    missing = [str(year) for year in wanted if policy.of_year(year) is None]
    if missing:
        message = (
            f"The policy's series lacks {_listed(missing)}. "
            "Choose a version that has every year, or have one recorded."
        )
        raise Invalid("series.year_missing", message, field="policy_id")
    return [found for year in wanted if (found := policy.of_year(year))]


def _listed(years: Sequence[str]) -> str:
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]} ({len(years)} years)"


def _year_at_price(policy: PricePolicy, each: YearOfSeries, tonnes: Quantity) -> Step:
    price = _price(each.price_pence_per_tonne or policy.price_pence_per_tonne)
    formula = "tonnes of the year times the price of that year"
    return times(str(each.year), formula, (tonnes, price), result=str(each.year), unit=POUNDS)


def _year_at_factor(policy: PricePolicy, each: YearOfSeries, statement: EnergyStatement) -> Step:
    if statement.electricity_kwh is None:
        message = (
            "The policy counts electricity by each year's grid factor. Choose a statement that names it."
        )
        raise Invalid("statement.no_electricity", message, field="statement_id")
    operands = (
        Quantity("electricity", statement.electricity_kwh, KWH_A_YEAR),
        Quantity("grid factor", each.kg_co2e_per_kwh or Decimal(0), KG_A_KWH),
        Quantity("tonnes in a kilogram", 1 / KG_IN_A_TONNE, PLAIN),
        _price(each.price_pence_per_tonne or policy.price_pence_per_tonne),
    )
    formula = (
        "electricity times the year's grid factor times 0.001 tonnes a kilogram times the price of a tonne"
    )
    return times(str(each.year), formula, operands, result=str(each.year), unit=POUNDS)


def _all_years(yearly: Sequence[Step]) -> Step:
    formula = "the sums of all years together"
    label = f"All {len(yearly)} years"
    return plus(label, formula, [each.result for each in yearly], result="the sum", unit=POUNDS)
