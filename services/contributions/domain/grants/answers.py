"""Awards answered one after the other: what one of them takes from the pots is gone for the next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from services.contributions.domain.grants.grant_funding import GrantFunding
from services.contributions.domain.pots.drawing import Award, Shortfall, choose_shares
from services.contributions.domain.pots.pot import AvailablePot, Share


@dataclass(frozen=True, slots=True)
class AskedAward:
    """An award that asks for its money, under its own id."""

    award_id: UUID
    award: Award


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an award: its grant's funding after it, and where it was refused what was there."""

    asked: AskedAward
    funding: GrantFunding
    shortfall: Shortfall | None = None

    @property
    def shares(self) -> tuple[Share, ...]:
        """What the pots hold for it from now on; nothing where it was refused."""
        return () if self.shortfall else self.funding.held.shares


def answer_in_turn(
    asked: Iterable[AskedAward], fundings: Mapping[UUID, GrantFunding], pots: Iterable[AvailablePot]
) -> list[Answer]:
    """Answer awards in their order; the fundings and pots are as they stand before the first."""
    known, left = dict(fundings), {each.pot.id: each for each in pots}
    answers = []
    for each in asked:
        answer = _answer(each, known.get(each.award.application_id), left.values())
        known[each.award.application_id] = answer.funding
        for share in answer.shares:
            left[share.pot_id] = _after(left[share.pot_id], share)
        answers.append(answer)
    return answers


def _answer(asked: AskedAward, found: GrantFunding | None, pots: Iterable[AvailablePot]) -> Answer:
    award = asked.award
    funding = found or GrantFunding(application_id=award.application_id, organisation=award.organisation)
    chosen = choose_shares(award, pots)
    if isinstance(chosen, Shortfall):
        return Answer(asked, funding.refuse(), chosen)
    return Answer(asked, funding.reserve(award, chosen, award_id=asked.award_id))


def _after(pot: AvailablePot, share: Share) -> AvailablePot:
    return replace(pot, available_pence=pot.available_pence - share.amount_pence)
