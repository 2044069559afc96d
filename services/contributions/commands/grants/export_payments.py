"""Approved payments are handed to the finance system in a file, each of them once."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.grants.export import payment_file
from services.contributions.repository.books import Books
from services.contributions.repository.payment_files import PaymentFiles
from shared.errors import Conflict, Invalid
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPayments:
    """Put every approved payment whose supplier number is known, and that is in no file yet, into one."""

    batch_id: UUID
    organisation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentsExported:
    """The file: how many payments, their sum in pence, the SHA-256 of its text, and who is left out."""

    batch_id: UUID
    number: int
    payments: int
    total_pence: int
    sha256: str
    without_number: tuple[str, ...]


async def export_payments(command: ExportPayments, uow: UnitOfWork) -> PaymentsExported:
    """Refuses where nothing is to be handed over, and names the grant holders without a number."""
    await Books(uow).lock({command.organisation})
    files = PaymentFiles(uow)
    waiting = await files.to_export(command.organisation)
    ready = [each for each in waiting if each.supplier_number]
    nameless = tuple(dict.fromkeys(each.grantee for each in waiting if not each.supplier_number))
    if not waiting:
        message = "Every approved payment is in a file already. Approve a payment first."
        raise Conflict("payment_file.nothing", message)
    if not ready:
        message = f"Enter the supplier number of {', '.join(nameless)} first."
        raise Invalid("payment_file.no_numbers", message)
    number = await files.next_number(command.organisation)
    file = payment_file(number, ready)
    await files.add(command.batch_id, command.organisation, number, file)
    return PaymentsExported(
        batch_id=command.batch_id,
        number=number,
        payments=len(ready),
        total_pence=file.total_pence,
        sha256=file.sha256,
        without_number=nameless,
    )
