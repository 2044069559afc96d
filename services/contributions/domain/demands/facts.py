"""Facts about demands, as the published language words them."""

from uuid import UUID

from services.contributions.domain.demands.demand import Demand
from shared.events import contributions as published


def demand_issued(agreement_id: UUID, demand: Demand) -> published.DemandIssued:
    """The developer is asked to pay; who is asked, and where they live, stays with the demand."""
    return published.DemandIssued(
        agreement_id=agreement_id,
        obligation_id=demand.obligation_id,
        demand_id=demand.id,
        organisation=demand.organisation,
        reference=demand.reference,
        issued_on=demand.issued_on,
        due_on=demand.due_on,
        base_pence=demand.working.base_pence,
        demanded_pence=demand.demanded_pence,
        working=tuple(f"{step.what}: {step.figure}" for step in demand.working.steps),
        provisional=demand.working.provisional,
        replaces_id=demand.replaces,
    )


def demand_withdrawn(agreement_id: UUID, demand: Demand) -> published.DemandWithdrawn:
    """The demand no longer stands; why is kept with it, for it may speak of people."""
    assert demand.withdrawn_on is not None
    return published.DemandWithdrawn(
        agreement_id=agreement_id,
        obligation_id=demand.obligation_id,
        demand_id=demand.id,
        withdrawn_on=demand.withdrawn_on,
    )
