"""Wards: reference data in dated editions; a deed names those of the edition in force when it was signed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.checks import organisation_refusal, refuse_all, text_refusal
from shared.errors import Invalid
from shared.wording import in_words

WARD_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}")
EARLIEST_EDITION = date(1974, 4, 1)
"""The day on which the districts of the Local Government Act 1972 began; wards before it are of no use."""
MOST_WARDS = 500
MOST_TOLD = 20
"""Of a file that is wrong throughout the first rows are enough to see why."""


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward: its code, such as the ONS's E05013699, and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WardEdition:
    """The wards of an organisation from a day on, until its next edition; `source`: who published them."""

    id: UUID
    organisation: str
    name: str
    valid_from: date
    source: str
    wards: tuple[Ward, ...]


@dataclass(frozen=True, slots=True)
class WardsInForce:
    """The ward codes that a deed may name: an edition's, else those that funds named, else (none) any."""

    codes: frozenset[str]
    edition_id: UUID | None = None
    edition_name: str | None = None

    def refusal(self, ward: str | None, *, field: str = "ward") -> Invalid | None:
        """Why a deed cannot name the ward, if it cannot."""
        if ward is None or ward in self.codes:
            return None
        if not self.codes:
            return text_refusal(ward, field=field, name="the ward's code", longest=30)
        source = f"{self.edition_name}, which the deed goes by" if self.edition_name else "this council"
        message = f"{ward} is not a ward of {source}. Give the code of a ward in it."
        return Invalid("ward.unknown", message, field=field)


def record_edition(edition: WardEdition, *, today: date) -> WardEdition:
    """A new edition as an officer enters it, checked by field and by ward."""
    refuse_all(
        "ward_edition.invalid",
        [
            organisation_refusal(edition.organisation),
            text_refusal(edition.name, field="name", name="a name for the edition"),
            _day_refusal(edition.valid_from, today),
            text_refusal(edition.source, field="source", name="where the wards were published", longest=2000),
            _number_refusal(edition.wards),
            *_refusals_of_wards(edition.wards),
        ],
    )
    return edition


def _day_refusal(valid_from: date, today: date) -> Invalid | None:
    latest = date(today.year + 2, 12, 31)
    if EARLIEST_EDITION <= valid_from <= latest:
        return None
    message = (
        f"Give the day from which these wards are valid, between {in_words(EARLIEST_EDITION)} "
        f"and {in_words(latest)}."
    )
    return Invalid("valid_from.out_of_range", message, field="valid_from")


def _number_refusal(wards: tuple[Ward, ...]) -> Invalid | None:
    if 1 <= len(wards) <= MOST_WARDS:
        return None
    return Invalid(
        "wards.number", f"Give 1 to {MOST_WARDS} wards, each with its code and name.", field="wards"
    )


def _refusals_of_wards(wards: tuple[Ward, ...]) -> Iterator[Invalid]:
    found = (refusal for number, ward in enumerate(wards, 1) for refusal in _ward_refusals(number, ward))
    for _, refusal in zip(range(MOST_TOLD), found, strict=False):
        yield refusal
    repeated = [code for code, times in Counter(ward.code for ward in wards).items() if times > 1]
    if repeated:
        message = f"{', '.join(sorted(repeated)[:MOST_TOLD])} is there more than once. Give each ward once."
        yield Invalid("ward.repeated", message, field="wards")


def _ward_refusals(number: int, ward: Ward) -> Iterator[Invalid]:
    if not WARD_CODE.fullmatch(ward.code):
        message = (
            f"Ward {number}: “{ward.code[:40]}” is no code. Give letters and figures only, such as E05013699."
        )
        yield Invalid("ward.not_a_code", message, field="wards")
    if refusal := text_refusal(ward.name, field="wards", name=f"the name of ward {number}"):
        yield refusal
