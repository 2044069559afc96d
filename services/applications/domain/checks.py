"""Small checks that all answers share."""

from collections.abc import Iterable
from decimal import Decimal

from shared.errors import Invalid
from shared.wording import in_pounds

LONGEST_LINE = 200
LONGEST_TEXT = 4000
MOST_ROWS = 50
LARGEST_PENCE = 100_000_000_00
LARGEST_KWH = Decimal(1_000_000_000)


def length_refusal(
    value: str | None, *, field: str, name: str, longest: int = LONGEST_LINE
) -> Invalid | None:
    """Why an answer in words is too long, if it is."""
    if value is None or len(value) <= longest:
        return None
    message = f"{name} has {len(value)} characters. Shorten it to {longest} or fewer."
    return Invalid("text.too_long", message, field=field)


def required_refusal(
    value: str | None, *, field: str, name: str, longest: int = LONGEST_LINE
) -> Invalid | None:
    """Why a name or other line that must be given cannot be taken, if it cannot."""
    if value is None or not value.strip():
        return Invalid("text.missing", f"Enter {name[0].lower()}{name[1:]}.", field=field)
    return length_refusal(value, field=field, name=name, longest=longest)


def pence_refusal(value: int | None, *, field: str, name: str, allow_zero: bool = False) -> Invalid | None:
    """Why a sum in pence cannot be taken (negative, zero, above 100 million pounds), if it cannot."""
    if value is None or (0 < value <= LARGEST_PENCE) or (value == 0 and allow_zero):
        return None
    if value > LARGEST_PENCE:
        message = f"{name} is above {in_pounds(LARGEST_PENCE)}. Check the number of digits."
        return Invalid("money.too_large", message, field=field)
    least = "zero or more" if allow_zero else "above zero"
    return Invalid("money.not_positive", f"{name} must be {least}.", field=field)


def kwh_refusal(value: Decimal | None, *, field: str, name: str) -> Invalid | None:
    """Why an amount of energy in kWh cannot be taken (zero, negative, absurdly large), if it cannot."""
    if value is None or 0 < value <= LARGEST_KWH:
        return None
    message = f"{name} must be above zero and at most {LARGEST_KWH:,} kWh. Check the figure and its unit."
    return Invalid("energy.out_of_range", message, field=field)


def rows_refusal(count: int, *, field: str) -> Invalid | None:
    """Why a table has too many rows, if it has."""
    if count <= MOST_ROWS:
        return None
    message = f"There are {count} rows; {MOST_ROWS} is the most. Put small ones together."
    return Invalid("rows.too_many", message, field=field)


def listed(values: Iterable[str]) -> str:
    """Codes as words in a sentence: heat pump, loft insulation."""
    return ", ".join(value.replace("_", " ") for value in values)
