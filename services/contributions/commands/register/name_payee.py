"""An officer enters who is to be refunded what a deed lets nobody spend any more."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.contributions.domain.register import facts
from services.contributions.domain.register.payee import Payee
from services.contributions.domain.register.payee import name_payee as named
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.payees import Payees
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePayee:
    """Enter a payee of an agreement, and the reference finance knows them by, if any."""

    agreement_id: UUID
    payee_id: UUID
    name: str
    reference: str | None = None


async def name_payee(command: NamePayee, uow: UnitOfWork) -> Recorded:
    """Refuses by field; the name is kept here only, the fact says that there is a payee."""
    agreements = Agreements(uow)
    agreement = await agreements.load(command.agreement_id)
    agreement = replace(agreement, version=agreement.version + 1)
    payee = Payee(
        id=command.payee_id,
        agreement_id=agreement.id,
        name=command.name.strip(),
        reference=(command.reference or "").strip() or None,
    )
    await Payees(uow).add(named(payee))
    await agreements.save_version(agreement)
    uow.record(facts.payee_named(agreement.id, payee.id), sequence=agreement.version)
    return Recorded(payee.id, agreement.version)
