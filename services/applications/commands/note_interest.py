"""Note whether an assessor may read an application."""

from dataclasses import dataclass
from uuid import UUID

from services.applications.repository import Outcomes
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteInterest:
    """An assessor said whether they have an interest in an application."""

    application_id: UUID
    assessor_id: UUID
    has_interest: bool


async def note_interest(command: NoteInterest, uow: UnitOfWork) -> None:
    """Keep what the assessor last said: with no interest, they may read."""
    await Outcomes(uow.session).declare_interest(
        command.application_id, command.assessor_id, has_interest=command.has_interest
    )
