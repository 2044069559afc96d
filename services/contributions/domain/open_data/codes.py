"""The specification's code lists, and the words councils write in place of their codes."""

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from enum import StrEnum

from services.contributions.domain.open_data.notes import Parsed, mended, warned
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.register.purposes import ENDED_PURPOSES, PURPOSES


class FundingStatus(StrEnum):
    """What happened to money; returned is in the government's guidance though not in its code list."""

    SECURED = "secured"
    RECEIVED = "received"
    ALLOCATED = "allocated"
    TRANSFERRED = "transferred"
    SPENT = "spent"
    RETURNED = "returned"


DEED_OF_VARIATION = "deed-of-variation"
AGREEMENT_TYPES = {
    "section-106": AgreementKind.SECTION_106,
    "community-infrastructure-levy": AgreementKind.COMMUNITY_INFRASTRUCTURE_LEVY,
    "section-278": AgreementKind.SECTION_278,
    "unilateral-undertaking": AgreementKind.UNILATERAL_UNDERTAKING,
    DEED_OF_VARIATION: AgreementKind.SECTION_106,
}
TYPE_WORDS = {
    "s106": "section-106",
    "s106-agreement": "section-106",
    "section-106-agreement": "section-106",
    "s278": "section-278",
    "s278-agreement": "section-278",
    "section-278-agreement": "section-278",
    "cil": "community-infrastructure-levy",
    "uu": "unilateral-undertaking",
    "dov": DEED_OF_VARIATION,
}
PURPOSE_WORDS = {
    "cil": "community-infrastructure-levy",
    "mayoral-cil": "mayoral-community-infrastructure-levy",
    "neighbourhood-cil": "neighbourhood-community-infrastructure-levy",
    "monitoring": "monitoring-fees",
    "monitoring-fee": "monitoring-fees",
    "s106-monitoring": "monitoring-fees",
}
CLOSE_ENOUGH = 0.93


def read_agreement_type(text: str, field: str = "developer-agreement-type") -> Parsed[AgreementKind | None]:
    """The kind of an agreement; a deed of variation is one under section 106, with a warning."""
    if not text:
        return Parsed(
            None, warned(field, text, "The kind of agreement is not said. Give one such as section-106.")
        )
    code = find_code(text, AGREEMENT_TYPES, TYPE_WORDS)
    if code is None:
        message = (
            "This kind of agreement is not in the list, so it was left open. Give one such as section-106."
        )
        return Parsed(None, warned(field, text, message))
    kind = AGREEMENT_TYPES[code]
    if code == DEED_OF_VARIATION:
        message = "Taken as section 106. Check that the deed it varies does not count the same money."
        return Parsed(kind, warned(field, text, message))
    return Parsed(kind, None if code == text else mended(field, text, f"Read as {code}."))


def read_purpose(text: str, field: str = "contribution-purpose") -> Parsed[str | None]:
    """The code of a purpose; an unknown one leaves it open, so that no fund can draw on the money."""
    code = find_code(text, PURPOSES | ENDED_PURPOSES, PURPOSE_WORDS)
    if code is None:
        message = "This purpose is not in the list, so no fund can use the money. Give one such as highways."
        return Parsed(None, warned(field, text, message))
    return Parsed(code, None if code == text else mended(field, text, f"Read as {code}."))


def find_status(text: str) -> FundingStatus | None:
    """The funding status a text means, or None."""
    code = find_code(text, set(FundingStatus), {})
    return None if code is None else FundingStatus(code)


def find_code(text: str, codes: Collection[str], words: Mapping[str, str]) -> str | None:
    """The code a text means: by its words, by those before a colon or dash, or within a slip of the pen."""
    for part in _parts(text):
        name = normalise(part)
        if name in codes:
            return name
        if name in words:
            return words[name]
    return next(iter(get_close_matches(normalise(text), sorted(codes), 1, CLOSE_ENOUGH)), None)


def normalise(text: str) -> str:
    """Small letters and figures with one hyphen wherever anything else stood."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _parts(text: str) -> Iterator[str]:
    yield text
    yield text.partition(":")[0]
    yield text.partition(" - ")[0]
