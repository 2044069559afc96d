"""Submit an application to its fund."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.repository import Applications
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitApplication:
    """The organisation sends its application."""

    application_id: UUID
    submitted_on: date


async def submit_application(command: SubmitApplication, uow: UnitOfWork) -> Recorded:
    """Freeze the application and publish it."""
    applications = Applications(uow)
    draft = await applications.get_own(command.application_id)
    sent, event = draft.submit(submitted_on=command.submitted_on, today=uow.today)
    await applications.save_submission(sent, event)
    uow.record(event, sequence=sent.sequence)
    return Recorded(id=sent.id, sequence=sent.sequence)
