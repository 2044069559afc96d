"""What every section of an application has: a name, what is wrong in it, and what is missing."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import ClassVar, Protocol

from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms

REFUSE_UNKNOWN = {"extra": "forbid"}
"""Rows read from outside may hold no other fields: a slip in a name must not lose an answer."""


class SectionName(StrEnum):
    """The sections, in the order of the task list."""

    WHO = "who"
    BUILDING = "building"
    MEASURES = "measures"
    ENERGY = "energy"
    COSTS = "costs"
    MATCH_FUNDING = "match_funding"


class Section(Protocol):
    """One section's answers: any may be absent while the application is a draft, none may be wrong."""

    section: ClassVar[SectionName]

    def wrong(self, terms: FundTerms) -> Iterable[Invalid | None]:
        """What was answered and cannot stand; such answers are not saved."""

    def missing(self, terms: FundTerms) -> Iterable[Problem]:
        """What must still be answered before the application can be submitted."""


def unanswered(needed: dict[str, tuple[object, str]]) -> Iterator[Problem]:
    """A problem for each field without an answer: field -> (answer, what to do)."""
    for field, (answer, message) in needed.items():
        if answer is None or (isinstance(answer, str) and not answer.strip()):
            yield Problem(field, message)
