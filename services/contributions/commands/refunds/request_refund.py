"""One person asks for unspent money to go back to the payee that the deed names."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.contributions.commands.refunds.moving import Step, carry_out
from services.contributions.domain.ledger.ledger import MovementKind
from services.contributions.domain.refunds import facts
from services.contributions.domain.refunds.refund import Refund
from services.contributions.domain.refunds.refund import request_refund as requested
from services.contributions.repository.pots import Pots
from services.contributions.repository.refunds import Refunds
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRefund:
    """Ask for so many pence of a pot to be refunded; payee and reason are published nowhere."""

    refund_id: UUID
    pot_id: UUID
    amount_pence: int
    payee: str
    reason: str
    requested_on: date
    payee_reference: str | None = None


async def request_refund(command: RequestRefund, uow: UnitOfWork) -> Recorded:
    """Refuses more than can be refunded, and a second refund while one of the pot is under way."""
    held = await Pots(uow).get(command.pot_id)
    asked = {name: value for name, value in asdict(command).items() if name != "refund_id"}
    draft = Refund(id=command.refund_id, requested_by=uow.actor, **asked)
    refund = requested(draft, held, today=uow.today)
    await Refunds(uow).add(refund)
    step = Step(MovementKind.REFUND_REQUEST, refund.requested_on, facts.refund_requested(refund))
    return await carry_out(held, refund, step, uow)
