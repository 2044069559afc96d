"""The funding of one grant from award to payment: its reservation, its claims and who was told what."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.contributions.domain.grants.claim import Claim, ClaimState
from services.contributions.domain.grants.reservation import Reservation, ReservationState, reserve
from services.contributions.domain.pots.drawing import Award
from services.contributions.domain.pots.pot import Share
from shared.checks import future_refusal, refuse_all
from shared.errors import Conflict, Invalid, NotFound
from shared.wording import in_pounds, in_words

LIVE = {ReservationState.RESERVED, ReservationState.COMMITTED, ReservationState.PAID}


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantFunding:
    """One application's money; the version counts the facts published about it.

    There is no reservation before the first award and after one that was refused for want of money.
    """

    application_id: UUID
    organisation: str
    version: int = 0
    reservation: Reservation | None = None
    claims: tuple[Claim, ...] = ()
    reference: str | None = None
    grantee: str | None = None
    accepted_on: date | None = None

    @property
    def held(self) -> Reservation:
        """The reservation, or Conflict where no money is held for the grant."""
        if self.reservation is None:
            raise Conflict(
                "grant_funding.no_money", "No money is held for this grant. Look at how it was decided."
            )
        return self.reservation

    @property
    def unclaimed_pence(self) -> int:
        """What is committed and neither in a payment nor in a claim that waits for one, in pence."""
        paid_for = {payment.claim_id for payment in self.held.standing_payments}
        waiting = sum(
            claim.amount_pence
            for claim in self.claims
            if claim.state is ClaimState.PAYABLE and claim.id not in paid_for
        )
        return self.held.remaining_pence - waiting

    def reserve(self, award: Award, shares: tuple[Share, ...], *, award_id: UUID) -> "GrantFunding":
        """The funding with the award's shares held for it."""
        self._refuse_second_reservation()
        return self._next(reserve(award, shares, reservation_id=award_id))

    def refuse(self) -> "GrantFunding":
        """The funding once an award could not be met: nothing is held."""
        self._refuse_second_reservation()
        return replace(self, reservation=None, version=self.version + 1)

    def commit(self, *, award_id: UUID, accepted_on: date, reference: str, grantee: str) -> "GrantFunding":
        """The funding once the offer of this award was accepted."""
        self._expect_award(award_id)
        committed = self._next(self.held.commit())
        return replace(committed, accepted_on=accepted_on, reference=reference, grantee=grantee)

    def release(self, *, award_id: UUID) -> "GrantFunding":
        """The funding once what is left of this award went back to its pots."""
        self._expect_award(award_id)
        return self._next(self.held.release())

    def verify(self, claim: Claim) -> "GrantFunding":
        """The funding with a verified claim: payable and announced, or disputed with the reason and not."""
        reason = self._dispute(claim)
        if reason is not None:
            disputed = replace(claim, state=ClaimState.DISPUTED, reason=reason)
            return replace(self, claims=(*self.claims, disputed))
        return replace(self, claims=(*self.claims, claim), version=self.version + 1)

    def claim(self, claim_id: UUID) -> Claim:
        """The claim of that id, or NotFound."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        raise NotFound("claim.not_found", "This grant has no such verified claim. Choose one from the list.")

    def request_payment(
        self, *, payment_id: UUID, claim_id: UUID, requested_on: date, by: str, today: date
    ) -> "GrantFunding":
        """The funding with a payment asked for, of the claim's whole sum."""
        claim = self.claim(claim_id)
        self._refuse_disputed(claim)
        refuse_all(
            "payment.invalid",
            [
                _order_refusal(claim.verified_on, requested_on, "requested_on", "its claim was verified"),
                future_refusal(requested_on, today=today, field="requested_on", name="The request"),
            ],
        )
        requested = self.held.request_payment(
            payment_id=payment_id,
            claim_id=claim_id,
            amount_pence=claim.amount_pence,
            claim_verified_on=claim.verified_on,
            requested_by=by,
            requested_on=requested_on,
        )
        return self._next(requested)

    def approve_payment(self, payment_id: UUID, *, approved_on: date, by: str, today: date) -> "GrantFunding":
        """The funding once a second person approved the payment."""
        asked_on = self.held.payment(payment_id).requested_on
        refuse_all(
            "payment.invalid",
            [
                _order_refusal(asked_on, approved_on, "approved_on", "the payment was asked for"),
                future_refusal(approved_on, today=today, field="approved_on", name="The approval"),
            ],
        )
        return self._next(self.held.approve_payment(payment_id, by=by, approved_on=approved_on))

    def refuse_payment(
        self, payment_id: UUID, *, refused_on: date, reason: str, by: str, today: date
    ) -> "GrantFunding":
        """The funding once a payment was stopped: its claim may be asked for again."""
        payment = self.held.payment(payment_id)
        last, what = payment.requested_on, "the payment was asked for"
        if payment.approved_on is not None:
            last, what = payment.approved_on, "the payment was approved"
        refuse_all(
            "payment.invalid",
            [
                _order_refusal(last, refused_on, "refused_on", what),
                future_refusal(refused_on, today=today, field="refused_on", name="The refusal"),
            ],
        )
        refused = self.held.refuse_payment(payment_id, by=by, reason=reason, refused_on=refused_on)
        return self._next(refused)

    def mark_paid(self, payment_id: UUID, *, voucher: str, paid_on: date, today: date) -> "GrantFunding":
        """The funding once finance paid; not dated before the approval."""
        approved_on = self.held.payment(payment_id).approved_on
        paid = self.held.mark_payment_paid(
            payment_id, voucher_reference=voucher, paid_on=paid_on, today=today
        )
        refuse_all(
            "payment.invalid", [_order_refusal(approved_on, paid_on, "paid_on", "the payment was approved")]
        )
        return self._next(paid)

    def _next(self, reservation: Reservation) -> "GrantFunding":
        return replace(self, reservation=reservation, version=self.version + 1)

    def _refuse_second_reservation(self) -> None:
        if self.reservation is not None and self.reservation.state in LIVE:
            raise Conflict(
                "grant_funding.awarded_before",
                "Money is held for this application under another award. Release that first.",
            )

    def _expect_award(self, award_id: UUID) -> None:
        if self.held.id != award_id:
            raise Conflict(
                "grant_funding.other_award", "The money of this grant is held under another award."
            )

    def _refuse_disputed(self, claim: Claim) -> None:
        if claim.state is ClaimState.DISPUTED:
            raise Conflict("claim.disputed", f"This claim is disputed and cannot be paid: {claim.reason}")

    def _dispute(self, claim: Claim) -> str | None:
        if self.held.state is ReservationState.RELEASED:
            return "The money of this grant went back to its pots, so nothing is left to pay the claim from."
        if self.accepted_on is not None and claim.verified_on < self.accepted_on:
            return (
                f"The works are said to be verified on {in_words(claim.verified_on)}, before the grant was "
                f"accepted on {in_words(self.accepted_on)}. Ask the team to check the date."
            )
        if claim.amount_pence <= 0 or claim.amount_pence > self.unclaimed_pence:
            return (
                f"The claim of {in_pounds(claim.amount_pence)} is not within the "
                f"{in_pounds(self.unclaimed_pence)} committed to this grant and not yet claimed. "
                "Agree the sum with the grant holder."
            )
        return None


def _order_refusal(earlier: date | None, later: date, field: str, what: str) -> Invalid | None:
    if earlier is None or later >= earlier:
        return None
    return Invalid(
        f"payment.{field}_too_early",
        f"{in_words(later)} is before {what} on {in_words(earlier)}. Check the date.",
        field=field,
    )
