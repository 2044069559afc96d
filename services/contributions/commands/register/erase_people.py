"""An officer erases people's names from an agreement, as they may ask."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.payees import Payees
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasePeople:
    """Erase, for good, a person's name as developer and the names of removed payees."""

    agreement_id: UUID


async def erase_people(command: ErasePeople, uow: UnitOfWork) -> Recorded:
    """Earlier versions lose them too; names of organisations and payees who are still owed stay."""
    agreements = Agreements(uow)
    agreement = await agreements.load(command.agreement_id)
    agreement = replace(agreement, version=agreement.version + 1)
    await Payees(uow).erase_people(agreement.id)
    await agreements.save_version(agreement)
    uow.record(facts.people_erased(agreement.id), sequence=agreement.version)
    return Recorded(agreement.id, agreement.version)
