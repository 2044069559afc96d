"""Verify that the works of a claim are done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.monitoring.domain.claim import Verification
from services.monitoring.repository.projects import Projects
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyClaim:
    """Somebody of the team saw the claimed works, on a day, and says what they found."""

    application_id: UUID
    claim_id: UUID
    verified_on: date
    finding: str


async def verify_claim(command: VerifyClaim, uow: UnitOfWork) -> Recorded:
    """Record the finding; contributions may then pay the claim."""
    projects = Projects(uow.session)
    project = await projects.get(command.application_id)
    found = Verification(
        verifier_id=UUID(uow.actor), verified_on=command.verified_on, finding=command.finding
    )
    verified, event = project.verify_claim(command.claim_id, found, today=uow.today)
    await projects.save([verified])
    await projects.keep_claim(verified, verified.claims[command.claim_id])
    uow.record(event, sequence=verified.version)
    return Recorded(id=command.claim_id, sequence=verified.version)
