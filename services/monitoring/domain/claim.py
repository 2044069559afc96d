"""A claim of the grant holder, and the look that somebody else took at the works it is for."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from services.monitoring.domain.checks import refuse_day_outside, required_text
from shared.errors import Conflict, Forbidden

LONGEST_FINDING = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What somebody found when they looked at the claimed works."""

    verifier_id: UUID
    verified_on: date
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Part of the grant (pence) that is claimed for a milestone."""

    claim_id: UUID
    claimant_id: UUID
    milestone: str
    amount_pence: int
    claimed_on: date
    evidence_count: int
    verification: Verification | None = None

    def verify(self, found: Verification, *, people: Collection[UUID], today: date) -> "Claim":
        """The claim as verified, once, by somebody who neither claimed nor acts for the applicant."""
        if found.verifier_id == self.claimant_id or found.verifier_id in people:
            message = "You act for the claimant, so somebody else must verify this claim."
            raise Forbidden("verify.own_claim", message)
        if self.verification is not None:
            message = "This claim has been verified. Open it again to see the finding."
            raise Conflict("verify.verified_already", message)
        refuse_day_outside(
            found.verified_on,
            field="verified_on",
            earliest=self.claimed_on,
            since="the day of the claim",
            today=today,
        )
        finding = required_text(
            found.finding, field="finding", name="what you found", longest=LONGEST_FINDING
        )
        return replace(self, verification=replace(found, finding=finding))
