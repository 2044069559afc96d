"""How a deed lets its sum grow until it is paid: by an index, by a fixed percentage, or not at all.

The usual clause: A = B x C / D, where B is the sum in the deed, C the index for the month before the sum
falls due and D the index for the month before the date of the deed (CMS LawNow, "Indexation, indexation,
inflation", 2022). Some deeds count from another day, such as the committee's resolution (Southend).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from shared.errors import Invalid

LARGEST_PERCENT = Decimal(100)
PERCENT_PLACES = 4


class Basis(StrEnum):
    """What makes the sum grow."""

    NONE = "none"
    INDEX = "index"
    FIXED_PERCENT = "fixed_percent"


class EndDay(StrEnum):
    """The day until which the sum grows: when it falls due, or when its trigger was met."""

    DUE = "due"
    TRIGGER = "trigger"


class IndexMonth(StrEnum):
    """Which month's index is taken for a day; the latest published is that known when a demand is issued."""

    MONTH_BEFORE = "month_before"
    MONTH_OF = "month_of"
    LATEST_PUBLISHED = "latest_published"


class Rounding(StrEnum):
    """How an indexed sum becomes whole pence or pounds; a half goes up, away from zero."""

    PENNY = "penny"
    PENNY_DOWN = "penny_down"
    PENNY_UP = "penny_up"
    POUND = "pound"
    POUND_DOWN = "pound_down"
    POUND_UP = "pound_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexationRule:
    """What the deed says of indexation; the defaults are the usual clause.

    `base_on` is the day the sum grows from, the deed's own where None. `yearly_percent` grows it by a fixed
    percentage a year instead, each year on the last where `compounds`. `floor` keeps it from shrinking.
    """

    basis: Basis = Basis.NONE
    series_id: UUID | None = None
    yearly_percent: Decimal | None = None
    compounds: bool = True
    base_on: date | None = None
    base_month: IndexMonth = IndexMonth.MONTH_BEFORE
    end_day: EndDay = EndDay.DUE
    end_month: IndexMonth = IndexMonth.MONTH_BEFORE
    floor: bool = True
    rounding: Rounding = Rounding.PENNY


def rule_refusals(rule: IndexationRule) -> list[Invalid | None]:
    """Why a rule cannot be taken as a form gives it, field by field."""
    return [_series_refusal(rule), _percent_refusal(rule), _base_month_refusal(rule)]


def _series_refusal(rule: IndexationRule) -> Invalid | None:
    if (rule.basis is Basis.INDEX) == (rule.series_id is not None):
        return None
    if rule.series_id is None:
        return Invalid("series.missing", "Choose the index that the deed names.", field="series_id")
    message = "An index is chosen, but the sum is not to follow one. Leave the index out."
    return Invalid("series.not_used", message, field="series_id")


def _percent_refusal(rule: IndexationRule) -> Invalid | None:
    if rule.basis is not Basis.FIXED_PERCENT:
        if rule.yearly_percent is None:
            return None
        message = "A percentage is given, but the sum is not to grow by one. Leave it out."
        return Invalid("percent.not_used", message, field="yearly_percent")
    percent = rule.yearly_percent
    if percent is None:
        message = "Enter the percentage a year that the deed names."
        return Invalid("percent.missing", message, field="yearly_percent")
    return percent_refusal(percent, field="yearly_percent")


def percent_refusal(percent: Decimal, *, field: str) -> Invalid | None:
    """Why a percentage a year cannot be taken: not above 0, above 100, or with more than four decimals."""
    if not percent.is_finite() or not 0 < percent <= LARGEST_PERCENT:
        message = "Enter a percentage above 0 and up to 100, such as 4."
        return Invalid("percent.out_of_range", message, field=field)
    if percent != round(percent, PERCENT_PLACES):
        message = f"Enter a percentage with {PERCENT_PLACES} decimals at most."
        return Invalid("percent.too_fine", message, field=field)
    return None


def _base_month_refusal(rule: IndexationRule) -> Invalid | None:
    if rule.base_month is not IndexMonth.LATEST_PUBLISHED:
        return None
    message = "The index at the start is that of a month: choose the month before the day, or its own."
    return Invalid("base_month.not_a_month", message, field="base_month")
