"""Register an organisation that may apply."""

from dataclasses import dataclass
from uuid import UUID

from services.applications.domain.organisation import Contact, Organisation, check_organisation
from services.applications.repository import Organisations
from shared.errors import Conflict
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterOrganisation:
    """A person names the organisation they act for, and whom to ask there."""

    organisation_id: UUID
    name: str
    kind: str
    charity_number: str | None
    contact: Contact


async def register_organisation(command: RegisterOrganisation, uow: UnitOfWork) -> Recorded:
    """Keep the organisation; the caller is the first person to act for it. No event: nobody waits for it."""
    organisation = Organisation(
        id=command.organisation_id,
        name=command.name.strip(),
        kind=command.kind,
        charity_number=command.charity_number or None,
        people=(UUID(uow.actor),),
    )
    check_organisation(organisation, command.contact)
    if not await Organisations(uow.session).add(organisation, command.contact):
        raise Conflict("organisation.exists", "This organisation is registered already. Look at your list.")
    return Recorded(id=organisation.id, sequence=0)
