"""Rows of claims, payments and shares as the domain knows them."""

from typing import Any

from services.contributions.domain.claim import Claim, ClaimState
from services.contributions.domain.payment import Payment, PaymentState
from services.contributions.domain.pots import Share


def to_share(row: Any) -> Share:
    """A pot's part of an award or payment."""
    return Share(row.pot_id, row.amount_pence, row.without_spend_by)


def to_claim(row: Any) -> Claim:
    """A verified claim."""
    return Claim(
        id=row.id,
        milestone=row.milestone,
        amount_pence=row.amount_pence,
        verified_on=row.verified_on,
        state=ClaimState(row.state),
        reason=row.reason,
    )


def to_payment(row: Any, shares: tuple[Share, ...]) -> Payment:
    """A payment with what each pot bears of it."""
    return Payment(
        id=row.id,
        claim_id=row.claim_id,
        shares=shares,
        claim_verified_on=row.verified_on,
        requested_by=row.requested_by,
        requested_on=row.requested_on,
        state=PaymentState(row.state),
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        voucher_reference=row.voucher,
        paid_on=row.paid_on,
    )


def progress(payment: Payment) -> dict[str, Any]:
    """The columns that change while a payment is on its way."""
    return {
        "state": payment.state,
        "approved_by": payment.approved_by,
        "approved_on": payment.approved_on,
        "voucher": payment.voucher_reference,
        "paid_on": payment.paid_on,
    }
