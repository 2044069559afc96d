"""Drawing an award from other pots than those proposed: earliest spend-by first is a proposal, not a rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.contributions.domain.grants.grant_funding import GrantFunding
from services.contributions.domain.grants.reservation import Reservation, ReservationState
from services.contributions.domain.pots.drawing import Award, Unlawful, why_unlawful
from services.contributions.domain.pots.pot import AvailablePot, Share
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Invalid, Problem
from shared.wording import in_pounds, in_words

WHY = {
    Unlawful.OTHER_ORGANISATION: "is another organisation's",
    Unlawful.PURPOSE_NOT_IN_POLICY: "may not be spent on what the fund is for",
    Unlawful.WARD_NOT_ALLOWED: "may not be spent in the grant's ward",
    Unlawful.RECIPIENT_NOT_ALLOWED: "may not be granted to this kind of organisation",
    Unlawful.SPEND_BY_PASSED: "is past its spend-by date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawing:
    """Other shares for an award that is not accepted yet, with the reason, which is published."""

    shares: tuple[Share, ...]
    reason: str
    redrawn_on: date
    redrawn_by: str


def redraw(
    funding: GrantFunding,
    award: Award,
    pots: Mapping[UUID, AvailablePot],
    redrawing: Redrawing,
    *,
    today: date,
) -> GrantFunding:
    """The funding borne by other shares; each pot must be lawful and hold its part, all add up to the award.

    `pots` are as they stand, without what this award holds of them.
    """
    held = funding.held
    _expect_reserved(held)
    refuse_all(
        "redrawing.invalid",
        [
            text_refusal(redrawing.reason, field="reason", name="why it is drawn otherwise", longest=2000),
            future_refusal(redrawing.redrawn_on, today=today, field="redrawn_on", name="The change"),
            _before_award_refusal(held, redrawing.redrawn_on),
            _sum_refusal(held, redrawing.shares),
            *_share_refusals(redrawing.shares, award, pots, own=held.shares),
        ],
    )
    _refuse_the_same(held, redrawing.shares)
    shares = tuple(
        replace(share, without_spend_by=pots[share.pot_id].pot.spend_by_on is None)
        for share in sorted(redrawing.shares, key=lambda each: pots[each.pot_id].pot.order)
    )
    return replace(funding, reservation=replace(held, shares=shares), version=funding.version + 1)


def changes(before: Iterable[Share], after: Iterable[Share]) -> tuple[Share, ...]:
    """What each pot bears more, or below zero less, in pence; pots that bear the same are left out."""
    old, new = {each.pot_id: each for each in before}, {each.pot_id: each for each in after}
    moved = (
        replace(new.get(pot_id) or old[pot_id], amount_pence=_pence(new, pot_id) - _pence(old, pot_id))
        for pot_id in dict.fromkeys([*old, *new])
    )
    return tuple(share for share in moved if share.amount_pence)


def _pence(shares: Mapping[UUID, Share], pot_id: UUID) -> int:
    return shares[pot_id].amount_pence if pot_id in shares else 0


def _expect_reserved(held: Reservation) -> None:
    if held.state is not ReservationState.RESERVED:
        raise Conflict(
            "redrawing.not_reserved",
            f"The money of this grant is {held.state}. Only what is reserved can be drawn from other pots, "
            "before the grant is accepted.",
        )


def _before_award_refusal(held: Reservation, redrawn_on: date) -> Invalid | None:
    if redrawn_on >= held.awarded_on:
        return None
    message = f"{in_words(redrawn_on)} is before the award of {in_words(held.awarded_on)}. Check the date."
    return Invalid("redrawing.before_award", message, field="redrawn_on")


def _sum_refusal(held: Reservation, shares: Iterable[Share]) -> Invalid | None:
    total_pence = sum(share.amount_pence for share in shares)
    if total_pence == held.amount_pence:
        return None
    return Invalid(
        "redrawing.other_sum",
        f"The shares add up to {in_pounds(total_pence)}; the award is {in_pounds(held.amount_pence)}.",
        field="shares",
    )


def _share_refusals(
    shares: Iterable[Share], award: Award, pots: Mapping[UUID, AvailablePot], *, own: Iterable[Share]
) -> list[Invalid | None]:
    mine = {share.pot_id: share.amount_pence for share in own}
    seen: set[UUID] = set()
    found: list[Invalid | None] = []
    for number, share in enumerate(shares):
        why = "is named twice" if share.pot_id in seen else None
        seen.add(share.pot_id)
        why = why or _why_not(share, award, pots.get(share.pot_id), mine.get(share.pot_id, 0))
        if why:
            message = f"A pot {why}. Choose another pot or sum."
            problem = Problem(f"shares.{number}", message)
            found.append(Invalid("redrawing.share", message, problems=[problem]))
    return found


def _why_not(share: Share, award: Award, found: AvailablePot | None, own_pence: int) -> str | None:
    if share.amount_pence <= 0:
        return "bears nothing: leave it out, or give it a sum above zero"
    if found is None:
        return "is not there"
    unlawful = why_unlawful(award, found.pot)
    if unlawful is not None:
        return WHY[unlawful]
    if share.amount_pence > found.available_pence + own_pence:
        return f"holds only {in_pounds(found.available_pence + own_pence)} for this award"
    return None


def _refuse_the_same(held: Reservation, shares: Iterable[Share]) -> None:
    if not changes(held.shares, shares):
        message = "These are the shares that are reserved already. There is nothing to change."
        raise Conflict("redrawing.nothing_changes", message)
