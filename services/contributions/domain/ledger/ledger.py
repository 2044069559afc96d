"""The fund's books: every movement of money as lines that add up to nothing, pot by pot, with its cause."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.ledger.accounts import BALANCES, OUTSIDE, SOURCES, Account
from services.contributions.domain.pots.pot import Share
from shared.errors import Conflict
from shared.wording import in_pounds


class MovementKind(StrEnum):
    """What happened to the money."""

    RECEIPT = "receipt"
    OPENING_BALANCE = "opening_balance"
    RESERVATION = "reservation"
    COMMITMENT = "commitment"
    RELEASE_OF_RESERVATION = "release_of_reservation"
    RELEASE_OF_COMMITMENT = "release_of_commitment"
    PAYMENT_REQUEST = "payment_request"
    PAYMENT_APPROVAL = "payment_approval"
    PAYMENT = "payment"
    REFUSAL_OF_REQUESTED_PAYMENT = "refusal_of_requested_payment"
    REFUSAL_OF_APPROVED_PAYMENT = "refusal_of_approved_payment"
    REVERSAL_OF_RECEIPT = "reversal_of_receipt"
    CORRECTION_OF_OPENING_BALANCE = "correction_of_opening_balance"
    INTEREST = "interest"
    REFUND_REQUEST = "refund_request"
    REFUND_APPROVAL = "refund_approval"
    REFUND = "refund"
    REFUSAL_OF_REQUESTED_REFUND = "refusal_of_requested_refund"
    REFUSAL_OF_APPROVED_REFUND = "refusal_of_approved_refund"


_FROM_TO = {
    MovementKind.RECEIPT: (Account.RECEIVED, Account.AVAILABLE),
    MovementKind.OPENING_BALANCE: (Account.OPENING_BALANCE, Account.AVAILABLE),
    MovementKind.RESERVATION: (Account.AVAILABLE, Account.RESERVED),
    MovementKind.COMMITMENT: (Account.RESERVED, Account.COMMITTED),
    MovementKind.RELEASE_OF_RESERVATION: (Account.RESERVED, Account.AVAILABLE),
    MovementKind.RELEASE_OF_COMMITMENT: (Account.COMMITTED, Account.AVAILABLE),
    MovementKind.PAYMENT_REQUEST: (Account.COMMITTED, Account.PAYMENT_REQUESTED),
    MovementKind.PAYMENT_APPROVAL: (Account.PAYMENT_REQUESTED, Account.PAYMENT_APPROVED),
    MovementKind.PAYMENT: (Account.PAYMENT_APPROVED, Account.PAID),
    MovementKind.REFUSAL_OF_REQUESTED_PAYMENT: (Account.PAYMENT_REQUESTED, Account.COMMITTED),
    MovementKind.REFUSAL_OF_APPROVED_PAYMENT: (Account.PAYMENT_APPROVED, Account.COMMITTED),
    MovementKind.REVERSAL_OF_RECEIPT: (Account.AVAILABLE, Account.RECEIVED),
    MovementKind.CORRECTION_OF_OPENING_BALANCE: (Account.AVAILABLE, Account.OPENING_BALANCE),
    MovementKind.INTEREST: (Account.INTEREST_EARNED, Account.AVAILABLE),
    MovementKind.REFUND_REQUEST: (Account.AVAILABLE, Account.REFUND_REQUESTED),
    MovementKind.REFUND_APPROVAL: (Account.REFUND_REQUESTED, Account.REFUND_APPROVED),
    MovementKind.REFUND: (Account.REFUND_APPROVED, Account.RETURNED),
    MovementKind.REFUSAL_OF_REQUESTED_REFUND: (Account.REFUND_REQUESTED, Account.AVAILABLE),
    MovementKind.REFUSAL_OF_APPROVED_REFUND: (Account.REFUND_APPROVED, Account.AVAILABLE),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One side of a movement, in pence: above zero a debit of a pot's account, below zero a credit.

    The party is whoever stands outside the fund: the deed's developer, the bank or the grantee.
    """

    account: Account
    pot_id: UUID
    amount_pence: int
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """Lines written together because of one event or command; they add up to zero in every pot."""

    kind: MovementKind
    cause_id: UUID
    lines: tuple[Line, ...]

    def __post_init__(self) -> None:
        """Refuse lines that do not balance: such a movement is a fault of the program, not of its user."""
        totals: Counter[UUID] = Counter()
        for line in self.lines:
            totals[line.pot_id] += line.amount_pence
        if not self.lines or any(totals.values()):
            raise ValueError(f"the lines of a {self.kind} do not balance: {dict(totals)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PotBalance:
    """Where the money of one pot is, in pence: one field for each of BALANCES."""

    received_pence: int = 0
    interest_pence: int = 0
    available_pence: int = 0
    reserved_pence: int = 0
    committed_pence: int = 0
    payment_requested_pence: int = 0
    payment_approved_pence: int = 0
    paid_pence: int = 0
    refund_requested_pence: int = 0
    refund_approved_pence: int = 0
    returned_pence: int = 0


def move(
    kind: MovementKind, shares: Iterable[Share], *, cause_id: UUID, party: str | None = None
) -> Movement:
    """The balanced lines of one movement over its shares; the party stands on the outside account."""
    source, target = _FROM_TO[kind]
    lines: list[Line] = []
    for share in shares:
        if share.amount_pence <= 0:
            raise ValueError(f"a movement of {share.amount_pence} pence")
        lines.append(Line(source, share.pot_id, -share.amount_pence, party if source in OUTSIDE else None))
        lines.append(Line(target, share.pot_id, share.amount_pence, party if target in OUTSIDE else None))
    return Movement(kind, cause_id, tuple(lines))


def line_totals(movements: Iterable[Movement]) -> dict[tuple[UUID, Account], int]:
    """The signed pence of every account of every pot: the trial balance, which adds up to zero."""
    totals: Counter[tuple[UUID, Account]] = Counter()
    for movement in movements:
        for line in movement.lines:
            totals[line.pot_id, line.account] += line.amount_pence
    return dict(totals)


def balances(movements: Iterable[Movement]) -> dict[UUID, PotBalance]:
    """The balance of each pot, worked out from all its lines; Conflict where one would be below zero."""
    totals = line_totals(movements)
    return {pot_id: _balance(pot_id, totals) for pot_id in sorted({pot_id for pot_id, _ in totals})}


def _balance(pot_id: UUID, totals: Mapping[tuple[UUID, Account], int]) -> PotBalance:
    def pence(account: Account) -> int:
        held = totals.get((pot_id, account), 0) * (-1 if account in SOURCES else 1)
        if held < 0:
            raise Conflict(
                "ledger.overdrawn",
                f"The {account} account of pot {pot_id} would be {in_pounds(-held)} below zero. "
                "Look at the pot again: somebody may have used it meanwhile.",
            )
        return held

    return PotBalance(**{f"{name}_pence": sum(map(pence, accounts)) for name, accounts in BALANCES.items()})
