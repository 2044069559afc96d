"""Finance says under which number its system knows a grant holder."""

from dataclasses import dataclass

from services.contributions.domain.grants.export import supplier_number_refusal
from services.contributions.repository.payment_files import PaymentFiles
from shared.checks import refuse_all
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterSupplier:
    """Know a grant holder of an organisation's fund by a supplier number, from now on."""

    organisation: str
    grantee: str
    supplier_number: str


@dataclass(frozen=True, slots=True)
class SupplierEntered:
    """The grant holder and the number."""

    grantee: str
    supplier_number: str


async def enter_supplier(command: EnterSupplier, uow: UnitOfWork) -> SupplierEntered:
    """Refuses what is no number, and a name that no grant was accepted under."""
    number = command.supplier_number.strip()
    refuse_all("supplier.invalid", [supplier_number_refusal(number)])
    await PaymentFiles(uow).enter_supplier(command.organisation, command.grantee, number)
    return SupplierEntered(command.grantee, number)
