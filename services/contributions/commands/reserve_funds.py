"""An award asks for its money: pots that may lawfully bear it hold it, or the award is refused."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain import facts, movements
from services.contributions.domain.grant_funding import GrantFunding
from services.contributions.domain.pots import Award, Shortfall, choose_shares
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.grant_fundings import GrantFundings
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ReserveFunds:
    """Hold the money of an award; answered once, however often it is asked."""

    award_id: UUID
    award: Award


async def reserve_funds(command: ReserveFunds, uow: UnitOfWork) -> None:
    """Publishes FundsReserved with the shares, or FundsRefused with the shortfall and nothing held."""
    award, fundings = command.award, GrantFundings(uow)
    found = await fundings.find(award.application_id, award.organisation)
    if await fundings.has_answered(command.award_id):
        return
    funding = found or GrantFunding(application_id=award.application_id, organisation=award.organisation)
    chosen = choose_shares(award, await Books(uow).lawful_pots(award))
    if isinstance(chosen, Shortfall):
        await _refuse(funding.refuse(), command, chosen, uow)
    else:
        await _hold(funding.reserve(award, chosen, award_id=command.award_id), uow)


async def _hold(funding: GrantFunding, uow: UnitOfWork) -> None:
    fundings, held = GrantFundings(uow), funding.held
    await fundings.save(funding)
    await fundings.add_reservation(held)
    await Books(uow).post(
        [movements.for_reservation(held, cause_id=cause_id(uow))],
        happened_on=held.awarded_on,
        application_id=funding.application_id,
    )
    uow.record(facts.funds_reserved(held), sequence=funding.version)


async def _refuse(
    funding: GrantFunding, command: ReserveFunds, shortfall: Shortfall, uow: UnitOfWork
) -> None:
    fundings, application_id = GrantFundings(uow), funding.application_id
    await fundings.save(funding)
    await fundings.add_refusal(
        application_id, command.award_id, shortfall, decided_on=command.award.decided_on
    )
    fact = facts.funds_refused(application_id, command.award_id, shortfall)
    uow.record(fact, sequence=funding.version)
