"""Decline the offer of a grant."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.domain import offer as rules
from services.applications.repository import Applications
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineOffer:
    """The organisation declines the grant."""

    application_id: UUID
    declined_on: date


async def decline_offer(command: DeclineOffer, uow: UnitOfWork) -> Recorded:
    """Publish that the grant is turned down, so that its money goes back."""
    applications = Applications(uow)
    application = await applications.get_own(command.application_id)
    answered, event = rules.decline_offer(application, declined_on=command.declined_on, today=uow.today)
    await applications.save_grant(answered)
    uow.record(event, sequence=answered.sequence)
    return Recorded(id=answered.id, sequence=answered.sequence)
