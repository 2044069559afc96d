"""The months, quarters and years that indices are published for, and which of them a month falls in."""

from datetime import date
from enum import StrEnum

from services.contributions.domain.months import MONTHS_IN_A_YEAR, add_months

MONTHS_IN_A_QUARTER = 3
ORDINALS = ("1st", "2nd", "3rd", "4th")


class Frequency(StrEnum):
    """How often an index has a value."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"

    @property
    def months(self) -> int:
        """How many months one value stands for."""
        return {"monthly": 1, "quarterly": MONTHS_IN_A_QUARTER, "yearly": MONTHS_IN_A_YEAR}[self.value]

    @property
    def period(self) -> str:
        """What one value stands for, in a word."""
        return {"monthly": "month", "quarterly": "quarter", "yearly": "year"}[self.value]


def month_of(day: date) -> date:
    """The first day of the month that a day falls in."""
    return day.replace(day=1)


def month_before(day: date) -> date:
    """The first day of the month before the one that a day falls in."""
    return add_months(month_of(day), -1)


def period_of(day: date, frequency: Frequency) -> date:
    """The first day of the calendar month, quarter or year that a day falls in: what names a period."""
    months = frequency.months
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def next_period(period: date, frequency: Frequency) -> date:
    """The first day of the period after this one."""
    return add_months(period, frequency.months)


def month_in_words(month: date) -> str:
    """March 2024."""
    return f"{month:%B %Y}"


def period_in_words(period: date, frequency: Frequency) -> str:
    """March 2024; 1st quarter of 2024 (January to March); 2024."""
    if frequency is Frequency.MONTHLY:
        return month_in_words(period)
    if frequency is Frequency.YEARLY:
        return f"{period.year}"
    last = add_months(period, MONTHS_IN_A_QUARTER - 1)
    ordinal = ORDINALS[(period.month - 1) // MONTHS_IN_A_QUARTER]
    return f"{ordinal} quarter of {period.year} ({period:%B} to {last:%B})"


def falls_in(month: date, frequency: Frequency) -> str:
    """Which period of the index is taken for a month, said in words."""
    period = period_in_words(period_of(month, frequency), frequency)
    if frequency is Frequency.MONTHLY:
        return period
    the = "the " if frequency is Frequency.QUARTERLY else ""
    return f"{month_in_words(month)}, which falls in {the}{period}"
