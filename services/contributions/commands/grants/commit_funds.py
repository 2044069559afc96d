"""The offer was accepted: the grant's money is committed."""

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
class CommitFunds:
    """Bind the money held for an award to the grant that was accepted."""

    application_id: UUID
    award_id: UUID
    accepted_on: date
    reference: str
    grantee: str


async def commit_funds(command: CommitFunds, uow: UnitOfWork) -> Waiting | None:
    """Publishes FundsCommitted; waits where the award itself has not come yet."""
    fundings = GrantFundings(uow)
    funding = await fundings.find(command.application_id)
    if funding is None:
        return Waiting(GrantAwarded.name, str(command.application_id))
    committed = funding.commit(
        award_id=command.award_id,
        accepted_on=command.accepted_on,
        reference=command.reference,
        grantee=command.grantee,
    )
    await fundings.save(committed)
    await Books(uow).post(
        [movements.for_commitment(committed.held, cause_id=cause_id(uow))],
        happened_on=command.accepted_on,
        application_id=command.application_id,
    )
    uow.record(facts.funds_committed(committed.held), sequence=committed.version)
    return None
