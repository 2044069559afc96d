"""Claim part of a grant."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.domain import offer as rules
from services.applications.domain.grant import Claim
from services.applications.repository import Applications, Claims
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitClaim:
    """The grant holder claims money for works that are done, with files that show it (pence)."""

    application_id: UUID
    claim_id: UUID
    milestone: str
    amount_pence: int
    claimed_on: date
    evidence_ids: tuple[UUID, ...]


async def submit_claim(command: SubmitClaim, uow: UnitOfWork) -> Recorded:
    """Keep the claim and publish it; the database, too, holds claims below the grant."""
    applications, claims = Applications(uow), Claims(uow)
    application = await applications.get_own(command.application_id)
    claim = Claim(
        id=command.claim_id,
        milestone=command.milestone.strip(),
        amount_pence=command.amount_pence,
        claimed_on=command.claimed_on,
        evidence_ids=command.evidence_ids,
    )
    known = await claims.evidence_of(application.id)
    claimed, event = rules.claim_grant(
        application, claim, claimant_id=UUID(uow.actor), known_evidence=known, today=uow.today
    )
    if not await claims.add(application.id, claim):
        raise Conflict("claim.exists", "This claim was made before. Look at the list of claims.")
    await applications.save_grant(claimed)
    uow.record(event, sequence=claimed.sequence)
    return Recorded(id=claim.id, sequence=claimed.sequence)
