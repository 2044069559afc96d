"""The times that a statement may be asked for: a month, a financial year, or all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.errors import Invalid

APRIL, DECEMBER = 4, 12
ALL = "all"
EARLIEST, LATEST = date(1900, 1, 1), date(9998, 12, 31)


@dataclass(frozen=True, slots=True)
class Span:
    """A time with the value that a form sends for it, as people call it, and its first and last day."""

    value: str
    name: str
    first_on: date
    last_on: date


WHOLE = Span(ALL, "All of it", EARLIEST, LATEST)


def month(first_on: date) -> Span:
    """The month that begins on a day: October 2026."""
    after = date(first_on.year + first_on.month // DECEMBER, first_on.month % DECEMBER + 1, 1)
    return Span(f"{first_on:%Y-%m}", f"{first_on:%B %Y}", first_on, after - timedelta(days=1))


def year(start: int) -> Span:
    """The financial year that begins in April of a year: 2026 to 2027."""
    name = f"April {start} to March {start + 1}"
    return Span(str(start), name, date(start, APRIL, 1), date(start + 1, APRIL, 1) - timedelta(days=1))


def year_of(day: date) -> Span:
    """The financial year that a day lies in."""
    return year(day.year if day.month >= APRIL else day.year - 1)


def offered(first_on: date, last_on: date) -> Iterator[Span]:
    """All of it, then each financial year with its months, the newest first."""
    yield WHOLE
    for start in range(year_of(last_on).first_on.year, year_of(first_on).first_on.year - 1, -1):
        its = year(start)
        yield its
        months = [date(start + number // 12, number % 12 + 1, 1) for number in range(14, 2, -1)]
        yield from (month(each) for each in months if first_on.replace(day=1) <= each <= last_on)


def read_span(value: str) -> Span:
    """The time that a form's value stands for; Invalid where it is none."""
    start, _, number = value.partition("-")
    try:
        if value == ALL:
            return WHOLE
        return month(date(int(start), int(number), 1)) if number else year(int(start))
    except ValueError as error:
        message = "This is not a month or a financial year. Choose one from the list."
        raise Invalid("span.unknown", message, field="span") from error
