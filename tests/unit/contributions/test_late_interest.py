"""Interest on late payment: worked examples to the penny, and properties.

The terms are those of Harborough's 2021 supplementary document (4% above the Bank of England's base rate,
section-106.md B); the base rates are invented. Each example can be worked out by hand:
sum x rate x days / 365.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.contributions.domain.demands.base_rate import BaseRate, check_base_rate
from services.contributions.domain.demands.late_interest import LateInterest, PaidPart, late_interest
from services.contributions.domain.demands.terms import Compounding, LateInterestTerms
from shared.errors import Invalid

BANK = "Bank of England"
DUE_ON = date(2025, 1, 1)
SIMPLE = LateInterestTerms(bank=BANK, margin_percent=Decimal(4))


def a_rate(percent: str, effective_on: date = date(2024, 8, 1)) -> BaseRate:
    return BaseRate(bank=BANK, effective_on=effective_on, percent=Decimal(percent), source="Invented")


FIVE = (a_rate("5"),)
CHANGING = (a_rate("5"), a_rate("4.75", date(2025, 2, 1)), a_rate("4.5", date(2025, 5, 1)))


def interest(
    days: int,
    *,
    pence: int = 36_500_00,
    terms: LateInterestTerms = SIMPLE,
    rates: tuple[BaseRate, ...] = FIVE,
    paid: tuple[PaidPart, ...] = (),
) -> LateInterest:
    until = DUE_ON + timedelta(days=days)
    return late_interest(pence, terms, rates, due_on=DUE_ON, until=until, paid=paid)


def test_simple_interest_is_sum_times_rate_times_days_by_365() -> None:
    assert interest(30).interest_pence == 270_00
    assert interest(365).interest_pence == 3_285_00


def test_a_change_of_the_base_rate_divides_the_period_on_its_day() -> None:
    found = interest(59, rates=CHANGING)

    assert [(step.start, step.days, step.rate_percent) for step in found.steps] == [
        (date(2025, 1, 1), 31, Decimal(9)),
        (date(2025, 2, 1), 28, Decimal("8.75")),
    ]
    assert [step.interest_pence for step in found.steps] == [Decimal("27900.00"), Decimal("24500.00")]
    assert found.interest_pence == 524_00


def test_a_part_payment_bears_no_interest_from_the_day_it_came() -> None:
    found = interest(60, paid=(PaidPart(received_on=date(2025, 1, 31), amount_pence=18_250_00),))

    assert [(step.days, step.owed_pence) for step in found.steps] == [(30, 36_500_00), (30, 18_250_00)]
    assert found.interest_pence == 270_00 + 135_00


def test_interest_compounded_each_month_bears_interest_from_the_next_one() -> None:
    monthly = LateInterestTerms(bank=BANK, margin_percent=Decimal(4), compounding=Compounding.MONTHLY)

    found = interest(59, terms=monthly)

    assert [step.owed_pence for step in found.steps] == [36_500_00, 36_779_00]
    assert found.interest_pence == 279_00 + 253_93


def test_a_corrected_rate_counts_instead_of_the_first_entry_for_its_day() -> None:
    assert interest(30, rates=(a_rate("50"), a_rate("5"))).interest_pence == 270_00


def test_a_negative_base_rate_never_makes_the_developer_a_creditor() -> None:
    assert interest(30, rates=(a_rate("-9"),)).interest_pence == 0


def test_a_day_without_a_recorded_rate_is_refused_by_its_bank_and_day() -> None:
    with pytest.raises(Invalid, match="No base rate of Bank of England is recorded for 1 January 2025"):
        interest(1, rates=(a_rate("5", date(2025, 1, 2)),))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"percent": Decimal("100.5")}, "percent"),
        ({"percent": Decimal("4.12345")}, "percent"),
        ({"percent": Decimal("NaN")}, "percent"),
        ({"bank": " "}, "bank"),
        ({"source": ""}, "source"),
        ({"effective_on": date(1900, 1, 1)}, "effective_on"),
    ],
)
def test_a_rate_that_no_bank_has_had_is_refused_by_its_field(changes: dict[str, object], field: str) -> None:
    good = {"bank": BANK, "effective_on": DUE_ON, "percent": Decimal(5), "source": "Invented"}

    with pytest.raises(Invalid) as refusal:
        check_base_rate(BaseRate(**(good | changes)))  # type: ignore[arg-type]

    assert [problem.field for problem in refusal.value.problems] == [field]


days = st.integers(min_value=0, max_value=1500)
sums = st.integers(min_value=1, max_value=10**11)
compoundings = st.sampled_from(Compounding)


def any_terms(compounding: Compounding) -> LateInterestTerms:
    return LateInterestTerms(bank=BANK, margin_percent=Decimal("4.25"), compounding=compounding)


@given(pence=sums, compounding=compoundings)
def test_nothing_is_owed_on_the_due_date_itself(pence: int, compounding: Compounding) -> None:
    assert interest(0, pence=pence, terms=any_terms(compounding), rates=CHANGING).exact_pence == 0


@given(pence=sums, first=days, second=days)
def test_simple_interest_of_two_periods_is_that_of_the_whole_wherever_it_is_divided(
    pence: int, first: int, second: int
) -> None:
    middle = DUE_ON + timedelta(days=first)

    whole = interest(first + second, pence=pence, rates=CHANGING)
    rest = late_interest(pence, SIMPLE, CHANGING, due_on=middle, until=middle + timedelta(days=second))

    assert interest(first, pence=pence, rates=CHANGING).exact_pence + rest.exact_pence == whole.exact_pence


@given(pence=sums, fewer=days, more=days, compounding=compoundings)
def test_interest_never_shrinks_from_day_to_day_and_is_never_negative(
    pence: int, fewer: int, more: int, compounding: Compounding
) -> None:
    terms = any_terms(compounding)
    fewer, more = sorted((fewer, more))

    earlier = interest(fewer, pence=pence, terms=terms, rates=CHANGING).interest_pence

    assert 0 <= earlier <= interest(more, pence=pence, terms=terms, rates=CHANGING).interest_pence


@given(pence=sums, length=days, compounding=compoundings)
def test_compound_interest_is_never_less_than_simple(
    pence: int, length: int, compounding: Compounding
) -> None:
    compound = interest(length, pence=pence, terms=any_terms(compounding), rates=CHANGING)
    simple = interest(length, pence=pence, terms=any_terms(Compounding.SIMPLE), rates=CHANGING)

    rounding_pence = len(compound.steps)
    assert compound.interest_pence >= simple.interest_pence - rounding_pence
