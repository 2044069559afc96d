"""Start an application."""

from dataclasses import dataclass
from uuid import UUID

from services.applications.domain import application as rules
from services.applications.repository import Applications, Funds, Organisations
from shared.errors import Conflict
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class StartApplication:
    """Somebody begins a draft for their organisation."""

    application_id: UUID
    fund_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class Started:
    """The new draft, its readable reference, and the version its first save must name."""

    id: UUID
    reference: str
    version: int
    sequence: int


async def start_application(command: StartApplication, uow: UnitOfWork) -> Started:
    """Keep an empty draft under the next reference. Drafts publish nothing."""
    applications = Applications(uow)
    fund = await Funds(uow.session).get(command.fund_id)
    organisation = await Organisations(uow.session).get_own(command.organisation_id, UUID(uow.actor))
    reference = await applications.next_reference(fund.opens_on.year)
    draft = rules.start_application(command.application_id, reference, fund, organisation)
    if not await applications.add(draft):
        message = "This application was started before. Open it from your list."
        raise Conflict("application.exists", message)
    return Started(draft.id, draft.reference, draft.version, draft.sequence)
