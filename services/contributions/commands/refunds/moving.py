"""What every step of a refund does with the pot: its money moves, and the fact is published."""

from dataclasses import dataclass
from datetime import date

from services.contributions.domain.ledger import movements
from services.contributions.domain.ledger.ledger import MovementKind
from services.contributions.domain.pots.held_pot import HeldPot
from services.contributions.domain.refunds.refund import Refund
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.pots import Pots
from shared.events import Event
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True)
class Step:
    """How the money moves, when it did, and the fact that says so."""

    kind: MovementKind
    happened_on: date
    fact: Event


async def carry_out(held: HeldPot, refund: Refund, step: Step, uow: UnitOfWork) -> Recorded:
    """Move the refund's money, count the fact and publish it; the pot is locked already."""
    held = held.published()
    await Pots(uow).save(held)
    movement = movements.for_refund(
        step.kind, refund.pot_id, refund.amount_pence, cause_id=cause_id(uow), developer=held.developer
    )
    await Books(uow).post([movement], happened_on=step.happened_on)
    uow.record(step.fact, sequence=held.version)
    return Recorded(refund.id, held.version)
