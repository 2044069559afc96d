"""A month or a financial year (April to March) of an organisation's books, and when it may be closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from services.contributions.domain.months import MONTHS_IN_A_YEAR, add_months
from shared.errors import Conflict, Invalid
from shared.wording import in_words

FIRST_MONTH_OF_YEAR = 4


class PeriodKind(StrEnum):
    """How long a period is."""

    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A whole month, or a whole financial year, by its first day."""

    kind: PeriodKind
    first_on: date

    @property
    def last_on(self) -> date:
        """Its last day."""
        months = 1 if self.kind is PeriodKind.MONTH else MONTHS_IN_A_YEAR
        return add_months(self.first_on, months) - timedelta(days=1)

    @property
    def name(self) -> str:
        """As people call it: October 2026, or the financial year 2026 to 2027."""
        if self.kind is PeriodKind.MONTH:
            return f"{self.first_on:%B %Y}"
        return f"the financial year {self.first_on.year} to {self.first_on.year + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How far an organisation's books are closed: the last day of the last closed month and year."""

    month_on: date | None = None
    year_on: date | None = None

    def refuse_unless_next(self, period: Period, *, today: date) -> None:
        """Periods close in their order, once, when they are over; the first one takes in all before it."""
        _refuse_no_period(period)
        _refuse_unfinished(period, today)
        last = self.month_on if period.kind is PeriodKind.MONTH else self.year_on
        if last is not None:
            _refuse_out_of_turn(period, last)
        if period.kind is PeriodKind.YEAR and (self.month_on is None or self.month_on < period.last_on):
            raise Conflict(
                "period.months_open",
                f"Close every month up to {period.last_on:%B %Y} first: then {period.name} can be closed.",
                field="first_on",
            )


def month_of(day: date) -> Period:
    """The month that a day lies in."""
    return Period(PeriodKind.MONTH, day.replace(day=1))


def year_of(day: date) -> Period:
    """The financial year that a day lies in."""
    year = day.year if day.month >= FIRST_MONTH_OF_YEAR else day.year - 1
    return Period(PeriodKind.YEAR, date(year, FIRST_MONTH_OF_YEAR, 1))


def _refuse_no_period(period: Period) -> None:
    around = month_of if period.kind is PeriodKind.MONTH else year_of
    if period != around(period.first_on):
        first = "the first of a month" if period.kind is PeriodKind.MONTH else "the first of April"
        message = f"{in_words(period.first_on)} is not {first}. Choose a {period.kind} from the list."
        raise Invalid("period.not_whole", message, field="first_on")


def _refuse_unfinished(period: Period, today: date) -> None:
    if period.last_on >= today:
        over_on = in_words(period.last_on + timedelta(days=1))
        message = f"{_capital(period.name)} is not over. Close it on {over_on} or later."
        raise Invalid("period.not_over", message, field="first_on")


def _refuse_out_of_turn(period: Period, last_on: date) -> None:
    if period.last_on <= last_on:
        message = f"{_capital(period.name)} is closed already, and stays so. Correct it by further entries."
        raise Conflict("period.closed_before", message, field="first_on")
    due = Period(period.kind, last_on + timedelta(days=1))
    if period != due:
        message = f"Close {due.name} first: periods are closed one after the other."
        raise Conflict("period.out_of_turn", message, field="first_on")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
