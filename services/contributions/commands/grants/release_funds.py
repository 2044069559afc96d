"""The offer was declined: the grant's money goes back to its pots."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.grants import facts
from services.contributions.domain.ledger import movements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.grant_fundings import GrantFundings
from shared.events.assessment import GrantAwarded
from shared.messaging import UnitOfWork, Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFunds:
    """Give the money held for an award back to the pots it came from."""

    application_id: UUID
    award_id: UUID
    declined_on: date
    reason: str


async def release_funds(command: ReleaseFunds, uow: UnitOfWork) -> Waiting | None:
    """Publishes FundsReleased; waits where the award itself has not come yet."""
    fundings = GrantFundings(uow)
    funding = await fundings.find(command.application_id)
    if funding is None:
        return Waiting(GrantAwarded.name, str(command.application_id))
    released = funding.release(award_id=command.award_id)
    await fundings.save(released)
    await fundings.save_release(released.held)
    await Books(uow).post(
        [movements.for_release(funding.held, cause_id=cause_id(uow))],
        happened_on=command.declined_on,
        application_id=command.application_id,
    )
    uow.record(facts.funds_released(released.held, command.reason), sequence=released.version)
    return None
