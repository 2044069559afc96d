"""Builders of what the contributions service publishes."""

from datetime import date
from typing import Any

from shared.events import contributions
from tests.support.events.ids import (
    AGREEMENT_ID,
    APPLICATION_ID,
    AWARD_ID,
    CLAIM_ID,
    DEMAND_ID,
    GREEN,
    ISLINGTON,
    OBLIGATION_ID,
    PAYMENT_ID,
    POT_ID,
    REQUESTED_PENCE,
    an_id,
    made,
)

VARIATION_ID = an_id("variation")
SHARES = (contributions.Share(pot_id=POT_ID, amount_pence=REQUESTED_PENCE),)


def agreement_recorded(**changes: Any) -> contributions.AgreementRecorded:
    return made(
        contributions.AgreementRecorded,
        changes,
        agreement_id=AGREEMENT_ID,
        organisation=ISLINGTON,
        reference="P2018/2269/FUL-da",
        planning_application="P2018/2269/FUL",
        kind="section-106",
        deed_on=date(2019, 3, 12),
        document_url=None,
    )


def obligation_recorded(**changes: Any) -> contributions.ObligationRecorded:
    return made(
        contributions.ObligationRecorded,
        changes,
        agreement_id=AGREEMENT_ID,
        obligation_id=OBLIGATION_ID,
        reference="P2018/2269/FUL-COCM",
        purpose=GREEN,
        amount_pence=88_596_00,
        spend_by_months=60,
        wards=(),
        trigger="Before the first occupation of any flat",
    )


def agreement_varied(**changes: Any) -> contributions.AgreementVaried:
    return made(
        contributions.AgreementVaried,
        changes,
        **agreement_recorded().model_dump(),
        variation_id=VARIATION_ID,
        deed_version=2,
        varied_on=date(2022, 5, 3),
        variation_url="https://planning.example/variation.pdf",
        summary="The sum may be spent within ten years instead of five.",
    )


def agreement_corrected(**changes: Any) -> contributions.AgreementCorrected:
    return made(
        contributions.AgreementCorrected,
        changes,
        **agreement_recorded().model_dump(),
        correction_id=an_id("correction"),
    )


def obligation_varied(**changes: Any) -> contributions.ObligationVaried:
    return made(
        contributions.ObligationVaried,
        changes,
        **{**obligation_recorded().model_dump(), "spend_by_months": 120},
        variation_id=VARIATION_ID,
        varied_on=date(2022, 5, 3),
    )


def obligation_secured(**changes: Any) -> contributions.ObligationSecured:
    return made(
        contributions.ObligationSecured,
        changes,
        agreement_id=AGREEMENT_ID,
        obligation_id=OBLIGATION_ID,
        trigger_met_on=date(2019, 5, 1),
    )


def demand_issued(**changes: Any) -> contributions.DemandIssued:
    return made(
        contributions.DemandIssued,
        changes,
        agreement_id=AGREEMENT_ID,
        obligation_id=OBLIGATION_ID,
        demand_id=DEMAND_ID,
        organisation=ISLINGTON,
        reference="D2019-0001",
        issued_on=date(2019, 5, 6),
        due_on=date(2019, 6, 3),
        base_pence=80_000_00,
        demanded_pence=88_596_00,
        working=("Sum in the deed (B): £80,000.00", "Rounded to the nearest penny, a half up: £88,596.00"),
        provisional=True,
        replaces_id=None,
    )


def demand_withdrawn(**changes: Any) -> contributions.DemandWithdrawn:
    return made(
        contributions.DemandWithdrawn,
        changes,
        agreement_id=AGREEMENT_ID,
        obligation_id=OBLIGATION_ID,
        demand_id=DEMAND_ID,
        withdrawn_on=date(2019, 5, 7),
    )


def pot_opened(**changes: Any) -> contributions.PotOpened:
    return made(
        contributions.PotOpened,
        changes,
        pot_id=POT_ID,
        agreement_id=AGREEMENT_ID,
        obligation_id=OBLIGATION_ID,
        organisation=ISLINGTON,
        reference="P2018/2269/FUL-COCM",
        purpose=GREEN,
        wards=(),
        received_pence=88_596_00,
        received_on=date(2019, 6, 3),
        spend_by_on=date(2024, 6, 3),
        opened_by="receipt",
    )


def funds_reserved(**changes: Any) -> contributions.FundsReserved:
    return made(
        contributions.FundsReserved,
        changes,
        application_id=APPLICATION_ID,
        award_id=AWARD_ID,
        amount_pence=REQUESTED_PENCE,
        decided_on=date(2019, 11, 14),
        shares=SHARES,
    )


def funds_refused(**changes: Any) -> contributions.FundsRefused:
    return made(
        contributions.FundsRefused,
        changes,
        application_id=APPLICATION_ID,
        award_id=AWARD_ID,
        requested_pence=REQUESTED_PENCE,
        available_pence=20_000_00,
        shortfall_pence=10_000_00,
    )


def funds_committed(**changes: Any) -> contributions.FundsCommitted:
    return made(
        contributions.FundsCommitted,
        changes,
        application_id=APPLICATION_ID,
        amount_pence=REQUESTED_PENCE,
        shares=SHARES,
    )


def funds_released(**changes: Any) -> contributions.FundsReleased:
    return made(
        contributions.FundsReleased,
        changes,
        application_id=APPLICATION_ID,
        amount_pence=REQUESTED_PENCE,
        reason="The offer was declined.",
        shares=SHARES,
    )


def claim_payable(**changes: Any) -> contributions.ClaimPayable:
    return made(
        contributions.ClaimPayable,
        changes,
        application_id=APPLICATION_ID,
        claim_id=CLAIM_ID,
        amount_pence=REQUESTED_PENCE,
        verified_on=date(2021, 3, 15),
    )


def payment_requested(**changes: Any) -> contributions.PaymentRequested:
    return made(
        contributions.PaymentRequested,
        changes,
        application_id=APPLICATION_ID,
        payment_id=PAYMENT_ID,
        claim_id=CLAIM_ID,
        amount_pence=REQUESTED_PENCE,
    )


def payment_approved(**changes: Any) -> contributions.PaymentApproved:
    return made(contributions.PaymentApproved, changes, application_id=APPLICATION_ID, payment_id=PAYMENT_ID)


def payment_refused(**changes: Any) -> contributions.PaymentRefused:
    return made(
        contributions.PaymentRefused,
        changes,
        application_id=APPLICATION_ID,
        payment_id=PAYMENT_ID,
        claim_id=CLAIM_ID,
        amount_pence=REQUESTED_PENCE,
        refused_on=date(2021, 3, 25),
        reason="The invoice is made out to another parish.",
    )


def payment_made(**changes: Any) -> contributions.PaymentMade:
    return made(
        contributions.PaymentMade,
        changes,
        application_id=APPLICATION_ID,
        payment_id=PAYMENT_ID,
        claim_id=CLAIM_ID,
        amount_pence=REQUESTED_PENCE,
        voucher="V-000123",
        paid_on=date(2021, 3, 29),
        shares=SHARES,
    )
