"""Claimed works were verified: the claim becomes payable, or disputed with the reason."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.grants import facts
from services.contributions.domain.grants.claim import Claim, ClaimState
from services.contributions.domain.grants.grant_funding import GrantFunding
from services.contributions.domain.grants.reservation import ReservationState
from services.contributions.repository.grant_fundings import GrantFundings
from shared.events.applications import OfferAccepted
from shared.messaging import UnitOfWork, Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptClaim:
    """Take a verified claim of a grant."""

    application_id: UUID
    claim: Claim


async def accept_claim(command: AcceptClaim, uow: UnitOfWork) -> Waiting | None:
    """Publishes ClaimPayable unless disputed; waits until the grant's money is committed."""
    fundings = GrantFundings(uow)
    funding = await fundings.find(command.application_id)
    if funding is None or _uncommitted(funding):
        return Waiting(OfferAccepted.name, str(command.application_id))
    if any(claim.id == command.claim.id for claim in funding.claims):
        return None
    verified = funding.verify(command.claim)
    claim = verified.claim(command.claim.id)
    await fundings.add_claim(command.application_id, claim)
    if claim.state is ClaimState.PAYABLE:
        await fundings.save(verified)
        uow.record(facts.claim_payable(command.application_id, claim), sequence=verified.version)
    return None


def _uncommitted(funding: GrantFunding) -> bool:
    return funding.reservation is None or funding.reservation.state is ReservationState.RESERVED
