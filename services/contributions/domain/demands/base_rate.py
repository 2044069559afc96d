"""A bank's base rate over time, as deeds name it for late interest."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.checks import refuse_all, text_refusal
from shared.errors import Invalid
from shared.wording import in_words

EARLIEST_YEAR = 1900
SMALLEST_PERCENT, LARGEST_PERCENT, PERCENT_PLACES = Decimal(-10), Decimal(100), 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseRate:
    """What a bank's base rate became on a day, in percent a year; it holds until the next change."""

    bank: str
    effective_on: date
    percent: Decimal
    source: str


def check_base_rate(rate: BaseRate) -> None:
    """Refuse by field what a form must not take; a change that is announced may lie ahead."""
    refuse_all(
        "base_rate.invalid",
        [
            text_refusal(rate.bank, field="bank", name="the bank"),
            text_refusal(rate.source, field="source", name="where the rate was read", longest=500),
            _day_refusal(rate.effective_on),
            _percent_refusal(rate.percent),
        ],
    )


def _day_refusal(effective_on: date) -> Invalid | None:
    if effective_on.year > EARLIEST_YEAR:
        return None
    message = f"The rate is dated {in_words(effective_on)}. Enter the day from which it held."
    return Invalid("effective_on.too_early", message, field="effective_on")


def _percent_refusal(percent: Decimal) -> Invalid | None:
    fits = percent.is_finite() and SMALLEST_PERCENT <= percent <= LARGEST_PERCENT
    if fits and percent == round(percent, PERCENT_PLACES):
        return None
    message = f"Enter the rate in percent a year, such as 4.75, with {PERCENT_PLACES} decimals at most."
    return Invalid("percent.out_of_range", message, field="percent")
