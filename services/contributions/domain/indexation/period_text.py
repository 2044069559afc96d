"""The period that a cell of a file means, in the ways that publishers and spreadsheets write one."""

import re
from datetime import date

from services.contributions.domain.indexation.periods import MONTHS_IN_A_QUARTER, Frequency

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CENTURY, THIS_CENTURY_UNTIL = 100, 70
YEAR_FIRST = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-\d{1,2})?(?:T.*)?")
DAY_FIRST = re.compile(r"(?:\d{1,2}/)?(?P<month>\d{1,2})/(?P<year>\d{4})")
MONTH_NAMED = re.compile(r"(?:\d{1,2}[ -])?(?P<name>[a-z]{3,9})\.?[ -]*'?(?P<year>\d{4}|\d{2})")
YEAR_NAMED = re.compile(r"(?P<year>\d{4})[ -]*(?P<name>[a-z]{3,9})")
QUARTERS = (
    re.compile(r"(?P<year>\d{4})[ -]*q(?P<quarter>[1-4])"),
    re.compile(r"q(?P<quarter>[1-4])[ -]*(?P<year>\d{4})"),
    re.compile(r"(?P<quarter>[1-4])q[ -]*(?P<year>\d{4})"),
)
YEAR = re.compile(r"(?P<year>\d{4})")


def read_period(text: str) -> tuple[Frequency, date] | None:
    """How long a period is meant, and its first day; None where the text is no period.

    Months: 2024-03, 2024-03-01, 01/03/2024, 03/2024, Mar 2024, March 2024, Mar-24, 2024 MAR. Quarters:
    2024 Q1, Q1 2024, 1Q 2024. Years: 2024. The 2024 MAR and 2024 Q1 are those of the Office for National
    Statistics.
    """
    plain = " ".join(text.casefold().split())
    month = _month(plain)
    if month is not None:
        return Frequency.MONTHLY, month
    for pattern in QUARTERS:
        if found := pattern.fullmatch(plain):
            first = (int(found["quarter"]) - 1) * MONTHS_IN_A_QUARTER + 1
            return Frequency.QUARTERLY, date(int(found["year"]), first, 1)
    if found := YEAR.fullmatch(plain):
        return _dated(int(found["year"]), 1, Frequency.YEARLY)
    return None


def _dated(year: int, month: int, frequency: Frequency) -> tuple[Frequency, date] | None:
    return (frequency, date(year, month, 1)) if year > 0 and 1 <= month <= len(MONTHS) else None


def _month(text: str) -> date | None:
    for pattern in (YEAR_FIRST, DAY_FIRST):
        if found := pattern.fullmatch(text):
            dated = _dated(int(found["year"]), int(found["month"]), Frequency.MONTHLY)
            return dated and dated[1]
    for pattern in (MONTH_NAMED, YEAR_NAMED):
        found = pattern.fullmatch(text)
        if found and found["name"][:3] in MONTHS and _is_month(found["name"]):
            return date(_full(int(found["year"])), MONTHS.index(found["name"][:3]) + 1, 1)
    return None


def _is_month(name: str) -> bool:
    """Whether a word is a month's name, whole or cut short: sept is, marble is not."""
    index = MONTHS.index(name[:3])
    return f"{date(2000, index + 1, 1):%B}".casefold().startswith(name)


def _full(year: int) -> int:
    if year >= CENTURY:
        return year
    return year + (2000 if year < THIS_CENTURY_UNTIL else 1900)
