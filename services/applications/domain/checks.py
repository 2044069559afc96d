"""Small checks that all answers share, and the way several refusals become one."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from shared.errors import Invalid

LONGEST_LINE = 200
LONGEST_TEXT = 4000
MOST_ROWS = 50
LARGEST_PENCE = 100_000_000_00
LARGEST_KWH = Decimal(1_000_000_000)


def refuse_all(code: str, refusals: Iterable[Invalid | None]) -> None:
    """Raise what was found: a single refusal as it is, several as one with every field named."""
    found = [refusal for refusal in refusals if refusal is not None]
    if len(found) == 1:
        raise found[0]
    if found:
        problems = [problem for refusal in found for problem in refusal.problems]
        raise Invalid(
            code, f"{len(problems)} answers need to be changed. See each of them.", problems=problems
        )


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
        message = f"{name} is above {pounds(LARGEST_PENCE)}. Check the number of digits."
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


def future_refusal(value: date, *, today: date, field: str, name: str) -> Invalid | None:
    """Why a day on which something happened cannot be taken: it has not come yet."""
    if value <= today:
        return None
    message = f"{name} is dated {in_words(value)}, later than today. Check the date."
    return Invalid("date.in_the_future", message, field=field)


def pounds(pence: int) -> str:
    """Pence as pounds for people: £1,234.50."""
    sign = "-" if pence < 0 else ""
    whole, rest = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{rest:02d}"


def in_words(value: date) -> str:
    """A date as people write it: 12 March 2019."""
    return f"{value.day} {value:%B %Y}"


def listed(values: Iterable[str]) -> str:
    """Codes as words in a sentence: heat pump, loft insulation."""
    return ", ".join(value.replace("_", " ") for value in values)
