"""Events of others that a service acts on, and the rows that each must have left exactly once."""

from __future__ import annotations

from deploy.audit.copies import same_named
from deploy.audit.effects.kept import APPLICATION, kept

EFFECTS = (
    kept(
        "contributions",
        "known_ward",
        {"organisation": "terms.organisation", "ward": "*"},
        "fund.opened.v1",
        each="terms.wards",
    ),
    kept(
        "contributions",
        "award",
        {"id": "award_id"},
        "grant.awarded.v1",
        "application_id decided_on",
        requested_pence="amount_pence",
    ),
    kept(
        "contributions",
        "grant_funding",
        APPLICATION,
        "offer.accepted.v1",
        "accepted_on reference award_id",
        filled="accepted_on",
        grantee="organisation_name",
    ),
    kept(
        "contributions",
        "claim",
        {"id": "claim_id"},
        "milestone.verified.v1",
        "application_id milestone amount_pence verified_on",
    ),
    kept(
        "contributions",
        "award",
        {"id": "award_id"},
        "offer.declined.v1",
        "application_id",
        rows="SELECT * FROM award WHERE state = 'released'",
    ),
    kept("applications", "offer", APPLICATION, "funds.reserved.v1", "award_id amount_pence decided_on"),
    kept(
        "applications",
        "refused_funding",
        APPLICATION,
        "funds.refused.v1",
        "award_id available_pence shortfall_pence",
    ),
    kept(
        "applications",
        "decision",
        APPLICATION,
        "grant.awarded.v1",
        "award_id amount_pence decided_on reasons",
        rows="SELECT * FROM decision WHERE outcome = 'awarded'",
    ),
    kept(
        "applications",
        "decision",
        APPLICATION,
        "application.declined.v1",
        "decided_on reasons way_forward",
        rows="SELECT * FROM decision WHERE outcome = 'declined'",
    ),
    kept(
        "applications",
        "declared_interest",
        same_named("application_id assessor_id"),
        "interest.declared.v1",
        "has_interest",
    ),
    kept(
        "applications",
        "claim",
        {"id": "claim_id"},
        "milestone.verified.v1",
        "verified_on amount_pence",
        filled="verified_on",
    ),
    kept(
        "applications",
        "claim",
        {"id": "claim_id"},
        "payment.made.v1",
        "paid_on voucher amount_pence",
        filled="paid_on",
    ),
    kept(
        "assessment",
        "assessment",
        APPLICATION,
        "application.submitted.v1",
        "reference submitted_on organisation_name organisation_kind people requested_pence",
        building_name="building.name",
        ward="building.ward",
        fund_id="fund.fund_id",
        fund_organisation="fund.organisation",
        purposes="fund.purposes",
    ),
    kept(
        "assessment",
        "criterion",
        {**APPLICATION, "code": "*.code"},
        "application.submitted.v1",
        each="fund.criteria",
        place="#",
        title="*.title",
        weight_percent="*.weight_percent",
    ),
    kept(
        "monitoring",
        "project",
        APPLICATION,
        "offer.accepted.v1",
        "reference organisation_id organisation_name people building amount_pence accepted_on promised_kwh "
        "promised_kg_co2e factor_edition",
    ),
    kept(
        "monitoring",
        "promised_measure",
        {**APPLICATION, "measure_id": "*.measure_id"},
        "offer.accepted.v1",
        each="measures",
        **{
            name: f"*.{name}"
            for name in (
                "kind",
                "fuel",
                "lifetime_years",
                "promised_kwh",
                "promised_kg_co2e",
                "added_fuel",
                "added_kwh",
            )
        },
    ),
    kept(
        "monitoring",
        "stated_energy",
        {**APPLICATION, "place": "#"},
        "offer.accepted.v1",
        each="energy",
        **{name: f"*.{name}" for name in ("fuel", "period_start", "period_end", "kwh")},
    ),
    kept(
        "monitoring",
        "claim",
        {"claim_id": "claim_id"},
        "claim.submitted.v1",
        "application_id claimant_id milestone amount_pence claimed_on evidence_count",
    ),
)
