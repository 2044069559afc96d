"""An officer takes a demand back: it was wrong, or the deed has changed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.demands import facts
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.demands import Demands
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDemand:
    """The demand no longer stands, from a day on, for a reason."""

    demand_id: UUID
    reason: str
    withdrawn_on: date


async def withdraw_demand(command: WithdrawDemand, uow: UnitOfWork) -> Recorded:
    """Refuses a second withdrawal, a missing reason, and a day before the demand or after today."""
    agreements, demands = Agreements(uow), Demands(uow.session)
    agreement = await agreements.get(await demands.agreement_of(command.demand_id))
    demand = await demands.get(command.demand_id)
    demand = demand.withdraw(reason=command.reason, on=command.withdrawn_on, today=uow.today)
    await demands.save_withdrawal(demand, uow)
    agreement = agreement.next()
    await agreements.save_version(agreement)
    uow.record(facts.demand_withdrawn(agreement.id, demand), sequence=agreement.version)
    return Recorded(demand.id, agreement.version)
