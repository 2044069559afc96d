"""What is wrong in a section's answers is named by field or row; what is missing is listed."""

from datetime import date
from decimal import Decimal

import pytest

from services.applications.domain.sections import (
    BuildingAnswers,
    CostLine,
    Costs,
    Energy,
    FuelUse,
    MatchFunding,
    MatchFundingLine,
    MeasureAnswers,
    Measures,
    Section,
    Tenure,
    Who,
)
from shared.carbon.quantities import Fuel
from tests.support.events import BUNHILL, HILLRISE, MEASURE_ID, terms

TERMS = terms()
FIRST, LAST = date(2018, 9, 1), date(2019, 9, 1)
GAS = FuelUse(fuel=Fuel.NATURAL_GAS, period_start=FIRST, period_end=LAST, kwh=Decimal(48_000))
LOFT = MeasureAnswers(
    kind="insulation",
    fuel=Fuel.NATURAL_GAS,
    saving_percent=Decimal(25),
    source="Quote",
    lifetime_years=30,
)


def wrong(section: Section) -> list[tuple[str, str]]:
    return [
        (problem.field, problem.message)
        for refusal in section.wrong(TERMS)
        if refusal is not None
        for problem in refusal.problems
    ]


def missing(section: Section) -> list[str]:
    return [problem.field for problem in section.missing(TERMS)]


def in_row_three(**answers: object) -> Measures:
    return Measures(measures=(LOFT, LOFT, MeasureAnswers(**answers)))  # type: ignore[arg-type]


def test_an_unknown_ward_is_answered_with_the_wards_of_the_fund() -> None:
    found = wrong(BuildingAnswers(ward="Camelot"))

    assert len(found) == 1
    assert found[0][0] == "ward"
    assert "Unknown ward: Camelot" in found[0][1]
    assert f"{BUNHILL}, {HILLRISE}" in found[0][1]


@pytest.mark.parametrize(
    ("section", "field", "words"),
    [
        (Who(legal_status="x" * 201), "legal_status", "Shorten it to 200"),
        (BuildingAnswers(uprn="1234567890123"), "uprn", "up to 12 digits"),
        (BuildingAnswers(uprn="10a"), "uprn", "up to 12 digits"),
        (BuildingAnswers(uprn="١٢٣"), "uprn", "up to 12 digits"),
        (BuildingAnswers(latitude=Decimal("48.85"), longitude=Decimal(0)), "latitude", "outside England"),
        (BuildingAnswers(latitude=Decimal(52), longitude=Decimal("2.35")), "longitude", "outside England"),
        (BuildingAnswers(latitude=Decimal(52)), "longitude", "Give the longitude too"),
        (BuildingAnswers(lease_years_left=-1), "lease_years_left", "from 0 to 999"),
        (in_row_three(lifetime_years=0), "measures.2.lifetime_years", "Measure 3: its lifetime"),
        (in_row_three(lifetime_years=61), "measures.2.lifetime_years", "from 1 to 60 years"),
        (in_row_three(kind="swimming_pool"), "measures.2.kind", "does not pay for swimming_pool"),
        (in_row_three(saving_percent=Decimal(0)), "measures.2.saving_percent", "above 0"),
        (in_row_three(saving_percent=Decimal(101)), "measures.2.saving_percent", "at most 100 per cent"),
        (in_row_three(saved_kwh=Decimal(-1)), "measures.2.saved_kwh", "above zero"),
        (in_row_three(saving_percent=Decimal(5), saved_kwh=Decimal(5)), "measures.2.saved_kwh", "not both"),
        (Energy(energy=(GAS, GAS)), "energy", "Add its meters up in one row"),
        (Energy(energy=(FuelUse(kwh=Decimal(0)),)), "energy.0.kwh", "must be above zero"),
        (Costs(costs=(CostLine(net_pence=0),)), "costs.0.net_pence", "must be above zero"),
        (Costs(costs=(CostLine(net_pence=-5),)), "costs.0.net_pence", "must be above zero"),
        (Costs(costs=(CostLine(vat_pence=-1),)), "costs.0.vat_pence", "zero or more"),
        (Costs(costs=(CostLine(net_pence=100, vat_pence=101),)), "costs.0.vat_pence", "more than the net"),
        (Costs(costs=(CostLine(net_pence=10**15),)), "costs.0.net_pence", "Check the number of digits"),
        (Costs(costs=(CostLine(),) * 51), "costs", "50 is the most"),
        (MatchFunding(requested_pence=0), "requested_pence", "must be above zero"),
        (
            MatchFunding(match_funding=(MatchFundingLine(amount_pence=-1),)),
            "match_funding.0.amount_pence",
            "must be above zero",
        ),
    ],
)
def test_a_wrong_answer_is_named_by_field_or_row(section: Section, field: str, words: str) -> None:
    found = wrong(section)

    assert [name for name, _ in found] == [field]
    assert words in found[0][1]


@pytest.mark.parametrize(("last", "days"), [(date(2019, 8, 16), 349), (date(2019, 9, 17), 381)])
def test_twelve_months_are_350_to_380_days(last: date, days: int) -> None:
    use = FuelUse(fuel=Fuel.NATURAL_GAS, period_start=FIRST, period_end=last, kwh=Decimal(1))

    found = wrong(Energy(energy=(use,)))

    assert found[0][0] == "energy.0.period_end"
    assert f"the period is {days} days" in found[0][1]


@pytest.mark.parametrize("last", [date(2019, 8, 17), date(2019, 9, 1), date(2019, 9, 16)])
def test_a_period_of_about_a_year_is_taken(last: date) -> None:
    use = FuelUse(fuel=Fuel.NATURAL_GAS, period_start=FIRST, period_end=last, kwh=Decimal(1))

    assert wrong(Energy(energy=(use,))) == []


def test_two_measures_do_not_share_an_id() -> None:
    measure = MeasureAnswers(measure_id=MEASURE_ID)

    assert wrong(Measures(measures=(measure, measure)))[0][0] == "measures"


@pytest.mark.parametrize(
    ("section", "fields"),
    [
        (Who(), ["legal_status", "may_act"]),
        (Who(legal_status="charity", may_act=False), ["may_act"]),
        (BuildingAnswers(), ["name", "address", "ward", "use", "tenure", "uprn"]),
        (
            BuildingAnswers(
                name="Hall", address="1 Street", ward=BUNHILL, use="Lunch", uprn="1", tenure=Tenure.LEASED
            ),
            ["lease_years_left"],
        ),
        (Measures(), ["measures"]),
        (Measures(measures=(LOFT,)), []),
        (
            Measures(measures=(MeasureAnswers(kind="insulation", fuel=Fuel.LPG),)),
            ["measures.0.source", "measures.0.lifetime_years", "measures.0.saving_percent"],
        ),
        (
            Measures(
                measures=(
                    MeasureAnswers(
                        kind="heat_pump",
                        fuel=Fuel.NATURAL_GAS,
                        saving_percent=Decimal(100),
                        source="Design",
                        lifetime_years=20,
                    ),
                )
            ),
            ["measures.0.added_kwh"],
        ),
        (Energy(), ["energy"]),
        (Energy(missing_reason="The hall stood empty until May."), []),
        (
            Energy(energy=(FuelUse(fuel=Fuel.LPG),)),
            ["energy.0.period_start", "energy.0.period_end", "energy.0.kwh"],
        ),
        (Costs(), ["costs"]),
        (
            Costs(costs=(CostLine(description="Roof", net_pence=100, vat_pence=20, eligible=True),)),
            ["costs.0.vat_recoverable"],
        ),
        (
            Costs(costs=(CostLine(description="Roof", net_pence=100, vat_pence=0, eligible=False),)),
            ["costs"],
        ),
        (MatchFunding(), ["requested_pence"]),
        (MatchFunding(requested_pence=1), []),
        (
            MatchFunding(match_funding=(MatchFundingLine(source="Reserves"),), requested_pence=1),
            ["match_funding.0.amount_pence", "match_funding.0.confirmed"],
        ),
    ],
)
def test_what_is_still_missing_is_listed(section: Section, fields: list[str]) -> None:
    assert missing(section) == fields


def test_a_quote_has_a_supplier_and_a_reference() -> None:
    line = CostLine(description="Roof", net_pence=1, vat_pence=0, eligible=True, quote_supplier="A. Builder")

    assert missing(Costs(costs=(line,))) == ["costs.0.quote_reference"]


def test_the_same_quote_behind_two_lines_counts_once() -> None:
    lines = tuple(
        CostLine(net_pence=1, quote_supplier=supplier, quote_reference=reference)
        for supplier, reference in [
            ("A. Builder", "Q1"),
            ("a. builder ", "q1"),
            ("B. Roofer", "Q1"),
            ("C", None),
        ]
    )

    assert Costs(costs=lines).quotes == 2
