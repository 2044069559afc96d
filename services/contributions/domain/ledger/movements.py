"""The ledger's movement for each act on the money, each naming the event or command that caused it."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from services.contributions.domain.grants.payment import Payment, PaymentState
from services.contributions.domain.grants.reservation import Reservation, ReservationState
from services.contributions.domain.ledger.ledger import Movement, MovementKind, move
from services.contributions.domain.pots.pot import Pot, Share


def for_receipt(pot: Pot, *, cause_id: UUID, developer: str) -> Movement:
    """A developer's money arrives in its pot."""
    return move(MovementKind.RECEIPT, [_whole(pot)], cause_id=cause_id, party=developer)


def for_opening_balance(pot: Pot, *, cause_id: UUID, source: str) -> Movement:
    """What an import says a contribution still holds is put into its pot."""
    return move(MovementKind.OPENING_BALANCE, [_whole(pot)], cause_id=cause_id, party=source)


def for_redrawing(moved: Iterable[Share], *, cause_id: UUID) -> list[Movement]:
    """Where an award is drawn otherwise: less from some pots, released, and as much from others, reserved."""
    changed = list(moved)
    less = [replace(each, amount_pence=-each.amount_pence) for each in changed if each.amount_pence < 0]
    more = [each for each in changed if each.amount_pence > 0]
    return [
        move(MovementKind.RELEASE_OF_RESERVATION, less, cause_id=cause_id),
        move(MovementKind.RESERVATION, more, cause_id=cause_id),
    ]


def for_interest(shares: Iterable[Share], *, cause_id: UUID) -> Movement:
    """What held money earned is added to the pots that held it."""
    return move(MovementKind.INTEREST, shares, cause_id=cause_id, party="bank")


def for_reversal(pot_id: UUID, amount_pence: int, *, cause_id: UUID, developer: str) -> Movement:
    """A receipt that was recorded by mistake is taken back out of its pot."""
    shares = [Share(pot_id, amount_pence)]
    return move(MovementKind.REVERSAL_OF_RECEIPT, shares, cause_id=cause_id, party=developer)


def for_refund(
    kind: MovementKind, pot_id: UUID, amount_pence: int, *, cause_id: UUID, developer: str
) -> Movement:
    """A step of a refund; once it is returned, the deed's developer stands for whoever it names as payee."""
    return move(kind, [Share(pot_id, amount_pence)], cause_id=cause_id, party=developer)


def for_correction(pot_id: UUID, amount_pence: int, *, cause_id: UUID, source: str) -> Movement:
    """A balance that was taken over is less than was said."""
    kind, share = MovementKind.CORRECTION_OF_OPENING_BALANCE, Share(pot_id, amount_pence)
    return move(kind, [share], cause_id=cause_id, party=source)


def for_reservation(reservation: Reservation, *, cause_id: UUID) -> Movement:
    """An award's shares are set aside."""
    return move(MovementKind.RESERVATION, reservation.shares, cause_id=cause_id)


def for_commitment(reservation: Reservation, *, cause_id: UUID) -> Movement:
    """The shares of an accepted grant are bound to it."""
    return move(MovementKind.COMMITMENT, reservation.shares, cause_id=cause_id)


def for_release(before: Reservation, *, cause_id: UUID) -> Movement:
    """What the reservation held before its release goes back to its pots."""
    kind = (
        MovementKind.RELEASE_OF_RESERVATION
        if before.state is ReservationState.RESERVED
        else MovementKind.RELEASE_OF_COMMITMENT
    )
    return move(kind, before.remaining_shares, cause_id=cause_id)


def for_payment_request(payment: Payment, *, cause_id: UUID) -> Movement:
    """Committed money is asked for."""
    return move(MovementKind.PAYMENT_REQUEST, payment.shares, cause_id=cause_id)


def for_payment_approval(payment: Payment, *, cause_id: UUID) -> Movement:
    """A second person agrees that the money may leave."""
    return move(MovementKind.PAYMENT_APPROVAL, payment.shares, cause_id=cause_id)


def for_payment(payment: Payment, *, cause_id: UUID, grantee: str) -> Movement:
    """The money has left for the grantee."""
    return move(MovementKind.PAYMENT, payment.shares, cause_id=cause_id, party=grantee)


def for_payment_refusal(before: Payment, *, cause_id: UUID) -> Movement:
    """The money of a payment that will not be made is committed again."""
    kind = (
        MovementKind.REFUSAL_OF_REQUESTED_PAYMENT
        if before.state is PaymentState.REQUESTED
        else MovementKind.REFUSAL_OF_APPROVED_PAYMENT
    )
    return move(kind, before.shares, cause_id=cause_id)


def _whole(pot: Pot) -> Share:
    return Share(pot.id, pot.received_pence)
