"""One person of finance asks for a verified claim to be paid."""

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
class RequestPayment:
    """Ask for the whole of a payable claim to be paid from its grant's shares."""

    payment_id: UUID
    application_id: UUID
    claim_id: UUID
    requested_on: date


async def request_payment(command: RequestPayment, uow: UnitOfWork) -> Recorded:
    """Refuses a disputed claim, a second payment of a claim, and a day before it was verified."""
    fundings = GrantFundings(uow)
    funding = await fundings.get(command.application_id)
    requested = funding.request_payment(
        payment_id=command.payment_id,
        claim_id=command.claim_id,
        requested_on=command.requested_on,
        by=uow.actor,
        today=uow.today,
    )
    payment = requested.held.payment(command.payment_id)
    await fundings.save(requested)
    await fundings.add_payment(requested, payment)
    await Books(uow).post(
        [movements.for_payment_request(payment, cause_id=cause_id(uow))],
        happened_on=command.requested_on,
        application_id=command.application_id,
    )
    fact = facts.payment_requested(command.application_id, payment)
    uow.record(fact, sequence=requested.version)
    return Recorded(payment.id, requested.version)
