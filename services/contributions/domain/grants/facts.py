"""Facts about the money of a grant, as the published language words them."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias
from uuid import UUID

from services.contributions.domain.grants.claim import Claim
from services.contributions.domain.grants.payment import Payment
from services.contributions.domain.grants.redrawing import Redrawing
from services.contributions.domain.grants.reservation import Reservation
from services.contributions.domain.pots.drawing import Shortfall
from services.contributions.domain.pots.pot import Share
from shared.events import contributions as published

AnswerToAward: TypeAlias = published.FundsReserved | published.FundsRefused


def funds_reserved(reservation: Reservation) -> published.FundsReserved:
    """The award's money is held."""
    return published.FundsReserved(
        application_id=reservation.application_id,
        award_id=reservation.id,
        amount_pence=reservation.amount_pence,
        decided_on=reservation.awarded_on,
        shares=_shares(reservation.shares),
    )


def funds_refused(application_id: UUID, award_id: UUID, shortfall: Shortfall) -> published.FundsRefused:
    """The award cannot be met from the pots it may lawfully draw on."""
    return published.FundsRefused(
        application_id=application_id,
        award_id=award_id,
        requested_pence=shortfall.requested_pence,
        available_pence=shortfall.lawfully_available_pence,
        shortfall_pence=shortfall.shortfall_pence,
    )


def funds_committed(reservation: Reservation) -> published.FundsCommitted:
    """The grant is accepted."""
    return published.FundsCommitted(
        application_id=reservation.application_id,
        amount_pence=reservation.amount_pence,
        shares=_shares(reservation.shares),
    )


def funds_released(reservation: Reservation, reason: str) -> published.FundsReleased:
    """What was left went back to its pots."""
    shares = _shares(reservation.released_shares)
    return published.FundsReleased(
        application_id=reservation.application_id,
        amount_pence=sum(share.amount_pence for share in shares),
        reason=reason,
        shares=shares,
    )


def claim_payable(application_id: UUID, claim: Claim) -> published.ClaimPayable:
    """Finance can ask for the claim to be paid."""
    return published.ClaimPayable(
        application_id=application_id,
        claim_id=claim.id,
        amount_pence=claim.amount_pence,
        verified_on=claim.verified_on,
    )


def payment_requested(application_id: UUID, payment: Payment) -> published.PaymentRequested:
    """One person asked for the payment."""
    return published.PaymentRequested(
        application_id=application_id,
        payment_id=payment.id,
        claim_id=payment.claim_id,
        amount_pence=payment.amount_pence,
    )


def payment_refused(application_id: UUID, payment: Payment) -> published.PaymentRefused:
    """The payment was stopped, and its money is committed again."""
    assert payment.refused_on is not None
    assert payment.refusal_reason is not None
    return published.PaymentRefused(
        application_id=application_id,
        payment_id=payment.id,
        claim_id=payment.claim_id,
        amount_pence=payment.amount_pence,
        refused_on=payment.refused_on,
        reason=payment.refusal_reason,
    )


def payment_made(application_id: UUID, payment: Payment) -> published.PaymentMade:
    """Finance paid, with voucher and date."""
    assert payment.voucher_reference is not None
    assert payment.paid_on is not None
    return published.PaymentMade(
        application_id=application_id,
        payment_id=payment.id,
        claim_id=payment.claim_id,
        amount_pence=payment.amount_pence,
        voucher=payment.voucher_reference,
        paid_on=payment.paid_on,
        shares=_shares(payment.shares),
    )


def funds_redrawn(
    reservation: Reservation, redrawing: Redrawing, moved: Iterable[Share]
) -> published.FundsRedrawn:
    """The award is borne by other pots than before."""
    return published.FundsRedrawn(
        application_id=reservation.application_id,
        award_id=reservation.id,
        amount_pence=reservation.amount_pence,
        redrawn_on=redrawing.redrawn_on,
        reason=redrawing.reason,
        shares=_shares(reservation.shares),
        changes=tuple(
            published.ShareChange(
                pot_id=each.pot_id, change_pence=each.amount_pence, undated=each.without_spend_by
            )
            for each in moved
        ),
    )


def _shares(shares: Iterable[Share]) -> tuple[published.Share, ...]:
    return tuple(_each(shares))


def _each(shares: Iterable[Share]) -> Iterator[published.Share]:
    for share in shares:
        yield published.Share(
            pot_id=share.pot_id, amount_pence=share.amount_pence, undated=share.without_spend_by
        )
