"""A second person of finance approves a payment."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.ledger import movements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.grant_fundings import GrantFundings
from shared.events.contributions import PaymentApproved
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePayment:
    """Agree that a payment may be made; never by whoever asked for it."""

    payment_id: UUID
    approved_on: date


async def approve_payment(command: ApprovePayment, uow: UnitOfWork) -> Recorded:
    """Forbidden to the requester; refuses a second approval and a day before the request."""
    fundings = GrantFundings(uow)
    funding = await fundings.of_payment(command.payment_id)
    approved = funding.approve_payment(
        command.payment_id, approved_on=command.approved_on, by=uow.actor, today=uow.today
    )
    payment = approved.held.payment(command.payment_id)
    await fundings.save(approved)
    await fundings.save_payment(payment)
    await Books(uow).post(
        [movements.for_payment_approval(payment, cause_id=cause_id(uow))],
        happened_on=command.approved_on,
        application_id=approved.application_id,
    )
    fact = PaymentApproved(application_id=approved.application_id, payment_id=payment.id)
    uow.record(fact, sequence=approved.version)
    return Recorded(payment.id, approved.version)
