"""Who applies: what the organisation is in law, and that the person may act for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from services.applications.domain.checks import length_refusal
from services.applications.domain.sections.section import SectionName, unanswered
from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The organisation's legal status in its own words, and the applicant's confirmation."""

    section: ClassVar[SectionName] = SectionName.WHO

    legal_status: str | None = None
    may_act: bool | None = None

    def wrong(self, _terms: FundTerms) -> Iterator[Invalid | None]:
        """A legal status that is no short line."""
        yield length_refusal(self.legal_status, field="legal_status", name="The legal status")

    def missing(self, _terms: FundTerms) -> Iterator[Problem]:
        """The status, and the confirmation without which nobody can apply."""
        message = "Say what the organisation is in law, such as registered charity or parish council."
        yield from unanswered({"legal_status": (self.legal_status, message)})
        if not self.may_act:
            yield Problem("may_act", "Confirm that the organisation has agreed that you apply for it.")
