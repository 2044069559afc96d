"""Calendar months added to a date, as deeds count them."""

from calendar import monthrange
from datetime import date

MONTHS_IN_A_YEAR = 12


def add_months(start: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day where it is shorter."""
    years, month_index = divmod(start.month - 1 + months, MONTHS_IN_A_YEAR)
    year, month = start.year + years, month_index + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
