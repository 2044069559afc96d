"""Who handles which events, which fact may stand only once, and which fact must follow from which."""

from collections.abc import Mapping
from dataclasses import dataclass

ALL = frozenset(
    {
        "agreement.recorded.v1",
        "agreement.corrected.v1",
        "agreement.varied.v1",
        "agreement.people_erased.v1",
        "payee.named.v1",
        "payee.removed.v1",
        "obligation.corrected.v1",
        "obligation.varied.v1",
        "obligation.recorded.v1",
        "obligation.secured.v1",
        "demand.issued.v1",
        "demand.withdrawn.v1",
        "policy.recorded.v1",
        "statement.recorded.v1",
        "calculation.recorded.v1",
        "progress.recorded.v1",
        "progress.withdrawn.v1",
        "pot.opened.v1",
        "receipt.reversed.v1",
        "interest.shared.v1",
        "pot.extended.v1",
        "obligation.spending_stated.v1",
        "funds.redrawn.v1",
        "refund.requested.v1",
        "refund.approved.v1",
        "refund.refused.v1",
        "refund.made.v1",
        "balance.corrected.v1",
        "funds.reserved.v1",
        "funds.refused.v1",
        "funds.committed.v1",
        "funds.released.v1",
        "claim.payable.v1",
        "payment.requested.v1",
        "payment.approved.v1",
        "payment.refused.v1",
        "payment.made.v1",
        "fund.opened.v1",
        "application.submitted.v1",
        "offer.made.v1",
        "offer.accepted.v1",
        "offer.declined.v1",
        "claim.submitted.v1",
        "application.screened.v1",
        "interest.declared.v1",
        "application.scored.v1",
        "grant.awarded.v1",
        "application.declined.v1",
        "project.started.v1",
        "milestone.verified.v1",
        "works.completed.v1",
        "boundary.declared.v1",
        "baseline.frozen.v1",
        "savings.verified.v1",
    }
)

HANDLED: Mapping[str, frozenset[str]] = {
    "contributions": frozenset(
        {
            "fund.opened.v1",
            "grant.awarded.v1",
            "offer.accepted.v1",
            "offer.declined.v1",
            "milestone.verified.v1",
        }
    ),
    "applications": frozenset(
        {
            "funds.reserved.v1",
            "funds.refused.v1",
            "grant.awarded.v1",
            "application.declined.v1",
            "interest.declared.v1",
            "milestone.verified.v1",
            "payment.made.v1",
        }
    ),
    "assessment": frozenset({"application.submitted.v1", "funds.reserved.v1", "funds.refused.v1"}),
    "monitoring": frozenset({"offer.accepted.v1", "claim.submitted.v1"}),
    "portal": ALL,
}
"""Whose inbox must hold which events; a test holds this against what the services subscribe to."""

ONCE: Mapping[str, tuple[str, ...]] = {
    "agreement.recorded.v1": (),
    "agreement.corrected.v1": ("correction_id",),
    "agreement.varied.v1": ("variation_id",),
    "payee.named.v1": ("payee_id",),
    "payee.removed.v1": ("payee_id",),
    "obligation.corrected.v1": ("correction_id",),
    "obligation.varied.v1": ("variation_id", "obligation_id"),
    "obligation.recorded.v1": ("obligation_id",),
    "obligation.secured.v1": ("obligation_id",),
    "demand.issued.v1": ("demand_id",),
    "demand.withdrawn.v1": ("demand_id",),
    "policy.recorded.v1": ("version",),
    "statement.recorded.v1": ("statement_id",),
    "calculation.recorded.v1": ("calculation_id",),
    "progress.recorded.v1": ("progress_id",),
    "progress.withdrawn.v1": ("progress_id",),
    "pot.opened.v1": (),
    "receipt.reversed.v1": (),
    "interest.shared.v1": ("interest_id",),
    "pot.extended.v1": ("spend_by_on",),
    "refund.requested.v1": ("refund_id",),
    "refund.approved.v1": ("refund_id",),
    "refund.refused.v1": ("refund_id",),
    "refund.made.v1": ("refund_id",),
    "balance.corrected.v1": ("correction_id",),
    "funds.reserved.v1": ("award_id",),
    "funds.refused.v1": ("award_id",),
    "funds.committed.v1": (),
    "funds.released.v1": (),
    "claim.payable.v1": ("claim_id",),
    "payment.requested.v1": ("payment_id",),
    "payment.approved.v1": ("payment_id",),
    "payment.refused.v1": ("payment_id",),
    "payment.made.v1": ("payment_id",),
    "fund.opened.v1": (),
    "application.submitted.v1": (),
    "offer.made.v1": ("award_id",),
    "offer.accepted.v1": (),
    "offer.declined.v1": (),
    "claim.submitted.v1": ("claim_id",),
    "application.screened.v1": (),
    "interest.declared.v1": ("assessor_id", "has_interest"),
    "application.scored.v1": ("assessor_id",),
    "grant.awarded.v1": (),
    "application.declined.v1": (),
    "project.started.v1": (),
    "milestone.verified.v1": ("claim_id",),
    "works.completed.v1": (),
    "baseline.frozen.v1": ("meter_id",),
    "savings.verified.v1": ("saving_id",),
}
"""Facts that happen once, for each key and these fields: a second one is a command carried out twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """One event of `cause` makes `reader` record exactly one event of the types in `effects`."""

    cause: str
    reader: str
    effects: frozenset[str]


CONSEQUENCES = (
    Consequence(
        cause="grant.awarded.v1",
        reader="contributions",
        effects=frozenset({"funds.reserved.v1", "funds.refused.v1"}),
    ),
    Consequence(cause="offer.accepted.v1", reader="contributions", effects=frozenset({"funds.committed.v1"})),
    Consequence(cause="offer.declined.v1", reader="contributions", effects=frozenset({"funds.released.v1"})),
    Consequence(
        cause="application.submitted.v1", reader="assessment", effects=frozenset({"application.screened.v1"})
    ),
    Consequence(cause="funds.reserved.v1", reader="applications", effects=frozenset({"offer.made.v1"})),
    Consequence(cause="offer.accepted.v1", reader="monitoring", effects=frozenset({"project.started.v1"})),
)
"""A verified claim is not among them: a disputed one is kept, but makes nothing payable."""
