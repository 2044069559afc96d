"""An officer demands what an obligation has made due."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.contributions.domain.demands import facts
from services.contributions.domain.demands.demand import Demand, Letter, check_letter, demandable
from services.contributions.domain.demands.demand import issue_demand as checked
from services.contributions.domain.demands.terms import PaymentTerms
from services.contributions.domain.register.agreement import Agreement
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.demands import Demands
from services.contributions.repository.payment_terms import AllPaymentTerms
from services.contributions.repository.workings import work_out
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueDemand:
    """Ask the developer to pay on the terms that hold; without a reference the fund makes one."""

    agreement_id: UUID
    obligation_id: UUID
    demand_id: UUID
    issued_on: date
    reference: str | None = None
    letter: Letter = field(default_factory=Letter)


async def issue_demand(command: IssueDemand, uow: UnitOfWork) -> Recorded:
    """Refuses what is not due, has no sum, is demanded already, or lacks the month of an index."""
    agreements, demands = Agreements(uow), Demands(uow.session)
    agreement = await agreements.get(command.agreement_id)
    check_letter(command.letter)
    terms = await AllPaymentTerms(uow.session).get(agreement.obligation(command.obligation_id).id)
    draft = await _draft(command, agreement, terms, uow)
    received_pence, _ = await agreements.received(command.obligation_id)
    live = await demands.standing(command.obligation_id)
    demand = checked(draft, terms, live=live, received_pence=received_pence)
    await demands.add(demand, command.letter, uow)
    agreement = agreement.next()
    await agreements.save_version(agreement)
    uow.record(facts.demand_issued(agreement.id, demand), sequence=agreement.version)
    return Recorded(demand.id, agreement.version)


async def _draft(command: IssueDemand, agreement: Agreement, terms: PaymentTerms, uow: UnitOfWork) -> Demand:
    demands = Demands(uow.session)
    obligation = demandable(agreement, command.obligation_id, issued_on=command.issued_on, today=uow.today)
    assert obligation.trigger_met_on is not None
    organisation = obligation.organisation or agreement.organisation
    given = (command.reference or "").strip()
    return Demand(
        id=command.demand_id,
        obligation_id=obligation.id,
        organisation=organisation,
        reference=given or await demands.next_reference(organisation, command.issued_on.year),
        issued_on=command.issued_on,
        due_on=terms.due_on(issued_on=command.issued_on, trigger_met_on=obligation.trigger_met_on),
        working=await work_out(uow.session, agreement, obligation, terms, issued_on=command.issued_on),
        terms_number=terms.number,
        replaces=await demands.withdrawn_last(obligation.id),
    )
