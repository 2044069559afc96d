"""Note what became of a claim, for the applicant to see."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.applications.repository import Claims
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteVerified:
    """Somebody saw that the claimed works are done."""

    claim_id: UUID
    verified_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePaid:
    """Finance paid the claim under its voucher."""

    claim_id: UUID
    paid_on: date
    voucher: str


async def note_verified(command: NoteVerified, uow: UnitOfWork) -> None:
    """Keep the day of the verification."""
    await Claims(uow).note(command.claim_id, verified_on=command.verified_on)


async def note_paid(command: NotePaid, uow: UnitOfWork) -> None:
    """Keep the day and voucher of the payment."""
    await Claims(uow).note(command.claim_id, paid_on=command.paid_on, voucher=command.voucher)
