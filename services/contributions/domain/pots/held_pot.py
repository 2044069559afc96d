"""A pot as the books hold it: with its balances, and whoever holds money of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from services.contributions.domain.ledger.ledger import PotBalance
from services.contributions.domain.pots.pot import Pot
from shared.wording import in_pounds

STATES = {"reserved": "reserved for", "committed": "committed to", "paid": "paid to"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A grant that a pot's money is reserved for, committed to or was paid to, in pence."""

    name: str
    state: str
    amount_pence: int

    def __str__(self) -> str:
        """What the grant holds, in words."""
        return f"{in_pounds(self.amount_pence)} is {STATES[self.state]} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPot:
    """A pot with where its money is now; the version counts the facts published about it.

    `developer` is the reference of its agreement, the party that its money came from. `refund_with_interest`
    is None while nobody has said what the deed says.
    """

    pot: Pot
    developer: str
    opened_by: Literal["receipt", "import"]
    balance: PotBalance
    holders: Sequence[Holder] = ()
    refund_with_interest: bool | None = None
    deed_on: date | None = None
    version: int = 1

    @property
    def refundable_pence(self) -> int:
        """What of the pot can be refunded: all that is available, without interest where the deed says so."""
        available_pence = self.balance.available_pence
        if self.refund_with_interest is False:
            return max(available_pence - self.balance.interest_pence, 0)
        return available_pence

    def published(self) -> "HeldPot":
        """The pot once one more fact about it is published."""
        return replace(self, version=self.version + 1)
