"""What a sum in a deed becomes: worked examples to the penny, and properties.

The formula is A = B x C / D (CMS LawNow, "Indexation, indexation, inflation", 2022); the revised value, 221
after 220, is that of the All-in TPI in section-106.md B. The index itself is invented.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.indexation.asking import base_month, end_month, missing_month, span_of
from services.contributions.domain.indexation.indexed import (
    indexed_by_figures,
    indexed_by_percent,
    not_indexed,
    rounded,
)
from services.contributions.domain.indexation.periods import Frequency, falls_in, period_of
from services.contributions.domain.indexation.rule import (
    Basis,
    EndDay,
    IndexationRule,
    IndexMonth,
    Rounding,
    rule_refusals,
)
from services.contributions.domain.indexation.series import IndexSeries
from shared.errors import Invalid
from tests.support.contributions import an_id
from tests.support.demands import a_figure

BY_INDEX = IndexationRule(basis=Basis.INDEX, series_id=an_id("series"))
MARCH_2019, OCTOBER_2026 = date(2019, 3, 1), date(2026, 10, 1)


def indexed(pence: int, start: str, end: str, rule: IndexationRule = BY_INDEX) -> int:
    return indexed_by_figures(
        pence, rule, base=a_figure(start, MARCH_2019), end=a_figure(end, OCTOBER_2026)
    ).indexed_pence


@pytest.mark.parametrize(
    ("pence", "start", "end", "owed_pence"),
    [
        (65_000_00, "335", "402", 78_000_00),
        (88_596_00, "330", "391", 104_972_84),
        (419_906_00, "221", "257.3", 488_876_99),
        (419_906_00, "220", "257.3", 491_099_15),
        (100_00, "300", "300", 100_00),
        (1_00, "200", "201", 1_01),
    ],
)
def test_the_usual_clause_is_sum_times_index_at_the_end_by_index_at_the_start(
    pence: int, start: str, end: str, owed_pence: int
) -> None:
    assert indexed(pence, start, end) == owed_pence


def test_the_working_names_each_figure_its_month_and_its_publication() -> None:
    base = a_figure("330", MARCH_2019, published_on=date(2019, 5, 20))
    end = a_figure("391", OCTOBER_2026, published_on=date(2026, 11, 20), provisional=True)

    working = indexed_by_figures(88_596_00, BY_INDEX, base=base, end=end)

    assert [(step.what, step.figure) for step in working.steps] == [
        ("Sum in the deed (B)", "£88,596.00"),
        (
            "Invented tender price index for October 2026 (C)",
            "391 (published 20 November 2026, provisional)",
        ),
        ("Invented tender price index for March 2019 (D)", "330 (published 20 May 2019)"),
        ("B x C / D", "£104,972.8363..."),
        ("Rounded to the nearest penny, a half up", "£104,972.84"),
    ]
    assert working.provisional


def test_a_fallen_index_leaves_the_sum_in_the_deed_unless_the_deed_lets_it_fall() -> None:
    falls = IndexationRule(basis=Basis.INDEX, series_id=an_id("series"), floor=False)

    assert indexed(100_00, "300", "270") == 100_00
    assert indexed(100_00, "300", "270", falls) == 90_00


@pytest.mark.parametrize(
    ("rounding", "pence"),
    [
        (Rounding.PENNY, 1001),
        (Rounding.PENNY_DOWN, 1000),
        (Rounding.PENNY_UP, 1001),
        (Rounding.POUND, 1000),
        (Rounding.POUND_DOWN, 1000),
        (Rounding.POUND_UP, 1100),
    ],
)
def test_each_rounding_rule_takes_ten_pounds_and_half_a_penny_its_own_way(
    rounding: Rounding, pence: int
) -> None:
    assert rounded(Fraction(2001, 2), rounding) == pence


def test_a_fixed_percentage_grows_year_on_year_and_by_days_of_the_last_one() -> None:
    compound = IndexationRule(basis=Basis.FIXED_PERCENT, yearly_percent=Decimal(3))
    simple = IndexationRule(basis=Basis.FIXED_PERCENT, yearly_percent=Decimal(3), compounds=False)
    start, end = date(2022, 4, 17), date(2024, 6, 29)

    assert indexed_by_percent(10_000_00, compound, start=start, end=end).indexed_pence == 10_672_65
    assert indexed_by_percent(10_000_00, simple, start=start, end=end).indexed_pence == 10_660_00


def test_months_are_counted_from_the_deed_and_the_due_day_unless_the_deed_says_otherwise() -> None:
    span = span_of(
        BY_INDEX, deed_on=date(2019, 4, 17), trigger_met_on=date(2026, 10, 2), due_on=date(2026, 11, 30)
    )
    committee = IndexationRule(
        basis=Basis.INDEX,
        series_id=an_id("series"),
        base_on=date(2018, 12, 5),
        base_month=IndexMonth.MONTH_OF,
        end_day=EndDay.TRIGGER,
    )
    other = span_of(
        committee, deed_on=date(2019, 4, 17), trigger_met_on=date(2026, 1, 2), due_on=date(2026, 11, 30)
    )

    assert (base_month(BY_INDEX, span).month, end_month(BY_INDEX, span).month) == (MARCH_2019, OCTOBER_2026)
    assert base_month(committee, other).month == date(2018, 12, 1)
    assert end_month(committee, other).month == date(2025, 12, 1)


def test_a_deed_without_a_date_needs_the_day_to_count_from() -> None:
    with pytest.raises(Invalid, match="no day to index from") as refusal:
        span_of(BY_INDEX, deed_on=None, trigger_met_on=MARCH_2019, due_on=MARCH_2019)

    assert refusal.value.problems[0].field == "base_on"


def test_a_month_falls_in_its_quarter_or_year_and_that_is_said() -> None:
    may = date(2024, 5, 1)

    assert period_of(may, Frequency.QUARTERLY) == date(2024, 4, 1)
    assert falls_in(may, Frequency.MONTHLY) == "May 2024"
    assert falls_in(may, Frequency.YEARLY) == "May 2024, which falls in 2024"
    assert falls_in(may, Frequency.QUARTERLY) == (
        "May 2024, which falls in the 2nd quarter of 2024 (April to June)"
    )


def test_a_missing_month_is_refused_with_the_index_the_month_and_the_remedy() -> None:
    series = IndexSeries(id=an_id("series"), name="All-in TPI", publisher="BCIS", frequency=Frequency.MONTHLY)
    span = span_of(BY_INDEX, deed_on=MARCH_2019, trigger_met_on=MARCH_2019, due_on=date(2026, 12, 12))

    refusal = missing_month(series, end_month(BY_INDEX, span), date(2026, 11, 28))

    assert refusal.message == (
        "All-in TPI has no value for November 2026 (the month before the day the sum falls due, "
        "12 December 2026) among what BCIS had published by 28 November 2026. Import the publication that "
        "holds it; if the deed means another month, correct the terms of payment."
    )


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (IndexationRule(basis=Basis.INDEX), "series_id"),
        (IndexationRule(series_id=an_id("series")), "series_id"),
        (IndexationRule(basis=Basis.FIXED_PERCENT), "yearly_percent"),
        (IndexationRule(basis=Basis.FIXED_PERCENT, yearly_percent=Decimal(101)), "yearly_percent"),
        (IndexationRule(basis=Basis.FIXED_PERCENT, yearly_percent=Decimal(-1)), "yearly_percent"),
        (IndexationRule(basis=Basis.FIXED_PERCENT, yearly_percent=Decimal("3.00001")), "yearly_percent"),
        (IndexationRule(yearly_percent=Decimal(3)), "yearly_percent"),
        (IndexationRule(base_month=IndexMonth.LATEST_PUBLISHED), "base_month"),
    ],
)
def test_a_rule_that_no_deed_says_is_refused_by_its_field(rule: IndexationRule, field: str) -> None:
    [refusal] = [each for each in rule_refusals(rule) if each is not None]

    assert [problem.field for problem in refusal.problems] == [field]


values = st.decimals(min_value="0.01", max_value="9999", places=2).map(str)
sums = st.integers(min_value=1, max_value=10**12)


@given(pence=sums, start=values, end=values, rounding=st.sampled_from(Rounding))
def test_an_indexed_sum_is_within_one_unit_of_the_exact_one_and_never_below_the_floor(
    pence: int, start: str, end: str, rounding: Rounding
) -> None:
    rule = IndexationRule(basis=Basis.INDEX, series_id=an_id("series"), rounding=rounding)
    exact = pence * Fraction(end) / Fraction(start)

    owed_pence = indexed(pence, start, end, rule)

    assert owed_pence >= pence
    assert owed_pence == pence or abs(owed_pence - exact) < (100 if "pound" in rounding else 1)


@given(pence=sums, value=values, rounding=st.sampled_from([each for each in Rounding if "penny" in each]))
def test_an_index_that_stands_still_leaves_the_sum_as_it_is(
    pence: int, value: str, rounding: Rounding
) -> None:
    rule = IndexationRule(basis=Basis.INDEX, series_id=an_id("series"), rounding=rounding)

    assert indexed(pence, value, value, rule) == pence == not_indexed(pence).indexed_pence


@given(pence=sums, start=values, lower=values, higher=values)
def test_a_higher_index_never_lowers_the_sum(pence: int, start: str, lower: str, higher: str) -> None:
    lower, higher = sorted((lower, higher), key=Decimal)

    assert indexed(pence, start, lower) <= indexed(pence, start, higher)
