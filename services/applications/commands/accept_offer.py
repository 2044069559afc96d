"""Accept the offer of a grant."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.domain import offer as rules
from services.applications.repository import Applications
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptOffer:
    """The organisation accepts the grant."""

    application_id: UUID
    accepted_on: date


async def accept_offer(command: AcceptOffer, uow: UnitOfWork) -> Recorded:
    """Publish the acceptance with the promise that was submitted."""
    applications = Applications(uow)
    application = await applications.get_own(command.application_id)
    answered, event = rules.accept_offer(application, accepted_on=command.accepted_on, today=uow.today)
    await applications.save_grant(answered)
    uow.record(event, sequence=answered.sequence)
    return Recorded(id=answered.id, sequence=answered.sequence)
