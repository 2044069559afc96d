"""Dates and sums as people write them."""

from datetime import date


def in_words(day: date) -> str:
    """A day: 12 March 2019."""
    return f"{day.day} {day:%B %Y}"


def in_pounds(pence: int) -> str:
    """A sum of pence: £30,000.00."""
    sign = "-" if pence < 0 else ""
    pounds, rest = divmod(abs(pence), 100)
    return f"{sign}£{pounds:,}.{rest:02}"
