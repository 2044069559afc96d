"""Receive a claim, to be verified."""

from dataclasses import dataclass

from services.monitoring.repository.projects import Projects
from shared.events.applications import ClaimSubmitted
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveClaim:
    """Put a submitted claim before the team."""

    submitted: ClaimSubmitted


async def receive_claim(command: ReceiveClaim, uow: UnitOfWork) -> None:
    """Keep the claim; one that is here already stays as it is."""
    projects = Projects(uow.session)
    project = await projects.get(command.submitted.application_id)
    claim_id = command.submitted.claim_id
    if claim_id in project.claims:
        return
    received = project.receive_claim(command.submitted)
    await projects.keep_claim(received, received.claims[claim_id])
