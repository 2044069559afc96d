"""Small checks that forms share, and the way several refusals become one."""

import re
from collections.abc import Iterable
from datetime import date

from shared.errors import Invalid

CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ORGANISATION = re.compile(r"[a-z][a-z-]*:[A-Za-z0-9-]+")
WEB_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)


def refuse_all(code: str, refusals: Iterable[Invalid | None]) -> None:
    """Raise what was found: a single refusal as it is, several as one with every field named."""
    found = [refusal for refusal in refusals if refusal is not None]
    if len(found) == 1:
        raise found[0]
    if found:
        problems = [problem for refusal in found for problem in refusal.problems]
        raise Invalid(code, f"Correct {len(problems)} things before this can be recorded.", problems=problems)


def text_refusal(value: str, *, field: str, name: str, longest: int = 200) -> Invalid | None:
    """Why a required line of text cannot be taken, if it cannot."""
    if not value.strip():
        return Invalid(f"{field}.missing", f"Enter {name}.", field=field)
    if CONTROL_CHARACTER.search(value):
        return Invalid(
            f"{field}.control_character",
            f"Type {name} again: what was pasted holds characters that cannot be seen.",
            field=field,
        )
    if len(value) > longest:
        return Invalid(f"{field}.too_long", f"Shorten {name} to {longest} characters or fewer.", field=field)
    return None


def organisation_refusal(value: str, *, field: str = "organisation") -> Invalid | None:
    """Why an organisation's code (prefix:code, as in the open data) cannot be taken, if it cannot."""
    if ORGANISATION.fullmatch(value):
        return None
    return Invalid(
        "organisation.not_a_code",
        "Give the organisation's code with its prefix, such as local-authority-eng:ISL.",
        field=field,
    )


def web_address_refusal(value: str | None, *, field: str) -> Invalid | None:
    """Why an optional web address cannot be taken, if it cannot."""
    if value is None or (WEB_ADDRESS.fullmatch(value) and not CONTROL_CHARACTER.search(value)):
        return None
    return Invalid(f"{field}.not_an_address", "Give a web address that begins with https://.", field=field)


def future_refusal(value: date, *, today: date, field: str, name: str) -> Invalid | None:
    """Why a date of something that has happened cannot be taken: it has not happened yet."""
    if value <= today:
        return None
    return Invalid(
        f"{field}.in_the_future",
        f"{name} is dated {in_words(value)}, later than today. Check the date.",
        field=field,
    )


def in_words(value: date) -> str:
    """A date as people write it: 12 March 2019."""
    return f"{value.day} {value:%B %Y}"
