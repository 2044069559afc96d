"""What every act of the team must keep: days that can be, and words that say something."""

from datetime import date

from shared.errors import Invalid
from shared.wording import in_words


def refuse_day_outside(day: date, *, field: str, earliest: date, since: str, today: date) -> None:
    """Refuse the day of an act that is before what it follows (`since`), or later than today."""
    if day < earliest:
        message = f"This is before {in_words(earliest)}, {since}. Check the date."
        raise Invalid(f"{field}.too_early", message, field=field)
    if day > today:
        message = f"This day has not come yet: today is {in_words(today)}. Check the date."
        raise Invalid(f"{field}.in_future", message, field=field)


def refuse_period_outside(starts_on: date, ends_before: date, *, last_end: date) -> None:
    """Refuse a half-open period that is empty or ends later than it may."""
    if ends_before <= starts_on:
        message = "The period ends before it has a day. The last day is not part of it: check both dates."
        raise Invalid("period.empty", message, field="period_end")
    if ends_before > last_end:
        message = f"The period must end on {in_words(last_end)} or earlier. Check its end."
        raise Invalid("period_end.too_late", message, field="period_end")


def required_text(text: str, *, field: str, name: str, longest: int) -> str:
    """The text without blanks around it; refused where nothing is left or it is too long."""
    stripped = text.strip()
    if not stripped:
        raise Invalid(f"{field}.empty", f"Write {name}.", field=field)
    if len(stripped) > longest or "\0" in stripped:
        message = f"Write {name} in at most {longest:,} characters."
        raise Invalid(f"{field}.too_long", message, field=field)
    return stripped
