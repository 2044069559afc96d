"""An officer records that somebody is no longer to be refunded."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.payees import Payees
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePayee:
    """Nothing more is refunded to this payee; what was stands."""

    agreement_id: UUID
    payee_id: UUID


async def remove_payee(command: RemovePayee, uow: UnitOfWork) -> Recorded:
    """Refuses a second time; the name stays until people's names are erased."""
    agreements, payees = Agreements(uow), Payees(uow)
    agreement = await agreements.load(command.agreement_id)
    agreement = replace(agreement, version=agreement.version + 1)
    payee = (await payees.get(agreement.id, command.payee_id)).removed(uow.now)
    await payees.save_removal(payee)
    await agreements.save_version(agreement)
    uow.record(facts.payee_removed(agreement.id, payee.id), sequence=agreement.version)
    return Recorded(payee.id, agreement.version)
