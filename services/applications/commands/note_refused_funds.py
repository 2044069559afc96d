"""Note that there was not enough money for an award."""

from dataclasses import dataclass
from uuid import UUID

from services.applications.repository import Outcomes
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRefusedFunds:
    """The pots that may bear an award hold too little for it (pence)."""

    application_id: UUID
    award_id: UUID
    available_pence: int
    shortfall_pence: int


async def note_refused_funds(command: NoteRefusedFunds, uow: UnitOfWork) -> None:
    """Keep the shortfall."""
    await Outcomes(uow.session).refuse_funding(
        command.application_id,
        award_id=command.award_id,
        available_pence=command.available_pence,
        shortfall_pence=command.shortfall_pence,
    )
