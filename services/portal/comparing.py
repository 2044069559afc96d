"""How a promise of a year is held against what was measured: for as many days."""

from datetime import date
from decimal import Decimal

DAYS_OF_A_YEAR = 365
YEARS = frozenset({365, 366})


def promised_in(a_year: Decimal, period_start: date, period_end: date) -> Decimal:
    """What was promised for [start, end): for a year the whole promise, else in proportion to the days."""
    days = (period_end - period_start).days
    return a_year if days in YEARS else a_year * days / DAYS_OF_A_YEAR
