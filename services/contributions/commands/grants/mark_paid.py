"""Finance's own system has paid: its voucher and date are recorded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.grants import facts
from services.contributions.domain.ledger import movements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.grant_fundings import GrantFundings
from services.contributions.repository.payment_files import PaymentFiles
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkPaid:
    """Record that an approved payment left the council, under finance's voucher, on a day."""

    payment_id: UUID
    voucher: str
    paid_on: date


async def mark_paid(command: MarkPaid, uow: UnitOfWork) -> Recorded:
    """Refuses an unapproved payment, an impossible day, and a voucher that stands for another payment."""
    fundings = GrantFundings(uow)
    funding = await fundings.of_payment(command.payment_id)
    paid = funding.mark_paid(
        command.payment_id, voucher=command.voucher.strip(), paid_on=command.paid_on, today=uow.today
    )
    payment = paid.held.payment(command.payment_id)
    await PaymentFiles(uow).use_voucher(paid.organisation, command.voucher.strip(), payment.id)
    await fundings.save(paid)
    await fundings.save_payment(payment)
    grantee = paid.grantee or str(paid.application_id)
    await Books(uow).post(
        [movements.for_payment(payment, cause_id=cause_id(uow), grantee=grantee)],
        happened_on=command.paid_on,
        application_id=paid.application_id,
    )
    uow.record(facts.payment_made(paid.application_id, payment), sequence=paid.version)
    return Recorded(payment.id, paid.version)
