"""Rows of a grant's funding as the domain knows them: its award, shares, claims and payments."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.contributions.domain.grants.claim import Claim, ClaimState
from services.contributions.domain.grants.grant_funding import GrantFunding
from services.contributions.domain.grants.payment import Payment, PaymentState
from services.contributions.domain.grants.reservation import Reservation, ReservationState
from services.contributions.domain.pots.pot import Share


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


def to_payment(row: Any, shares: Sequence[Any]) -> Payment:
    """The payment that stands in a claim's row, with what each pot bears of it."""
    return Payment(
        id=row.payment_id,
        claim_id=row.id,
        shares=tuple(to_share(share) for share in shares),
        claim_verified_on=row.verified_on,
        requested_by=row.requested_by,
        requested_on=row.requested_on,
        state=PaymentState(row.payment_state),
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        refused_by=row.refused_by,
        refused_on=row.refused_on,
        refusal_reason=row.refusal_reason,
        voucher_reference=row.voucher,
        paid_on=row.paid_on,
    )


def to_funding(
    row: Any, shares: Sequence[Any], claims: Sequence[Any], payment_shares: Mapping[UUID, Sequence[Any]]
) -> GrantFunding:
    """One grant's funding: its head, its award's shares, its claims with their payments, these's shares."""
    payments = [
        to_payment(claim, payment_shares[claim.payment_id])
        for claim in sorted(claims, key=lambda each: (str(each.requested_on), str(each.payment_id)))
        if claim.payment_id and claim.award_id == row.award_id
    ]
    return GrantFunding(
        application_id=row.application_id,
        organisation=row.organisation,
        version=row.version,
        reservation=to_reservation(row, shares, payments) if row.award_id else None,
        claims=tuple({claim.id: to_claim(claim) for claim in claims}.values()),
        reference=row.reference,
        grantee=row.grantee,
        accepted_on=row.accepted_on,
    )


def to_reservation(row: Any, shares: Sequence[Any], payments: Sequence[Payment]) -> Reservation:
    """The money held for the award in force, with its payments and what went back."""
    return Reservation(
        id=row.award_id,
        application_id=row.application_id,
        awarded_on=row.decided_on,
        shares=tuple(to_share(share) for share in shares),
        state=ReservationState(row.state),
        payments=tuple(payments),
        released_shares=tuple(
            Share(share.pot_id, share.released_pence, share.without_spend_by)
            for share in shares
            if share.released_pence
        ),
    )


def progress(payment: Payment) -> dict[str, Any]:
    """The columns that change while a payment is on its way."""
    return {
        "state": payment.state,
        "approved_by": payment.approved_by,
        "approved_on": payment.approved_on,
        "refused_by": payment.refused_by,
        "refused_on": payment.refused_on,
        "refusal_reason": payment.refusal_reason,
        "voucher": payment.voucher_reference,
        "paid_on": payment.paid_on,
    }
