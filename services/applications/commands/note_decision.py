"""Note what assessment decided, for the applicant to read."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.repository import Outcomes
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAward:
    """The fund decided to award a grant (pence), and why."""

    application_id: UUID
    award_id: UUID
    amount_pence: int
    decided_on: date
    reasons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteDecline:
    """The fund decided against the application, why, and what the applicant can do."""

    application_id: UUID
    decided_on: date
    reasons: str
    way_forward: str


async def note_award(command: NoteAward, uow: UnitOfWork) -> None:
    """Keep the award with its reasons."""
    await Outcomes(uow.session).decide(
        command.application_id,
        outcome="awarded",
        award_id=command.award_id,
        amount_pence=command.amount_pence,
        decided_on=command.decided_on,
        reasons=command.reasons,
    )


async def note_decline(command: NoteDecline, uow: UnitOfWork) -> None:
    """Keep the refusal with its reasons and way forward."""
    await Outcomes(uow.session).decide(
        command.application_id,
        outcome="declined",
        decided_on=command.decided_on,
        reasons=command.reasons,
        way_forward=command.way_forward,
    )
