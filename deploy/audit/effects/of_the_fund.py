"""Facts that contributions published, and the rows of its own that they speak of."""

from __future__ import annotations

from deploy.audit.copies import Copy, Fixed, same_named
from deploy.audit.effects.kept import APPLICATION, published

PAYMENTS = """
    SELECT p.*, (SELECT sum(s.amount_pence)::bigint FROM payment_share s WHERE s.payment_id = p.id)
        AS amount_pence
    FROM payment p
"""
RELEASED_SHARES = """
    SELECT a.application_id, s.pot_id, s.released_pence
    FROM award_share s JOIN award a ON a.id = s.award_id WHERE s.released_pence > 0
"""
POTS = """
    SELECT p.*, coalesce(purpose, 'unknown') AS told_purpose,
        p.received_pence + coalesce(r.amount_pence, 0) + coalesce(
            (SELECT sum(c.amount_pence) FROM balance_correction c WHERE c.pot_id = p.id), 0)::bigint
            AS told_received_pence
    FROM pot p LEFT JOIN receipt_reversal r ON r.pot_id = p.id
"""
AGREEMENTS = """
    SELECT a.*, coalesce(kind, 'unknown') AS told_kind,
        CASE WHEN developer_is_organisation THEN developer END AS told_developer
    FROM agreement a
"""
OBLIGATIONS = """
    SELECT o.*, coalesce(purpose, 'unknown') AS told_purpose, coalesce(amount_pence, 0) AS told_pence
    FROM obligation o
"""

OF_THE_FUND = (
    published(
        "contributions",
        "agreement",
        {"id": "agreement_id"},
        "agreement.recorded.v1 agreement.corrected.v1 agreement.varied.v1",
        "organisation reference planning_application deed_on document_url ward",
        rows=AGREEMENTS,
        told_kind="kind",
        told_developer="developer",
    ),
    published(
        "contributions",
        "variation",
        {"id": "variation_id"},
        "agreement.varied.v1",
        "agreement_id deed_version summary",
        deed_on="varied_on",
        document_url="variation_url",
        sequence="@sequence",
    ),
    published(
        "contributions",
        "correction",
        {"id": "correction_id"},
        "agreement.corrected.v1 obligation.corrected.v1",
        "agreement_id",
        sequence="@sequence",
    ),
    published(
        "contributions",
        "earlier_agreement",
        {"agreement_id": "agreement_id", "until_sequence": "@sequence"},
        "agreement.corrected.v1 agreement.varied.v1",
    ),
    published(
        "contributions",
        "earlier_obligation",
        {"obligation_id": "obligation_id", "until_sequence": "@sequence"},
        "obligation.corrected.v1 obligation.varied.v1",
        "agreement_id",
    ),
    published(
        "contributions",
        "payee",
        {"id": "payee_id"},
        "payee.named.v1",
        "agreement_id",
    ),
    published(
        "contributions",
        "payee",
        {"id": "payee_id"},
        "payee.removed.v1",
        "agreement_id",
        filled="removed_at",
    ),
    published(
        "contributions",
        "obligation",
        {"id": "obligation_id"},
        "obligation.recorded.v1 obligation.corrected.v1 obligation.varied.v1",
        "agreement_id reference spend_by_months wards trigger trigger_kind trigger_dwelling trigger_percent "
        "trigger_on clause tranche_number tranche_count calculation_id",
        rows=OBLIGATIONS,
        told_purpose="purpose",
        told_pence="amount_pence",
    ),
    published(
        "contributions",
        "obligation",
        {"id": "obligation_id"},
        "obligation.secured.v1",
        "agreement_id trigger_met_on",
        filled="trigger_met_on",
    ),
    published(
        "contributions",
        "demand",
        {"id": "demand_id"},
        "demand.issued.v1",
        "obligation_id organisation reference issued_on due_on base_pence demanded_pence provisional "
        "replaces_id",
    ),
    published(
        "contributions",
        "demand",
        {"id": "demand_id"},
        "demand.withdrawn.v1",
        "obligation_id withdrawn_on",
        filled="withdrawn_on",
        state=Fixed("withdrawn"),
    ),
    published(
        "contributions",
        "pot",
        {"id": "pot_id"},
        "pot.opened.v1",
        "obligation_id organisation wards received_on opened_by",
        rows=POTS,
        told_purpose="purpose",
        told_received_pence="received_pence",
    ),
    published(
        "contributions",
        "balance_correction",
        {"id": "correction_id"},
        "balance.corrected.v1",
        "pot_id amount_pence corrected_on reason",
        sequence="@sequence",
    ),
    published(
        "contributions",
        "receipt_reversal",
        {"pot_id": "pot_id"},
        "receipt.reversed.v1",
        "amount_pence reversed_on reason",
    ),
    published(
        "contributions",
        "refund",
        {"id": "refund_id"},
        "refund.requested.v1",
        "pot_id amount_pence requested_on",
    ),
    published(
        "contributions",
        "refund",
        {"id": "refund_id"},
        "refund.approved.v1",
        "pot_id amount_pence approved_on",
        filled="approved_on",
    ),
    published(
        "contributions",
        "refund",
        {"id": "refund_id"},
        "refund.refused.v1",
        "pot_id amount_pence refused_on",
        filled="refused_on",
        state=Fixed("refused"),
    ),
    published(
        "contributions",
        "refund",
        {"id": "refund_id"},
        "refund.made.v1",
        "pot_id amount_pence voucher returned_on",
        filled="returned_on",
        state=Fixed("returned"),
    ),
    Copy(
        check="owner_rows",
        reader="contributions",
        table="pot",
        key={"id": "pot_id"},
        events={name: same_named("spend_by_on") for name in ("pot.opened.v1", "pot.extended.v1")},
    ),
    published(
        "contributions",
        "spend_by_extension",
        {"pot_id": "pot_id", "sequence": "@sequence"},
        "pot.extended.v1",
        "spend_by_on deed_on document_url",
    ),
    published(
        "contributions",
        "obligation",
        {"id": "obligation_id"},
        "obligation.spending_stated.v1",
        "agreement_id spend_by_counts refund_with_interest recipients",
        filled="spend_by_counts",
    ),
    published(
        "contributions",
        "interest_share",
        {"interest_id": "interest_id", "pot_id": "pot_id"},
        "interest.shared.v1",
        "amount_pence",
    ),
    published(
        "contributions",
        "interest_period",
        {"id": "interest_id"},
        "interest.shared.v1",
        "period_start period_end shared_on",
    ),
    published(
        "contributions",
        "award_redraw",
        {"award_id": "award_id", "sequence": "@sequence"},
        "funds.redrawn.v1",
        "reason redrawn_on",
    ),
    published(
        "contributions",
        "award",
        {"id": "award_id"},
        "funds.reserved.v1",
        "application_id decided_on",
        rows="SELECT * FROM award WHERE state <> 'refused'",
        requested_pence="amount_pence",
    ),
    published(
        "contributions",
        "award",
        {"id": "award_id"},
        "funds.refused.v1",
        "application_id requested_pence",
        rows="SELECT * FROM award WHERE state = 'refused'",
        lawfully_available_pence="available_pence",
    ),
    Copy(
        check="owner_rows",
        reader="contributions",
        table="award_share",
        key={"award_id": "award_id", "pot_id": "*.pot_id"},
        each="shares",
        whole="award_id",
        events={
            name: {"amount_pence": "*.amount_pence", "without_spend_by": "*.undated"}
            for name in ("funds.reserved.v1", "funds.redrawn.v1")
        },
    ),
    published(
        "contributions",
        "award_share",
        {**APPLICATION, "pot_id": "*.pot_id"},
        "funds.released.v1",
        each="shares",
        rows=RELEASED_SHARES,
        released_pence="*.amount_pence",
    ),
    published(
        "contributions",
        "claim",
        {"id": "claim_id"},
        "claim.payable.v1",
        "application_id amount_pence verified_on",
        rows="SELECT * FROM claim WHERE state = 'payable'",
    ),
    published(
        "contributions",
        "payment",
        {"id": "payment_id"},
        "payment.requested.v1",
        "application_id claim_id amount_pence",
        rows=PAYMENTS,
    ),
    published(
        "contributions",
        "payment",
        {"id": "payment_id"},
        "payment.approved.v1",
        "application_id",
        filled="approved_on",
        rows=PAYMENTS,
    ),
    published(
        "contributions",
        "payment",
        {"id": "payment_id"},
        "payment.refused.v1",
        "application_id claim_id amount_pence refused_on",
        rows=f"{PAYMENTS} WHERE p.state = 'refused'",
        refusal_reason="reason",
    ),
    published(
        "contributions",
        "payment",
        {"id": "payment_id"},
        "payment.made.v1",
        "application_id claim_id amount_pence voucher paid_on",
        filled="paid_on",
        rows=PAYMENTS,
        state=Fixed("paid"),
    ),
    published(
        "contributions",
        "payment_share",
        {"payment_id": "payment_id", "pot_id": "*.pot_id"},
        "payment.made.v1",
        each="shares",
        rows="SELECT s.* FROM payment_share s JOIN payment p ON p.id = s.payment_id WHERE p.state = 'paid'",
        amount_pence="*.amount_pence",
    ),
)
