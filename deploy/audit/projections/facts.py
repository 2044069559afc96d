"""Register, applications, claims and savings in the portal: one row for each key, columns by event."""

from __future__ import annotations

from deploy.audit.projections.shown import APPLICATION, shown

REGISTER = (
    shown(
        "agreement",
        "agreement_id",
        "agreement.recorded.v1 agreement.corrected.v1 agreement.varied.v1",
        "organisation reference planning_application kind deed_on document_url ward ward_edition developer",
    ),
    shown(
        "variation",
        "variation_id",
        "agreement.varied.v1",
        "agreement_id deed_version varied_on variation_url summary",
    ),
    shown(
        "obligation",
        "obligation_id",
        "obligation.recorded.v1 obligation.corrected.v1 obligation.varied.v1",
        "agreement_id reference purpose amount_pence spend_by_months wards trigger clause tranche_number "
        "tranche_count calculation_id",
        mark="recorded_sequence",
    ),
    shown(
        "calculation",
        "calculation_id",
        "calculation.recorded.v1",
        "agreement_id clause policy_name policy_version policy_valid_from policy_source policy_source_url "
        "statement_reference statement_stage statement_approved_on rounding amount_pence due_pence fee_pence "
        "steps",
    ),
    shown(
        "obligation",
        "obligation_id",
        "obligation.secured.v1",
        "agreement_id trigger_met_on",
        mark="secured_sequence",
    ),
    shown(
        "demand",
        "demand_id",
        "demand.issued.v1",
        "agreement_id obligation_id reference issued_on due_on base_pence demanded_pence working provisional",
        mark="issued_sequence",
    ),
    shown(
        "demand",
        "demand_id",
        "demand.withdrawn.v1",
        "agreement_id obligation_id withdrawn_on",
        mark="withdrawn_sequence",
    ),
    shown(
        "pot",
        "pot_id",
        "pot.opened.v1",
        "agreement_id obligation_id organisation reference purpose wards received_pence received_on "
        "opened_by standing pool as_at_on records_begin_on kept_before_in",
    ),
    shown(
        "obligation",
        "obligation_id",
        "obligation.spending_stated.v1",
        "agreement_id spend_by_counts refund_with_interest recipients",
        mark="spending_sequence",
    ),
    shown(
        "fund",
        "fund_id",
        "fund.opened.v1",
        "opens_on",
        **{
            name: f"terms.{name}"
            for name in (
                "name",
                "organisation",
                "purposes",
                "wards",
                "grant_percent_limit",
                "maximum_grant_pence",
            )
        },
    ),
)
APPLICATIONS = (
    shown(
        "application",
        APPLICATION,
        "application.submitted.v1",
        "reference organisation_id organisation_name organisation_kind total_cost_pence eligible_cost_pence "
        "match_funding_pence requested_pence promised_kwh promised_kg_co2e factor_edition submitted_on",
        mark="submitted_sequence",
        fund_id="fund.fund_id",
        building_name="building.name",
        building_use="building.use",
        ward="building.ward",
    ),
    shown("application", APPLICATION, "offer.made.v1", mark="offered_sequence", offered_pence="amount_pence"),
    shown(
        "application",
        APPLICATION,
        "offer.accepted.v1",
        "accepted_on",
        mark="accepted_sequence",
        accepted_pence="amount_pence",
        accepted_promised_kwh="promised_kwh",
        accepted_promised_kg_co2e="promised_kg_co2e",
    ),
    shown(
        "application",
        APPLICATION,
        "offer.declined.v1",
        mark="offer_declined_sequence",
        offer_declined_on="declined_on",
    ),
    shown("application", APPLICATION, "application.screened.v1", "eligible", mark="screened_sequence"),
    shown(
        "application",
        APPLICATION,
        "grant.awarded.v1",
        "weighted_score",
        mark="awarded_sequence",
        awarded_pence="amount_pence",
        awarded_on="decided_on",
        award_reasons="reasons",
    ),
    shown(
        "application",
        APPLICATION,
        "application.declined.v1",
        "way_forward",
        mark="declined_sequence",
        declined_on="decided_on",
        decline_reasons="reasons",
    ),
    shown("application", APPLICATION, "funds.refused.v1", "shortfall_pence", mark="shortfall_sequence"),
    shown("application", APPLICATION, "project.started.v1", "started_on", mark="started_sequence"),
    shown("application", APPLICATION, "works.completed.v1", "completed_on", mark="completed_sequence"),
    shown(
        "application",
        APPLICATION,
        "boundary.declared.v1",
        mark="boundary_sequence",
        boundary_complete="complete",
        boundary_reason="reason",
        boundary_fuels="fuels",
    ),
)
CLAIMS_AND_SAVINGS = (
    shown(
        "claim",
        "claim_id",
        "claim.submitted.v1",
        "application_id milestone claimed_on evidence_count",
        mark="submitted_sequence",
        claimed_pence="amount_pence",
    ),
    shown(
        "claim",
        "claim_id",
        "milestone.verified.v1",
        "application_id verified_on",
        mark="verified_sequence",
        verified_pence="amount_pence",
    ),
    shown(
        "claim",
        "claim_id",
        "claim.payable.v1",
        "application_id",
        mark="payable_sequence",
        payable_pence="amount_pence",
    ),
    shown(
        "payment",
        "payment_id",
        "payment.requested.v1",
        "application_id claim_id amount_pence",
        mark="requested_sequence",
    ),
    shown("payment", "payment_id", "payment.approved.v1", "application_id", mark="approved_sequence"),
    shown(
        "payment",
        "payment_id",
        "payment.refused.v1",
        "application_id refused_on",
        mark="refused_sequence",
        refusal_reason="reason",
    ),
    shown(
        "payment",
        "payment_id",
        "payment.made.v1",
        "application_id voucher paid_on",
        mark="made_sequence",
        paid_pence="amount_pence",
    ),
    shown(
        "saving",
        "saving_id",
        "savings.verified.v1",
        "application_id basis period_start period_end avoided_kwh counterfactual_kwh model_band_kwh "
        "total_band_kwh saved_kg_co2e model_band_kg_co2e total_band_kg_co2e confidence_percent "
        "distinguishable factor_edition verified_on temperatures_generated",
    ),
)
