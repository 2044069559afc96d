"""What contributions tells of files of payments."""

from datetime import datetime
from uuid import UUID

from services.portal.officer.books import Told


class ToExport(Told):
    """Approved payments of an organisation that are in no file yet, in pence."""

    organisation: str
    payments: int
    total_pence: int
    ready: int


class Batch(Told):
    """A file that was handed over."""

    batch_id: UUID
    organisation: str
    number: int
    payments: int
    total_pence: int
    sha256: str
    exported_by: str
    exported_at: datetime
    paid: int
    refused: int


class Supplier(Told):
    """A grant holder and their supplier number."""

    organisation: str
    grantee: str
    supplier_number: str | None
    waiting: bool


class PaymentFiles(Told):
    """What waits, what was handed over, and supplier numbers."""

    to_export: tuple[ToExport, ...]
    batches: tuple[Batch, ...]
    suppliers: tuple[Supplier, ...]

    @property
    def organisations(self) -> list[str]:
        """Whose payments these are."""
        waiting = [each.organisation for each in self.to_export]
        handed_over = [each.organisation for each in self.batches]
        known = [each.organisation for each in self.suppliers]
        return list(dict.fromkeys([*waiting, *handed_over, *known]))


class ReturnedRow(Told):
    """What became of a row that finance gave back."""

    row: int
    reference: str
    voucher: str
    outcome: str
    message: str


class Return(Told):
    """A file that finance gave back."""

    return_id: UUID
    organisation: str
    taken_by: str
    taken_at: datetime
    rows: tuple[ReturnedRow, ...]
