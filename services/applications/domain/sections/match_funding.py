"""Money from elsewhere, and what is asked of the fund, in pence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from services.applications.domain.checks import length_refusal, pence_refusal, rows_refusal
from services.applications.domain.sections.section import REFUSE_UNKNOWN, SectionName, unanswered
from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFundingLine:
    """One other source of money, and whether it is confirmed."""

    __pydantic_config__: ClassVar[dict[str, str]] = REFUSE_UNKNOWN

    source: str | None = None
    amount_pence: int | None = None
    confirmed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchFunding:
    """What others give towards the eligible cost, and the grant that is asked for."""

    section: ClassVar[SectionName] = SectionName.MATCH_FUNDING

    match_funding: tuple[MatchFundingLine, ...] = ()
    requested_pence: int | None = None

    @property
    def total_pence(self) -> int:
        """What all other sources give together, confirmed or not."""
        return sum(line.amount_pence or 0 for line in self.match_funding)

    def wrong(self, _terms: FundTerms) -> Iterator[Invalid | None]:
        """Sums that are none."""
        yield rows_refusal(len(self.match_funding), field="match_funding")
        for row, line in enumerate(self.match_funding):
            place, name = f"match_funding.{row}", f"Match funding {row + 1}"
            yield length_refusal(line.source, field=f"{place}.source", name=f"{name}: the source")
            yield pence_refusal(line.amount_pence, field=f"{place}.amount_pence", name=f"{name}: the sum")
        yield pence_refusal(self.requested_pence, field="requested_pence", name="The grant you ask for")

    def missing(self, _terms: FundTerms) -> Iterator[Problem]:
        """The sum asked for; no row half filled. No match funding at all is an answer."""
        for row, line in enumerate(self.match_funding):
            place, name = f"match_funding.{row}", f"Match funding {row + 1}"
            yield from unanswered(
                {
                    f"{place}.source": (line.source, f"{name}: say who gives it."),
                    f"{place}.amount_pence": (line.amount_pence, f"{name}: enter the sum."),
                    f"{place}.confirmed": (line.confirmed, f"{name}: say whether it is confirmed."),
                }
            )
        if self.requested_pence is None:
            yield Problem("requested_pence", "Enter the grant you ask for.")
