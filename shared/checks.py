"""Checks that every form shares, and the way several refusals become one."""

import re
from collections.abc import Iterable
from datetime import date

from shared.errors import Invalid
from shared.wording import in_words

CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""What no keyboard types; PostgreSQL cannot hold the first of them."""
ORGANISATION = re.compile(r"[a-z][a-z-]*:[A-Za-z0-9-]+")


def refuse_all(code: str, refusals: Iterable[Invalid | None]) -> None:
    """Raise what was found: a single refusal as it is, several as one with every field named."""
    found = [refusal for refusal in refusals if refusal is not None]
    if len(found) == 1:
        raise found[0]
    if found:
        problems = [problem for refusal in found for problem in refusal.problems]
        raise Invalid(code, f"Correct {len(problems)} things before this can be recorded.", problems=problems)


def text_refusal(
    value: str, *, field: str, name: str, shortest: int = 1, longest: int = 200
) -> Invalid | None:
    """Why a text that must be given cannot be taken, if it cannot (lengths in characters)."""
    code = field.rpartition(".")[2]
    if not value.strip():
        return Invalid(f"{code}.missing", f"Enter {name}.", field=field)
    if CONTROL_CHARACTER.search(value):
        message = f"Type {name} again: what was pasted holds characters that cannot be seen."
        return Invalid(f"{code}.control_character", message, field=field)
    if len(value.strip()) < shortest:
        return Invalid(f"{code}.too_short", f"Write {name} in a whole sentence or more.", field=field)
    if len(value) > longest:
        return Invalid(f"{code}.too_long", f"Shorten {name} to {longest} characters or fewer.", field=field)
    return None


def organisation_refusal(value: str, *, field: str = "organisation") -> Invalid | None:
    """Why an organisation's code (prefix:code, as in the open data) cannot be taken, if it cannot."""
    if ORGANISATION.fullmatch(value):
        return None
    message = "Give the organisation's code with its prefix, such as local-authority-eng:ISL."
    return Invalid("organisation.not_a_code", message, field=field)


def future_refusal(value: date, *, today: date, field: str, name: str) -> Invalid | None:
    """Why a date of something that has happened cannot be taken: it has not happened yet."""
    if value <= today:
        return None
    message = f"{name} is dated {in_words(value)}, later than today. Check the date."
    return Invalid(f"{field}.in_the_future", message, field=field)
