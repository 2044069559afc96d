"""A receipt that was recorded by mistake is reversed; the right one is recorded afterwards."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.ledger import movements
from services.contributions.domain.pots import facts
from services.contributions.domain.receipts.reversal import reverse_receipt as reversal_of
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.pots import Pots
from services.contributions.repository.record_keepings import RecordKeepings
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseReceipt:
    """Take a receipt back out of its pot, with the reason, which is published."""

    pot_id: UUID
    reversed_on: date
    reason: str


async def reverse_receipt(command: ReverseReceipt, uow: UnitOfWork) -> Recorded:
    """Refuses a second reversal, and one while grants or a refund hold any of the money.

    Also where the record of receipts lives in another system.
    """
    pots = Pots(uow)
    held = await pots.get(command.pot_id)
    (await RecordKeepings(uow).of(held.pot.organisation)).refuse_by_hand()
    reversal = reversal_of(
        held, reason=command.reason, reversed_on=command.reversed_on, by=uow.actor, today=uow.today
    )
    await pots.add_reversal(reversal)
    held = held.published()
    await pots.save(held)
    movement = movements.for_reversal(
        reversal.pot_id, reversal.amount_pence, cause_id=cause_id(uow), developer=held.developer
    )
    await Books(uow).post([movement], happened_on=reversal.reversed_on)
    uow.record(facts.receipt_reversed(reversal), sequence=held.version)
    return Recorded(reversal.pot_id, held.version)
