"""An officer records that what a deed waits for has happened."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.repository.agreements import Agreements
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetTrigger:
    """The trigger of an obligation was met on a day: its sum is secured and now owed."""

    agreement_id: UUID
    obligation_id: UUID
    trigger_met_on: date


async def meet_trigger(command: MeetTrigger, uow: UnitOfWork) -> Recorded:
    """Refuses a day before the deed or after today, and a second time."""
    agreements = Agreements(uow)
    agreement = await agreements.get(command.agreement_id)
    agreement = agreement.meet_trigger(command.obligation_id, met_on=command.trigger_met_on, today=uow.today)
    await agreements.save_trigger(agreement, command.obligation_id)
    fact = facts.obligation_secured(agreement.id, command.obligation_id, command.trigger_met_on)
    uow.record(fact, sequence=agreement.version)
    return Recorded(command.obligation_id, agreement.version)
