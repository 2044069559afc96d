"""The pots an award may lawfully draw on, and what each of them bears."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.money import amount_refusal
from services.contributions.domain.pots.pot import AvailablePot, Pot, Share


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """A grant that asks the fund for money: how much, where, decided when, under which policy's purposes.

    `recipient` is the kind of organisation that is granted it, None where that is not known.
    """

    application_id: UUID
    amount_pence: int
    organisation: str
    ward: str
    purposes: frozenset[str]
    decided_on: date
    recipient: str | None = None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why an award cannot be funded: what was asked and what may lawfully be drawn, in pence."""

    requested_pence: int
    lawfully_available_pence: int

    @property
    def shortfall_pence(self) -> int:
        """What is missing, in pence."""
        return self.requested_pence - self.lawfully_available_pence


class Unlawful(StrEnum):
    """Why an award may not draw on a pot."""

    OTHER_ORGANISATION = "other_organisation"
    PURPOSE_NOT_IN_POLICY = "purpose_not_in_policy"
    WARD_NOT_ALLOWED = "ward_not_allowed"
    RECIPIENT_NOT_ALLOWED = "recipient_not_allowed"
    SPEND_BY_PASSED = "spend_by_passed"


def why_unlawful(award: Award, pot: Pot) -> Unlawful | None:
    """Why the award may not draw on the pot, or None where it may; the spend-by day itself still counts."""
    if pot.organisation != award.organisation:
        return Unlawful.OTHER_ORGANISATION
    if not pot.spendable_on & award.purposes:
        return Unlawful.PURPOSE_NOT_IN_POLICY
    if pot.wards and award.ward not in pot.wards:
        return Unlawful.WARD_NOT_ALLOWED
    if pot.recipients and award.recipient not in pot.recipients:
        return Unlawful.RECIPIENT_NOT_ALLOWED
    if pot.spend_by_on is not None and pot.spend_by_on < award.decided_on:
        return Unlawful.SPEND_BY_PASSED
    return None


def choose_shares(award: Award, pots: Iterable[AvailablePot]) -> tuple[Share, ...] | Shortfall:
    """Split the award to the penny over its lawful pots, earliest spend-by first, or say what is missing."""
    refusal = amount_refusal(award.amount_pence)
    if refusal is not None:
        raise refusal
    lawful = sorted(
        (each for each in pots if each.available_pence > 0 and why_unlawful(award, each.pot) is None),
        key=lambda each: each.pot.order,
    )
    available_pence = sum(each.available_pence for each in lawful)
    if available_pence < award.amount_pence:
        return Shortfall(award.amount_pence, available_pence)
    return take_in_order(
        award.amount_pence,
        [Share(each.pot.id, each.available_pence, each.pot.spend_by_on is None) for each in lawful],
    )


def take_in_order(amount_pence: int, shares: Sequence[Share]) -> tuple[Share, ...]:
    """Take a sum from shares in their order, each to its end before the next; empty parts are left out."""
    taken: list[Share] = []
    missing_pence = amount_pence
    for share in shares:
        part_pence = min(missing_pence, share.amount_pence)
        if part_pence > 0:
            taken.append(Share(share.pot_id, part_pence, share.without_spend_by))
        missing_pence -= part_pence
    if missing_pence:
        raise ValueError(f"{missing_pence} pence more than the shares hold")
    return tuple(taken)
