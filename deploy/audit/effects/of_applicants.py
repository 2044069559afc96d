"""Facts that applications, assessment and monitoring published, and the rows of their own."""

from __future__ import annotations

from deploy.audit.copies import same_named
from deploy.audit.effects.kept import APPLICATION, published

OF_APPLICANTS = (
    published("applications", "fund", {"id": "fund_id"}, "fund.opened.v1", "opens_on terms"),
    published(
        "applications",
        "application",
        {"id": "application_id"},
        "application.submitted.v1",
        "reference organisation_id submitted_on",
        filled="submitted_on",
        fund_id="fund.fund_id",
        submission="@content",
    ),
    published("applications", "offer", APPLICATION, "offer.made.v1", "award_id amount_pence decided_on"),
    published(
        "applications",
        "offer",
        APPLICATION,
        "offer.accepted.v1",
        "award_id amount_pence accepted_on",
        filled="accepted_on",
    ),
    published(
        "applications",
        "offer",
        APPLICATION,
        "offer.declined.v1",
        "award_id declined_on",
        filled="declined_on",
    ),
    published(
        "applications",
        "claim",
        {"id": "claim_id"},
        "claim.submitted.v1",
        "application_id claimant_id milestone amount_pence claimed_on",
    ),
    published(
        "assessment",
        "screening_check",
        {**APPLICATION, "rule": "*.rule"},
        "application.screened.v1",
        each="checks",
        place="#",
        passed="*.passed",
        explanation="*.explanation",
    ),
    published(
        "assessment",
        "interest",
        same_named("application_id assessor_id"),
        "interest.declared.v1",
        "has_interest",
    ),
    published(
        "assessment",
        "score",
        same_named("application_id assessor_id"),
        "application.scored.v1",
        rows="SELECT DISTINCT application_id, assessor_id FROM score",
    ),
    published(
        "assessment",
        "decision",
        APPLICATION,
        "grant.awarded.v1",
        "award_id amount_pence decided_on reasons weighted_score",
        filled="award_id",
    ),
    published(
        "assessment",
        "decision",
        APPLICATION,
        "application.declined.v1",
        "decided_on reasons way_forward",
        filled="way_forward",
    ),
    published(
        "monitoring",
        "project",
        APPLICATION,
        "project.started.v1",
        "promised_kwh promised_kg_co2e",
        accepted_on="started_on",
    ),
    published(
        "monitoring",
        "claim",
        {"claim_id": "claim_id"},
        "milestone.verified.v1",
        "milestone amount_pence verified_on verifier_id",
        filled="verified_on",
    ),
    published(
        "monitoring", "project", APPLICATION, "works.completed.v1", "completed_on", filled="completed_on"
    ),
    published(
        "monitoring",
        "boundary",
        {**APPLICATION, "sequence": "@sequence"},
        "boundary.declared.v1",
        "complete reason fuels",
    ),
    published(
        "monitoring", "baseline", {"meter_id": "meter_id"}, "baseline.frozen.v1", "period_start period_end"
    ),
    published(
        "monitoring",
        "saving",
        {"saving_id": "saving_id"},
        "savings.verified.v1",
        "application_id period_start period_end verified_on verifier_id avoided_kwh saved_kg_co2e",
        published="@content",
    ),
)
