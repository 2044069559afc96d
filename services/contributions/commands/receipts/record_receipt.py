"""An officer records a developer's payment, which opens a pot."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.ledger import movements
from services.contributions.domain.pots import facts
from services.contributions.domain.pots.pot import Pot
from services.contributions.domain.receipts.receipt import Receipt
from services.contributions.domain.receipts.receipt import record_receipt as opened
from services.contributions.domain.register.agreement import Agreement
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.books import Books, cause_id
from services.contributions.repository.demands import Demands
from shared.errors import Conflict, Invalid
from shared.messaging import UnitOfWork
from shared.web.answers import Recorded

FIRST = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReceipt:
    """Money of an obligation arrived on a day, in pence; the pot it opens has the receipt's id."""

    agreement_id: UUID
    obligation_id: UUID
    receipt_id: UUID
    amount_pence: int
    received_on: date


async def record_receipt(command: RecordReceipt, uow: UnitOfWork) -> Recorded:
    """Refuses by field what is not due, not owed, dated wrongly, or waits for an officer's look."""
    agreements, books = Agreements(uow), Books(uow)
    agreement = await agreements.get(command.agreement_id)
    received_pence, exception = await agreements.received(agreement.obligation(command.obligation_id).id)
    receipt = Receipt(
        id=command.receipt_id,
        obligation_id=command.obligation_id,
        amount_pence=command.amount_pence,
        received_on=command.received_on,
    )
    if await books.has_pot(receipt.id):
        message = "A receipt with this id is recorded already. Open its pot instead."
        raise Conflict("receipt.recorded_before", message, field="receipt_id")
    demand = await Demands(uow.session).standing(command.obligation_id)
    pot = opened(
        agreement,
        receipt,
        today=uow.today,
        received_before_pence=received_pence,
        demanded_pence=None if demand is None else demand.demanded_pence,
    )
    _refuse_open_exception(exception)
    await _book(agreement, pot, uow)
    return Recorded(pot.id, FIRST)


def _refuse_open_exception(exception: str | None) -> None:
    if exception not in {None, "differs_from_books"}:
        raise Invalid(
            "receipt.exception_open",
            "The open data say that more of this contribution is gone than was received. Add the missing "
            "transaction to the file and import it again; that settles it.",
            field="obligation_id",
        )


async def _book(agreement: Agreement, pot: Pot, uow: UnitOfWork) -> None:
    books = Books(uow)
    await books.open([pot], opened_by="receipt")
    receipt = movements.for_receipt(pot, cause_id=cause_id(uow), developer=agreement.reference)
    await books.post([receipt], happened_on=pot.received_on)
    reference = agreement.obligation(pot.obligation_id).reference
    fact = facts.pot_opened(pot, agreement_id=agreement.id, reference=reference, opened_by="receipt")
    uow.record(fact, sequence=FIRST)
