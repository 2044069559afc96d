"""Interest on what is paid late: a bank's base rate plus the deed's margin, day by day, told step by step.

Harborough's 2021 supplementary document asks 4% above the Bank of England's base rate from the due date to
payment (4.4), Southend's 4% above that of Barclays; whether it is simple or compound, the deed says
(section-106.md B). A day counts from the due date on, and the day of payment no more; a year has 365 days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from services.contributions.domain.demands.base_rate import BaseRate
from services.contributions.domain.demands.terms import Compounding, LateInterestTerms
from services.contributions.domain.indexation.indexed import DAYS_IN_A_YEAR, rounded
from services.contributions.domain.indexation.rule import Rounding
from services.contributions.domain.months import MONTHS_IN_A_YEAR, add_months
from shared.errors import Invalid
from shared.wording import in_words

REST_MONTHS = {Compounding.MONTHLY: 1, Compounding.QUARTERLY: 3, Compounding.YEARLY: MONTHS_IN_A_YEAR}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart:
    """Money that came for a demand, in pence, on a day."""

    received_on: date
    amount_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestStep:
    """Days from `start` to before `end` on which nothing changed: what was owed, at which rate, with what.

    `owed_pence` holds what was unpaid and interest that has become part of it. `interest_pence` is exact to
    a hundredth of a penny, for showing; the whole is rounded once.
    """

    start: date
    end: date
    days: int
    owed_pence: int
    base_percent: Decimal
    margin_percent: Decimal
    rate_percent: Decimal
    interest_pence: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LateInterest:
    """Interest up to a day (not counting it), in whole pence, a half up, with each step.

    Compound interest is rounded to the penny each time it becomes part of what is owed.
    """

    until: date
    interest_pence: int
    exact_pence: Fraction
    steps: tuple[InterestStep, ...]


def late_interest(
    owed_pence: int,
    terms: LateInterestTerms,
    rates: Sequence[BaseRate],
    *,
    due_on: date,
    until: date,
    paid: Iterable[PaidPart] = (),
) -> LateInterest:
    """Interest on what is owed from its due date until a day; Invalid where a day's base rate is missing."""
    paid, changes = tuple(paid), _changes(rates)
    rests = set(_rests(due_on, until, terms.compounding))
    edges = _edges(due_on, until, rests, {each.received_on for each in paid}, {day for day, _ in changes})
    pending, capital_pence, steps = Fraction(0), 0, []
    for start, end in pairwise(edges):
        if start in rests:
            capital_pence, pending = capital_pence + rounded(pending, Rounding.PENNY), Fraction(0)
        unpaid_pence = max(
            0, owed_pence - sum(each.amount_pence for each in paid if each.received_on <= start)
        )
        step, exact = _step(unpaid_pence + capital_pence, terms, changes, start, end)
        pending += exact
        steps += [step] if step.owed_pence else []
    exact_pence = capital_pence + pending
    return LateInterest(
        until=until,
        interest_pence=rounded(exact_pence, Rounding.PENNY),
        exact_pence=exact_pence,
        steps=tuple(steps),
    )


def _step(
    owed_pence: int,
    terms: LateInterestTerms,
    changes: Sequence[tuple[date, Decimal]],
    start: date,
    end: date,
) -> tuple[InterestStep, Fraction]:
    base = _rate_on(changes, start, terms.bank)
    rate, days = max(base + terms.margin_percent, Decimal(0)), (end - start).days
    exact = owed_pence * Fraction(rate) / 100 * Fraction(days, DAYS_IN_A_YEAR)
    step = InterestStep(
        start=start,
        end=end,
        days=days,
        owed_pence=owed_pence,
        base_percent=base,
        margin_percent=terms.margin_percent,
        rate_percent=rate,
        interest_pence=Decimal(rounded(exact * 100, Rounding.PENNY)).scaleb(-2),
    )
    return step, exact


def _edges(due_on: date, until: date, *changes: set[date]) -> list[date]:
    """The due date, every day on which something changes, and the end; nothing where it is not late."""
    if until <= due_on:
        return []
    inside = {day for days in changes for day in days if due_on < day < until}
    return sorted({due_on, until, *inside})


def _rests(due_on: date, until: date, compounding: Compounding) -> Iterator[date]:
    """The days on which interest becomes part of what is owed: each whole period after the due date."""
    months = REST_MONTHS.get(compounding)
    if months is None:
        return
    count = 1
    while (day := add_months(due_on, count * months)) < until:
        yield day
        count += 1


def _changes(rates: Sequence[BaseRate]) -> list[tuple[date, Decimal]]:
    """The rates in the order of their days; of two entries for one day the later one holds."""
    return sorted({rate.effective_on: rate.percent for rate in rates}.items())


def _rate_on(changes: Sequence[tuple[date, Decimal]], day: date, bank: str) -> Decimal:
    before = [percent for since, percent in changes if since <= day]
    if before:
        return before[-1]
    message = (
        f"No base rate of {bank} is recorded for {in_words(day)}. "
        "Record the rate that held on that day, with the day from which it held."
    )
    raise Invalid("base_rate.missing", message, field="base_rate")
