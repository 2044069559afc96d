"""Finance's own system has sent the money back: its voucher and date are recorded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.commands.refunds.moving import Step, carry_out
from services.contributions.domain.ledger.ledger import MovementKind
from services.contributions.domain.refunds import facts
from services.contributions.repository.pots import Pots
from services.contributions.repository.refunds import Refunds
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkReturned:
    """Record that an approved refund left the council, under finance's voucher, on a day."""

    refund_id: UUID
    voucher: str
    returned_on: date


async def mark_returned(command: MarkReturned, uow: UnitOfWork) -> Recorded:
    """Refuses an unapproved refund and a day before its approval, or after today."""
    refunds = Refunds(uow)
    held = await Pots(uow).get(await refunds.pot_of(command.refund_id))
    refund = await refunds.get(command.refund_id)
    returned = refund.mark_returned(voucher=command.voucher, returned_on=command.returned_on, today=uow.today)
    await refunds.save(returned)
    step = Step(MovementKind.REFUND, command.returned_on, facts.refund_made(returned))
    return await carry_out(held, returned, step, uow)
