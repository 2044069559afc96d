"""The fund's promise to one grant: reserved, committed, paid in parts from its pots, the rest released."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.grants.payment import Payment, PaymentState
from services.contributions.domain.money import amount_refusal
from services.contributions.domain.pots.drawing import Award, take_in_order
from services.contributions.domain.pots.pot import Share
from shared.errors import Conflict, Invalid, NotFound
from shared.wording import in_pounds


class ReservationState(StrEnum):
    """How far the promise has come; released means nothing is held any more, whatever was paid before."""

    RESERVED = "reserved"
    COMMITTED = "committed"
    PAID = "paid"
    RELEASED = "released"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What the pots hold for one application, its payments, and what went back to the pots, in pence."""

    id: UUID
    application_id: UUID
    awarded_on: date
    shares: tuple[Share, ...]
    state: ReservationState = ReservationState.RESERVED
    payments: tuple[Payment, ...] = ()
    released_shares: tuple[Share, ...] = ()
    version: int = 1

    @property
    def amount_pence(self) -> int:
        """The whole of what was reserved, in pence."""
        return _total(self.shares)

    @property
    def paid_pence(self) -> int:
        """What has left the council, in pence."""
        return sum(payment.amount_pence for payment in self.payments if payment.state is PaymentState.PAID)

    @property
    def remaining_shares(self) -> tuple[Share, ...]:
        """What each pot still holds for this grant: not released and not in a payment that stands."""
        gone = [
            *self.released_shares,
            *(share for payment in self.standing_payments for share in payment.shares),
        ]
        remaining = (
            replace(share, amount_pence=share.amount_pence - _total_of_pot(gone, share.pot_id))
            for share in self.shares
        )
        return tuple(share for share in remaining if share.amount_pence)

    @property
    def remaining_pence(self) -> int:
        """The sum of the remaining shares, in pence."""
        return _total(self.remaining_shares)

    @property
    def standing_payments(self) -> tuple[Payment, ...]:
        """The payments that were not refused."""
        return tuple(payment for payment in self.payments if payment.state is not PaymentState.REFUSED)

    def payment(self, payment_id: UUID) -> Payment:
        """The payment of that id, or NotFound."""
        for payment in self.payments:
            if payment.id == payment_id:
                return payment
        raise NotFound("payment.not_found", "This grant has no such payment. Choose one from its list.")

    def commit(self) -> "Reservation":
        """The grantee has accepted: the money is bound to the grant."""
        self._expect(ReservationState.RESERVED, doing="committed")
        return replace(self, state=ReservationState.COMMITTED, version=self.version + 1)

    def release(self) -> "Reservation":
        """Declined, lapsed, failed or finished for less: what remains goes back to the same pots."""
        self._expect(ReservationState.RESERVED, ReservationState.COMMITTED, doing="released")
        if any(payment.is_open for payment in self.payments):
            raise Conflict(
                "reservation.payment_open",
                "A payment of this grant is on its way. Pay or refuse it first, then release what is left.",
            )
        released = replace(self, state=ReservationState.RELEASED, released_shares=self.remaining_shares)
        return replace(released, version=self.version + 1)

    def request_payment(
        self,
        *,
        payment_id: UUID,
        claim_id: UUID,
        amount_pence: int,
        claim_verified_on: date,
        requested_by: str,
        requested_on: date | None = None,
    ) -> "Reservation":
        """A payment of a verified claim, drawn from the committed shares in order; Invalid above the rest."""
        self._expect(ReservationState.COMMITTED, doing="paid from")
        self._refuse_second_payment(payment_id, claim_id)
        self._refuse_sum(amount_pence)
        payment = Payment(
            id=payment_id,
            claim_id=claim_id,
            shares=take_in_order(amount_pence, self.remaining_shares),
            claim_verified_on=claim_verified_on,
            requested_by=requested_by,
            requested_on=requested_on,
        )
        return replace(self, payments=(*self.payments, payment), version=self.version + 1)

    def approve_payment(self, payment_id: UUID, *, by: str, approved_on: date | None = None) -> "Reservation":
        """The payment approved by a second person."""
        return self._change(payment_id, lambda payment: payment.approve(by=by, approved_on=approved_on))

    def refuse_payment(
        self, payment_id: UUID, *, by: str, reason: str, refused_on: date | None = None
    ) -> "Reservation":
        """The payment stopped; its shares are committed again."""
        return self._change(
            payment_id, lambda payment: payment.refuse(by=by, reason=reason, refused_on=refused_on)
        )

    def mark_payment_paid(
        self, payment_id: UUID, *, voucher_reference: str, paid_on: date, today: date
    ) -> "Reservation":
        """The payment made by finance; once everything reserved is paid, the reservation is paid."""
        changed = self._change(
            payment_id,
            lambda payment: payment.mark_paid(
                voucher_reference=voucher_reference, paid_on=paid_on, today=today
            ),
        )
        if changed.paid_pence < changed.amount_pence:
            return changed
        return replace(changed, state=ReservationState.PAID)

    def _change(self, payment_id: UUID, transition: Callable[[Payment], Payment]) -> "Reservation":
        changed = transition(self.payment(payment_id))
        payments = tuple(changed if payment.id == payment_id else payment for payment in self.payments)
        return replace(self, payments=payments, version=self.version + 1)

    def _refuse_second_payment(self, payment_id: UUID, claim_id: UUID) -> None:
        if any(payment.claim_id == claim_id for payment in self.standing_payments):
            raise Conflict(
                "payment.claim_paid_before",
                "A payment of this claim was asked for before. Open that payment instead.",
            )
        if any(payment.id == payment_id for payment in self.payments):
            raise Conflict("payment.recorded_before", "This payment is recorded already. Open it instead.")

    def _refuse_sum(self, amount_pence: int) -> None:
        refusal = amount_refusal(amount_pence)
        if refusal is not None:
            raise refusal
        if amount_pence > self.remaining_pence:
            raise Invalid(
                "payment.above_committed",
                f"{in_pounds(amount_pence)} is more than the {in_pounds(self.remaining_pence)} "
                "still committed to this grant. Pay that sum or less.",
                field="amount_pence",
            )

    def _expect(self, *states: ReservationState, doing: str) -> None:
        if self.state not in states:
            raise Conflict(
                "reservation.wrong_state",
                f"The money of this grant is {self.state} and cannot be {doing}: "
                f"it must be {' or '.join(states)}. Open the grant again to see what happened.",
            )


def reserve(award: Award, shares: tuple[Share, ...], *, reservation_id: UUID) -> Reservation:
    """The reservation of an award over the shares chosen for it; they must add up to the award."""
    if _total(shares) != award.amount_pence:
        raise ValueError(f"shares of {_total(shares)} pence for an award of {award.amount_pence}")
    return Reservation(
        id=reservation_id, application_id=award.application_id, awarded_on=award.decided_on, shares=shares
    )


def _total(shares: tuple[Share, ...]) -> int:
    return sum(share.amount_pence for share in shares)


def _total_of_pot(shares: list[Share], pot_id: UUID) -> int:
    return sum(share.amount_pence for share in shares if share.pot_id == pot_id)
