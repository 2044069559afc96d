"""Checks of the quantities that statements and policies give."""

from datetime import date
from decimal import Decimal

from shared.errors import Invalid

MOST_TONNES = Decimal(10_000_000)
MOST_KWH = Decimal(10_000_000_000)
MOST_PLACES = 6
PERCENT_PLACES = 4
MOST_DWELLINGS = 100_000
EARLIEST_ON = date(1990, 1, 1)
"""Planning obligations under section 106 go back to the Town and Country Planning Act 1990."""
LATEST_YEAR = 2200
HUNDRED = Decimal(100)


def quantity_refusal(value: Decimal | None, *, field: str, name: str, largest: Decimal) -> Invalid | None:
    """Why an amount of emissions or energy cannot be taken: below zero, too large, or finer than counted."""
    if value is None:
        return None
    if not value.is_finite() or value < 0:
        return Invalid("quantity.negative", f"Enter {name} as a number, 0 or more.", field=field)
    if value > largest:
        message = (
            f"{name[0].upper()}{name[1:]} is above {largest:,}. Check the unit and the number of digits."
        )
        return Invalid("quantity.too_large", message, field=field)
    return places_refusal(value, MOST_PLACES, field=field, name=name)


def places_refusal(value: Decimal, most: int, *, field: str, name: str) -> Invalid | None:
    """Why a number cannot be taken: more decimals than are kept."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= most:
        return None
    return Invalid("quantity.too_fine", f"Enter {name} with at most {most} decimals.", field=field)


def count_refusal(value: int, *, field: str, name: str) -> Invalid | None:
    """Why a number of dwellings cannot be taken."""
    if 0 <= value <= MOST_DWELLINGS:
        return None
    message = f"Enter how many {name} there are, from 0 to {MOST_DWELLINGS:,}."
    return Invalid("dwellings.out_of_range", message, field=field)


def early_refusal(value: date, *, field: str, name: str) -> Invalid | None:
    """Why a date cannot be right: before there were such obligations."""
    if value >= EARLIEST_ON:
        return None
    message = f"{name} is dated before {EARLIEST_ON.year}, when such obligations began. Check the year."
    return Invalid(f"{field.rpartition('.')[2]}.too_early", message, field=field)
