"""A refund is stopped before the money left: its sum is available again."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.commands.refunds.moving import Step, carry_out
from services.contributions.domain.ledger.ledger import MovementKind
from services.contributions.domain.refunds import facts
from services.contributions.domain.refunds.refund import RefundState
from services.contributions.repository.pots import Pots
from services.contributions.repository.refunds import Refunds
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded

GIVES_BACK = {
    RefundState.REQUESTED: MovementKind.REFUSAL_OF_REQUESTED_REFUND,
    RefundState.APPROVED: MovementKind.REFUSAL_OF_APPROVED_REFUND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRefund:
    """Stop a refund, with the reason, which is not published."""

    refund_id: UUID
    refused_on: date
    reason: str


async def refuse_refund(command: RefuseRefund, uow: UnitOfWork) -> Recorded:
    """Refuses where the money has left already."""
    refunds = Refunds(uow)
    held = await Pots(uow).get(await refunds.pot_of(command.refund_id))
    refund = await refunds.get(command.refund_id)
    refused = refund.refuse(
        by=uow.actor, reason=command.reason, refused_on=command.refused_on, today=uow.today
    )
    await refunds.save(refused)
    step = Step(GIVES_BACK[refund.state], command.refused_on, facts.refund_refused(refused))
    return await carry_out(held, refused, step, uow)
