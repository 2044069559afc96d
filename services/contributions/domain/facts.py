"""The facts about agreements, pots and grants, as the published language words them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, TypeAlias
from uuid import UUID

from services.contributions.domain.agreement import Agreement, Obligation
from services.contributions.domain.claim import Claim
from services.contributions.domain.payment import Payment
from services.contributions.domain.pots import Pot, Share, Shortfall
from services.contributions.domain.reservation import Reservation
from shared.events import contributions as published

AnswerToAward: TypeAlias = published.FundsReserved | published.FundsRefused
NOT_KNOWN = "unknown"
"""What is said of a kind or purpose that an import could not read."""


def agreement_recorded(agreement: Agreement) -> published.AgreementRecorded:
    """The agreement stands in the register."""
    return published.AgreementRecorded(
        agreement_id=agreement.id,
        organisation=agreement.organisation,
        reference=agreement.reference,
        planning_application=agreement.planning_application,
        kind=agreement.kind or NOT_KNOWN,
        deed_on=agreement.deed_on,
        document_url=agreement.document_url,
    )


def obligation_recorded(agreement_id: UUID, obligation: Obligation) -> published.ObligationRecorded:
    """The clause secures a sum; 0 pence where an import names none, as for dwellings to be built."""
    return published.ObligationRecorded(
        agreement_id=agreement_id,
        obligation_id=obligation.id,
        reference=obligation.reference,
        purpose=obligation.purpose or NOT_KNOWN,
        amount_pence=obligation.amount_pence or 0,
        spend_by_months=obligation.spend_by_months,
        wards=tuple(sorted(obligation.wards)),
        trigger=obligation.trigger,
    )


def obligation_secured(agreement_id: UUID, obligation_id: UUID, met_on: date) -> published.ObligationSecured:
    """The trigger of the obligation is met."""
    return published.ObligationSecured(
        agreement_id=agreement_id, obligation_id=obligation_id, trigger_met_on=met_on
    )


def pot_opened(
    pot: Pot, *, agreement_id: UUID, reference: str, opened_by: Literal["receipt", "import"]
) -> published.PotOpened:
    """Money is there to be granted; the reference is its obligation's."""
    return published.PotOpened(
        pot_id=pot.id,
        agreement_id=agreement_id,
        obligation_id=pot.obligation_id,
        organisation=pot.organisation,
        reference=reference,
        purpose=pot.purpose or NOT_KNOWN,
        wards=tuple(sorted(pot.wards)),
        received_pence=pot.received_pence,
        received_on=pot.received_on,
        spend_by_on=pot.spend_by_on,
        opened_by=opened_by,
    )


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


def _shares(shares: Iterable[Share]) -> tuple[published.Share, ...]:
    return tuple(_each(shares))


def _each(shares: Iterable[Share]) -> Iterator[published.Share]:
    for share in shares:
        yield published.Share(
            pot_id=share.pot_id, amount_pence=share.amount_pence, undated=share.without_spend_by
        )
