"""Financial years: from 1 April to 31 March, named by the year in which they begin."""

from datetime import date

from shared.errors import Invalid

FIRST_YEAR = 1990
"""Section 106 of the Town and Country Planning Act 1990: no planning obligation under it is older."""
FIRST_MONTH = 4


def financial_year(day: date) -> int:
    """The financial year in which a day lies: 31 March 2026 is in 2025."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(year: int) -> date:
    """The first day of a financial year."""
    return date(year, FIRST_MONTH, 1)


def in_words(year: int) -> str:
    """A financial year as councils write it: 2025/26."""
    return f"{year}/{(year + 1) % 100:02}"


def refuse_year(year: int, *, today: date) -> None:
    """Raise Invalid for a year that cannot be stated: before there were obligations, or not yet begun."""
    if not FIRST_YEAR <= year <= financial_year(today):
        message = f"Choose a financial year from {in_words(FIRST_YEAR)} to {in_words(financial_year(today))}."
        raise Invalid("year.out_of_range", message, field="year")
