"""A payment is stopped before it is made, with a reason."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.grants import facts
from services.contributions.domain.ledger import movements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.grant_fundings import GrantFundings
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusePayment:
    """Stop a requested or approved payment on a day; the reason is published and names nobody."""

    payment_id: UUID
    refused_on: date
    reason: str


async def refuse_payment(command: RefusePayment, uow: UnitOfWork) -> Recorded:
    """Commits the money again and makes the claim payable again; refuses a payment that was made."""
    fundings = GrantFundings(uow)
    funding = await fundings.of_payment(command.payment_id)
    refused = funding.refuse_payment(
        command.payment_id,
        refused_on=command.refused_on,
        reason=command.reason.strip(),
        by=uow.actor,
        today=uow.today,
    )
    payment = refused.held.payment(command.payment_id)
    await fundings.save(refused)
    await fundings.save_payment(payment)
    before = funding.held.payment(command.payment_id)
    await Books(uow).post(
        [movements.for_payment_refusal(before, cause_id=cause_id(uow))],
        happened_on=command.refused_on,
        application_id=refused.application_id,
    )
    uow.record(facts.payment_refused(refused.application_id, payment), sequence=refused.version)
    return Recorded(payment.id, refused.version)
