"""Facts about refunds, as the published language words them: sums and days, nothing about the payee."""

from services.contributions.domain.refunds.refund import Refund
from shared.events import contributions as published


def refund_requested(refund: Refund) -> published.RefundRequested:
    """One person asked for it."""
    return published.RefundRequested(
        pot_id=refund.pot_id,
        refund_id=refund.id,
        amount_pence=refund.amount_pence,
        requested_on=refund.requested_on,
    )


def refund_approved(refund: Refund) -> published.RefundApproved:
    """A second person agreed."""
    assert refund.approved_on is not None
    return published.RefundApproved(
        pot_id=refund.pot_id,
        refund_id=refund.id,
        amount_pence=refund.amount_pence,
        approved_on=refund.approved_on,
    )


def refund_refused(refund: Refund) -> published.RefundRefused:
    """The money stays."""
    assert refund.refused_on is not None
    return published.RefundRefused(
        pot_id=refund.pot_id,
        refund_id=refund.id,
        amount_pence=refund.amount_pence,
        refused_on=refund.refused_on,
    )


def refund_made(refund: Refund) -> published.RefundMade:
    """Finance sent it back, with voucher and date."""
    assert refund.voucher is not None
    assert refund.returned_on is not None
    return published.RefundMade(
        pot_id=refund.pot_id,
        refund_id=refund.id,
        amount_pence=refund.amount_pence,
        voucher=refund.voucher,
        returned_on=refund.returned_on,
    )
