"""Events of other services, and what this one does about them."""

from services.monitoring.commands.receive_claim import ReceiveClaim, receive_claim
from services.monitoring.commands.start_project import StartProject, start_project
from shared.events.applications import ClaimSubmitted, OfferAccepted
from shared.messaging import Handlers, UnitOfWork, Waiting


def subscribe(handlers: Handlers) -> None:
    """Say which events this service acts on; both come in order, being of one topic and key."""
    handlers.on(OfferAccepted, start_on_acceptance)
    handlers.on(ClaimSubmitted, receive_on_submission)


async def start_on_acceptance(event: OfferAccepted, uow: UnitOfWork) -> Waiting | None:
    """A project starts when its grant is accepted."""
    await start_project(StartProject(accepted=event), uow)
    return None


async def receive_on_submission(event: ClaimSubmitted, uow: UnitOfWork) -> Waiting | None:
    """A claim is put before the team when it is submitted."""
    await receive_claim(ReceiveClaim(submitted=event), uow)
    return None
