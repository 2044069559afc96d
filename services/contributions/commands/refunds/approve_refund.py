"""A second person approves a refund."""

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
class ApproveRefund:
    """Agree that a refund may be made; never by whoever asked for it."""

    refund_id: UUID
    approved_on: date


async def approve_refund(command: ApproveRefund, uow: UnitOfWork) -> Recorded:
    """Forbidden to the requester; refuses a second approval and a day before the request."""
    refunds = Refunds(uow)
    held = await Pots(uow).get(await refunds.pot_of(command.refund_id))
    refund = await refunds.get(command.refund_id)
    approved = refund.approve(by=uow.actor, approved_on=command.approved_on, today=uow.today)
    await refunds.save(approved)
    step = Step(MovementKind.REFUND_APPROVAL, command.approved_on, facts.refund_approved(approved))
    return await carry_out(held, approved, step, uow)
