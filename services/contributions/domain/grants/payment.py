"""A payment of a claim: asked for by one person, approved by another, made by finance."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.pots.pot import Share
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Conflict, Forbidden, Invalid
from shared.wording import in_words


class PaymentState(StrEnum):
    """How far a payment has come."""

    REQUESTED = "requested"
    APPROVED = "approved"
    PAID = "paid"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Part of a grant on its way to the grantee, in pence, with the pots it is drawn from."""

    id: UUID
    claim_id: UUID
    shares: tuple[Share, ...]
    claim_verified_on: date
    requested_by: str
    requested_on: date | None = None
    state: PaymentState = PaymentState.REQUESTED
    approved_by: str | None = None
    approved_on: date | None = None
    refused_by: str | None = None
    refused_on: date | None = None
    refusal_reason: str | None = None
    voucher_reference: str | None = None
    paid_on: date | None = None

    @property
    def amount_pence(self) -> int:
        """The sum of its shares, in pence."""
        return sum(share.amount_pence for share in self.shares)

    @property
    def is_open(self) -> bool:
        """Neither paid nor refused yet."""
        return self.state in {PaymentState.REQUESTED, PaymentState.APPROVED}

    def approve(self, *, by: str, approved_on: date | None = None) -> "Payment":
        """The payment approved by a second person; Forbidden to whoever asked for it."""
        self._expect(PaymentState.REQUESTED, doing="approved")
        if by == self.requested_by:
            raise Forbidden(
                "payment.same_person",
                "You asked for this payment, so somebody else must approve it.",
            )
        return replace(self, state=PaymentState.APPROVED, approved_by=by, approved_on=approved_on)

    def refuse(self, *, by: str, reason: str, refused_on: date | None = None) -> "Payment":
        """The payment stopped before it was made, with the reason.

        Whoever asked may take the request back; what was approved only somebody else may stop.
        """
        self._expect(PaymentState.REQUESTED, PaymentState.APPROVED, doing="refused")
        if self.state is PaymentState.APPROVED and by == self.requested_by:
            raise Forbidden(
                "payment.same_person",
                "You asked for this payment and it was approved, so somebody else must refuse it.",
            )
        refuse_all("payment.invalid", [text_refusal(reason, field="reason", name="the reason", longest=2000)])
        return replace(
            self, state=PaymentState.REFUSED, refused_by=by, refused_on=refused_on, refusal_reason=reason
        )

    def mark_paid(self, *, voucher_reference: str, paid_on: date, today: date) -> "Payment":
        """The payment as finance made it, with their voucher and the day the money left."""
        self._expect(PaymentState.APPROVED, doing="marked as paid")
        refuse_all(
            "payment.invalid",
            [
                text_refusal(voucher_reference, field="voucher", name="finance's voucher reference"),
                self._before_claim_refusal(paid_on),
                future_refusal(paid_on, today=today, field="paid_on", name="The payment"),
            ],
        )
        return replace(self, state=PaymentState.PAID, voucher_reference=voucher_reference, paid_on=paid_on)

    def _before_claim_refusal(self, paid_on: date) -> Invalid | None:
        if paid_on >= self.claim_verified_on:
            return None
        return Invalid(
            "payment.before_claim_verified",
            f"The payment is dated before its claim was verified on {in_words(self.claim_verified_on)}. "
            "Check the date.",
            field="paid_on",
        )

    def _expect(self, *states: PaymentState, doing: str) -> None:
        if self.state not in states:
            needed = " or ".join(states)
            raise Conflict(
                "payment.wrong_state",
                f"This payment is {self.state} and cannot be {doing}: only a {needed} payment can be. "
                "Open it again to see what happened.",
            )
