"""Suppliers, files of approved payments, and the vouchers that finance gave back."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.contributions.domain.grants.export import ApprovedPayment, PaymentFile
from services.contributions.repository.rows import add_row, add_rows
from services.contributions.tables import BatchedPaymentRow, PaymentBatchRow, PaymentReturnRow
from shared.errors import Conflict, Invalid, NotFound
from shared.messaging import UnitOfWork

KNOWN_GRANTEE = text(
    "SELECT 1 FROM grant_funding WHERE organisation = :organisation AND grantee = :grantee LIMIT 1"
)
ENTER_SUPPLIER = text(
    """
    INSERT INTO supplier (organisation, grantee, supplier_number, entered_by, entered_at)
    VALUES (:organisation, :grantee, :number, :by, :at)
    ON CONFLICT (organisation, grantee) DO UPDATE SET supplier_number = excluded.supplier_number,
        entered_by = excluded.entered_by, entered_at = excluded.entered_at
    """
)
TO_EXPORT = text(
    """
    SELECT p.id AS payment_id, coalesce(g.grantee, '') AS grantee,
           coalesce(g.reference, '') AS grant_reference, c.milestone, c.amount_pence, s.supplier_number
    FROM payment p JOIN grant_funding g USING (application_id) JOIN claim c ON c.id = p.claim_id
    LEFT JOIN supplier s ON s.organisation = g.organisation AND s.grantee = g.grantee
    WHERE g.organisation = :organisation AND p.state = 'approved'
      AND NOT EXISTS (SELECT FROM batched_payment b WHERE b.payment_id = p.id)
    ORDER BY p.approved_on, p.id
    """
)
NEXT_NUMBER = text(
    "SELECT coalesce(max(number), 0) + 1 FROM payment_batch WHERE organisation = :organisation"
)
USE_VOUCHER = text(
    """
    INSERT INTO voucher (organisation, voucher, payment_id) VALUES (:organisation, :voucher, :payment_id)
    ON CONFLICT DO NOTHING RETURNING 1
    """
)
RETURNED = text(
    """
    SELECT b.payment_id, p.state, p.voucher, p.paid_on
    FROM batched_payment b JOIN payment p ON p.id = b.payment_id
    WHERE b.organisation = :organisation AND b.reference = :reference
    """
)


class PaymentFiles:
    """Payments through the finance system in one transaction that has locked its organisation's books."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def enter_supplier(self, organisation: str, grantee: str, number: str) -> None:
        """Know a grantee by this number; NotFound where no grant was accepted by them."""
        of_it = {"organisation": organisation, "grantee": grantee}
        if (await self._session.execute(KNOWN_GRANTEE, of_it)).first() is None:
            message = "No grant was accepted under this name. Choose a grant holder from the list."
            raise NotFound("supplier.no_grantee", message)
        who = {"by": self._uow.actor, "at": self._uow.now}
        await self._session.execute(ENTER_SUPPLIER, {**of_it, "number": number, **who})

    async def to_export(self, organisation: str) -> list[ApprovedPayment]:
        """Approved payments that are in no file yet."""
        rows = (await self._session.execute(TO_EXPORT, {"organisation": organisation})).mappings()
        return [ApprovedPayment(**row) for row in rows]

    async def next_number(self, organisation: str) -> int:
        """The number of the organisation's next file."""
        found = await self._session.execute(NEXT_NUMBER, {"organisation": organisation})
        return int(found.scalar_one())

    async def add(self, batch_id: UUID, organisation: str, number: int, file: PaymentFile) -> None:
        """Keep a file and its payments."""
        row = PaymentBatchRow(
            id=batch_id,
            organisation=organisation,
            number=number,
            payments=len(file.references),
            total_pence=file.total_pence,
            sha256=file.sha256,
            content=file.content,
            exported_by=self._uow.actor,
            exported_at=self._uow.now,
        )
        message = "This file was made already. Download it from the list."
        await add_row(self._session, row, Conflict("payment_file.made_before", message))
        batched = [
            {
                "payment_id": payment.payment_id,
                "batch_id": batch_id,
                "organisation": organisation,
                "reference": reference,
                "supplier_number": payment.supplier_number,
                "amount_pence": payment.amount_pence,
            }
            for reference, payment in file.references
        ]
        await add_rows(self._session, BatchedPaymentRow, batched)

    async def use_voucher(self, organisation: str, voucher: str, payment_id: UUID) -> None:
        """Let a voucher stand for this payment; Invalid where it stands for another."""
        values = {"organisation": organisation, "voucher": voucher, "payment_id": payment_id}
        if (await self._session.execute(USE_VOUCHER, values)).first() is None:
            message = f"Voucher {voucher} stands for another payment. Check its number."
            raise Invalid("payment.voucher_used", message, field="voucher")

    async def returned(self, organisation: str, reference: str) -> Any:
        """The row of the payment that was handed over under a reference; None where none was."""
        of_it = {"organisation": organisation, "reference": reference}
        return (await self._session.execute(RETURNED, of_it)).one_or_none()

    async def keep_return(self, return_id: UUID, organisation: str, rows: Sequence[Any]) -> None:
        """Keep what became of each row of a file that finance gave back."""
        row = PaymentReturnRow(
            id=return_id,
            organisation=organisation,
            rows=json.dumps([asdict(each) for each in rows], default=str),
            taken_by=self._uow.actor,
            taken_at=self._uow.now,
        )
        message = "This file was taken already. Look at its report."
        await add_row(self._session, row, Conflict("payment_return.taken_before", message))
