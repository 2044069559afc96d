"""Small checks and wordings that the rules share, and the way several refusals become one."""

import re
from collections.abc import Iterable
from datetime import date

from shared.errors import Invalid

CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SENTENCE_CHARACTERS = 20
"""The least that can be a sentence: shorter reasons tell an applicant nothing."""


def refuse_all(code: str, refusals: Iterable[Invalid | None]) -> None:
    """Raise what was found: a single refusal as it is, several as one with every field named."""
    found = [refusal for refusal in refusals if refusal is not None]
    if len(found) == 1:
        raise found[0]
    if found:
        problems = [problem for refusal in found for problem in refusal.problems]
        raise Invalid(code, f"Correct {len(problems)} things before this can be recorded.", problems=problems)


def text_refusal(
    value: str, *, field: str, name: str, shortest: int = 1, longest: int = 2000
) -> Invalid | None:
    """Why a text cannot be taken, if it cannot (lengths in characters)."""
    code = field.rpartition(".")[2]
    if not value.strip():
        return Invalid(f"{code}.missing", f"Write {name}.", field=field)
    if CONTROL_CHARACTER.search(value):
        message = f"Type {name} again: what was pasted holds characters that cannot be seen."
        return Invalid(f"{code}.control_character", message, field=field)
    if len(value.strip()) < shortest:
        return Invalid(f"{code}.too_short", f"Write {name} in a whole sentence or more.", field=field)
    if len(value) > longest:
        return Invalid(f"{code}.too_long", f"Shorten {name} to {longest} characters or fewer.", field=field)
    return None


def in_pounds(pence: int) -> str:
    """A sum as people write it: £30,000.00."""
    return f"£{pence // 100:,}.{pence % 100:02}"


def in_words(day: date) -> str:
    """A date as people write it: 12 March 2019."""
    return f"{day.day} {day:%B %Y}"
