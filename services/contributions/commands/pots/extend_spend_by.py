"""A deed of variation gives a pot a later spend-by date."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.pots import facts
from services.contributions.domain.pots.extension import extend_spend_by as extended
from services.contributions.repository.pots import Pots
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendSpendBy:
    """The new date, and the deed of variation that gives it."""

    pot_id: UUID
    spend_by_on: date
    deed_on: date
    document_url: str | None = None


async def extend_spend_by(command: ExtendSpendBy, uow: UnitOfWork) -> Recorded:
    """Refuses a date that is not later, and a pot without one."""
    pots = Pots(uow)
    held = await pots.get(command.pot_id)
    extension = extended(
        held,
        spend_by_on=command.spend_by_on,
        deed_on=command.deed_on,
        document_url=command.document_url or None,
        by=uow.actor,
        today=uow.today,
    )
    held = held.published()
    await pots.save(held)
    await pots.extend(extension, sequence=held.version)
    uow.record(facts.spend_by_extended(extension), sequence=held.version)
    return Recorded(command.pot_id, held.version)
