"""A fund in the plainest words: what the books must say, without rows, locks or movements."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from uuid import UUID


@dataclass
class PlainPot:
    """Money with its limits; no ward stands for all of them. A reversed receipt brought nothing."""

    pence: int
    spend_by_on: date | None
    ward: str | None
    lawful: bool = True
    interest: int = 0
    returned: int = 0
    is_reversed: bool = False
    refund: tuple[str, int] | None = None

    @property
    def came(self) -> int:
        """What was received, as the books have it now."""
        return 0 if self.is_reversed else self.pence


@dataclass
class PlainPayment:
    """A claim's payment on its way."""

    state: str
    shares: Counter[UUID]


@dataclass
class PlainGrant:
    """One application: `shares` is what its award in force may cost each pot, in the order of drawing."""

    state: str = "new"
    awards: int = 0
    shares: dict[UUID, int] = field(default_factory=dict)
    payable: dict[UUID, int] = field(default_factory=dict)
    payments: dict[UUID, PlainPayment] = field(default_factory=dict)

    @property
    def rest(self) -> Counter[UUID]:
        """What is left of each share: not in a payment."""
        rest = Counter(self.shares)
        for payment in self.payments.values():
            rest -= payment.shares
        return rest


@dataclass
class PlainFund:
    """All pots and grants; every act answers what must become of it."""

    pots: dict[UUID, PlainPot] = field(default_factory=dict)
    grants: dict[int, PlainGrant] = field(default_factory=dict)

    def balances(self) -> dict[UUID, dict[str, int]]:
        """Where the money of each pot is; empty accounts are left out."""
        held: dict[UUID, Counter[str]] = {pot_id: Counter() for pot_id in self.pots}
        for grant in self.grants.values():
            for pot_id, pence in grant.rest.items():
                held[pot_id]["reserved" if grant.state == "reserved" else "committed"] += pence
            for payment in grant.payments.values():
                for pot_id, pence in payment.shares.items():
                    held[pot_id][payment.state] += pence
        return {
            pot_id: {name: pence for name, pence in self._accounts(pot, held[pot_id]).items() if pence}
            for pot_id, pot in self.pots.items()
        }

    def _accounts(self, pot: PlainPot, held: Counter[str]) -> dict[str, int]:
        state, refund = pot.refund or ("refund_requested", 0)
        gone = {state: refund, "returned": pot.returned, **held}
        available = pot.came + pot.interest - sum(gone.values())
        return {"received": pot.came, "interest": pot.interest, "available": available, **gone}

    def available(self, pot_id: UUID) -> int:
        """What nobody holds of a pot."""
        return self.balances()[pot_id].get("available", 0)

    def may_reverse(self, pot_id: UUID) -> bool:
        """A receipt is reversed once, and only while all that is in its pot is available."""
        pot = self.pots[pot_id]
        return pot.came > 0 and self.available(pot_id) == pot.came + pot.interest

    def share_interest(self, pence: int) -> bool:
        """By what each pot held in a month in which nothing moved; whether any held something."""
        balances = self.balances()
        held = {
            pot_id: pot.came - balances[pot_id].get("paid", 0) - pot.returned
            for pot_id, pot in self.pots.items()
            if not pot.is_reversed
        }
        total = sum(each for each in held.values() if each > 0)
        if not total:
            return False
        exact = {pot_id: Fraction(pence * each, total) for pot_id, each in held.items() if each > 0}
        for pot_id, part in exact.items():
            self.pots[pot_id].interest += int(part)
        left_over = pence - sum(map(int, exact.values()))
        luckier = sorted(exact, key=lambda pot_id: (int(exact[pot_id]) - exact[pot_id], pot_id))[:left_over]
        for pot_id in luckier:
            self.pots[pot_id].interest += 1
        return True

    def award(self, number: int, pence: int, ward: str) -> None:
        """Draw on the lawful pots, earliest spend-by first, or be refused and hold nothing."""
        grant = self.grants.setdefault(number, PlainGrant())
        available = {pot_id: held.get("available", 0) for pot_id, held in self.balances().items()}
        lawful = [
            pot_id
            for pot_id, pot in self.pots.items()
            if pot.lawful and pot.ward in {None, ward} and available[pot_id]
        ]
        grant.state = "refused" if sum(available[pot_id] for pot_id in lawful) < pence else "reserved"
        grant.shares = {}
        for pot_id in sorted(lawful, key=lambda each: (self.pots[each].spend_by_on or date.max, each)):
            part = min(available[pot_id], pence) if grant.state == "reserved" else 0
            grant.shares |= {pot_id: part} if part else {}
            pence -= part

    def give_back(self, grant: PlainGrant) -> None:
        """What is in no payment goes back to its pots."""
        spent: Counter[UUID] = Counter()
        for payment in grant.payments.values():
            spent += payment.shares
        grant.state, grant.shares, grant.payable = "released", dict(spent), {}

    def claim(self, grant: PlainGrant, claim_id: UUID, pence: int) -> bool:
        """Whether a verified claim is within what is neither paid nor claimed: then it may be paid."""
        payable = pence <= grant.rest.total() - sum(grant.payable.values())
        if payable:
            grant.payable[claim_id] = pence
        return payable

    def request(self, grant: PlainGrant, claim_id: UUID) -> None:
        """Take a claim from the shares in their order."""
        pence, rest, shares = grant.payable.pop(claim_id), grant.rest, Counter[UUID]()
        for pot_id in grant.shares:
            part = min(rest[pot_id], pence)
            shares += Counter({pot_id: part})
            pence -= part
        grant.payments[claim_id] = PlainPayment("payment_requested", shares)
