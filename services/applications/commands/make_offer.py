"""Offer the grant whose money is reserved."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.domain import offer as rules
from services.applications.repository import Applications
from shared.events.applications import OfferMade
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer:
    """The money of an award is reserved."""

    application_id: UUID
    award_id: UUID
    amount_pence: int
    decided_on: date


async def make_offer(command: MakeOffer, uow: UnitOfWork) -> None:
    """Publish the offer, once for each award however often its reservation is told."""
    applications = Applications(uow)
    application = await applications.get(command.application_id)
    if application.grant is not None and application.grant.award_id == command.award_id:
        return
    offer = OfferMade(
        application_id=command.application_id,
        award_id=command.award_id,
        amount_pence=command.amount_pence,
        decided_on=command.decided_on,
    )
    offered, event = rules.make_offer(application, offer)
    await applications.save_grant(offered)
    uow.record(event, sequence=offered.sequence)
