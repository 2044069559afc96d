"""An officer enters what a clause secures: how its sum is worked out, and the tranches it falls due in."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.pricing import facts
from services.contributions.domain.pricing.asked import Method, SumAsked
from services.contributions.domain.pricing.calculation import Worked
from services.contributions.domain.pricing.clause import Clause, obligations_of
from services.contributions.domain.register import facts as register_facts
from services.contributions.domain.register.agreement import Agreement
from services.contributions.domain.register.obligation import Obligation
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.pricing import Pricing
from services.contributions.repository.wards import Wards
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClause:
    """Enter a clause: its obligations are one for each tranche, and one for a management fee.

    `calculation_id` names how the sum is worked out, and is not used for a sum that the deed fixes itself.
    """

    agreement_id: UUID
    calculation_id: UUID
    asked: SumAsked
    clause: Clause


async def record_clause(command: RecordClause, uow: UnitOfWork) -> Recorded:
    """Keeps the calculation and all its obligations, or nothing; refuses by field of the tranche."""
    agreements, pricing = Agreements(uow), Pricing(uow.session)
    agreement = await agreements.get(command.agreement_id)
    worked = await pricing.worked(command.asked, agreement.id)
    calculation_id = None if command.asked.method == Method.FIXED else command.calculation_id
    obligations = obligations_of(command.clause, worked, calculation_id)
    if calculation_id:
        agreement = await _keep_calculation(command, worked, agreement, uow)
    agreement = await _add(obligations, agreement, command.clause.wards, uow)
    return Recorded(obligations[0].id if obligations else command.calculation_id, agreement.version)


async def _keep_calculation(
    command: RecordClause, worked: Worked, agreement: Agreement, uow: UnitOfWork
) -> Agreement:
    pricing = Pricing(uow.session)
    policy, statement = await pricing.rests_on(command.asked, agreement.id)
    await pricing.add_calculation(command.calculation_id, agreement.id, worked, policy, statement, uow)
    agreement = await Agreements(uow).count_fact(agreement)
    fact = facts.calculation_recorded(
        command.calculation_id, agreement.id, command.clause.clause, worked, policy, statement
    )
    uow.record(fact, sequence=agreement.version)
    return agreement


async def _add(
    obligations: list[Obligation], agreement: Agreement, wards: frozenset[str], uow: UnitOfWork
) -> Agreement:
    agreements = Agreements(uow)
    in_force = await Wards(uow).in_force(agreement.organisation, agreement.in_force_from)
    for obligation in obligations:
        agreement = agreement.add_obligation(obligation, known_wards=in_force.codes or wards)
        await agreements.add_obligation(agreement, obligation)
        uow.record(register_facts.obligation_recorded(agreement.id, obligation), sequence=agreement.version)
    return agreement
