"""Finance gives back which payments it made: they are paid, under its vouchers."""

import asyncio
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from services.contributions.commands.grants.mark_paid import MarkPaid, mark_paid
from services.contributions.domain.grants.returned import ReturnedRow, read_return
from services.contributions.repository.books import Books
from services.contributions.repository.payment_files import PaymentFiles
from shared.errors import OffsetFundError
from shared.messaging import UnitOfWork
from shared.table_files import read_table_file


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePaymentReturn:
    """Take finance's file: payment reference, voucher and day of each payment made."""

    return_id: UUID
    organisation: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RowTaken:
    """What became of a row: the payment is paid, was known as paid so, or cannot be, and why."""

    row: int
    reference: str
    voucher: str
    outcome: Literal["paid", "known", "refused"]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTaken:
    """The file's rows, each with what became of it."""

    return_id: UUID
    rows: tuple[RowTaken, ...]


async def take_payment_return(command: TakePaymentReturn, uow: UnitOfWork) -> ReturnTaken:
    """Each row for itself: one that is wrong leaves the others; the same file again changes nothing."""
    table = await asyncio.to_thread(read_table_file, command.content)
    read = read_return(table)
    await Books(uow).lock({command.organisation})
    rows = [await _take(command.organisation, row, uow) for row in read]
    await PaymentFiles(uow).keep_return(command.return_id, command.organisation, rows)
    return ReturnTaken(return_id=command.return_id, rows=tuple(rows))


async def _take(organisation: str, row: ReturnedRow, uow: UnitOfWork) -> RowTaken:
    if row.problem is not None or row.paid_on is None:
        return _said(row, "refused", row.problem or "")
    found = await PaymentFiles(uow).returned(organisation, row.reference)
    standing = _standing(row, found)
    if standing is not None:
        return standing
    command = MarkPaid(payment_id=found.payment_id, voucher=row.voucher, paid_on=row.paid_on)
    try:
        await mark_paid(command, uow)
    except OffsetFundError as refusal:
        return _said(row, "refused", refusal.message)
    return _said(row, "paid", "Recorded as paid.")


def _standing(row: ReturnedRow, found: Any) -> RowTaken | None:
    """What is said of a row whose payment is not there, or is paid or refused already."""
    if found is None:
        return _said(row, "refused", "No payment was handed over under this reference. Check it.")
    if found.state == "refused":
        message = "The payment was refused after it was handed over. Ask finance to recover the money."
        return _said(row, "refused", message)
    if found.state != "paid":
        return None
    if (found.voucher, found.paid_on) == (row.voucher, row.paid_on):
        return _said(row, "known", "It was recorded as paid so before.")
    message = f"It is recorded as paid under voucher {found.voucher} already. Ask finance which is right."
    return _said(row, "refused", message)


def _said(row: ReturnedRow, outcome: Literal["paid", "known", "refused"], message: str) -> RowTaken:
    return RowTaken(
        row=row.number, reference=row.reference, voucher=row.voucher, outcome=outcome, message=message
    )
