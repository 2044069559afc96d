"""Files of approved payments, what finance gave back, and supplier numbers."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound

SUPPLIERS = text(
    """
    SELECT DISTINCT g.organisation, g.grantee, s.supplier_number,
           EXISTS (SELECT FROM payment p JOIN grant_funding o USING (application_id)
                   WHERE o.organisation = g.organisation AND o.grantee = g.grantee AND p.state = 'approved'
                     AND NOT EXISTS (SELECT FROM batched_payment b WHERE b.payment_id = p.id)) AS waiting
    FROM grant_funding g LEFT JOIN supplier s USING (organisation, grantee)
    WHERE g.grantee IS NOT NULL ORDER BY g.organisation, g.grantee
    """
)
BATCHES = text(
    """
    SELECT b.id AS batch_id, b.organisation, b.number, b.payments, b.total_pence, b.sha256, b.exported_by,
           b.exported_at, count(*) FILTER (WHERE p.state = 'paid') AS paid,
           count(*) FILTER (WHERE p.state = 'refused') AS refused
    FROM payment_batch b JOIN batched_payment l ON l.batch_id = b.id JOIN payment p ON p.id = l.payment_id
    GROUP BY b.id ORDER BY b.exported_at DESC, b.id LIMIT 200
    """
)
CONTENT = text("SELECT number, content FROM payment_batch WHERE id = :id")
RETURN = text("SELECT id, organisation, rows, taken_by, taken_at FROM payment_return WHERE id = :id")
TO_EXPORT = text(
    """
    SELECT g.organisation, count(*) AS payments, sum(c.amount_pence) AS total_pence,
           count(s.supplier_number) AS ready
    FROM payment p JOIN grant_funding g USING (application_id) JOIN claim c ON c.id = p.claim_id
    LEFT JOIN supplier s ON s.organisation = g.organisation AND s.grantee = g.grantee
    WHERE p.state = 'approved' AND NOT EXISTS (SELECT FROM batched_payment b WHERE b.payment_id = p.id)
    GROUP BY g.organisation ORDER BY g.organisation
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierView:
    """A grant holder and their supplier number; `waiting` where an approved payment waits for a file."""

    organisation: str
    grantee: str
    supplier_number: str | None
    waiting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchView:
    """A file that was handed over, its sum in pence, and how many of its payments are paid or refused."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExport:
    """Approved payments of an organisation that are in no file yet; `ready` have a supplier number."""

    organisation: str
    payments: int
    total_pence: int
    ready: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRowView:
    """What became of a row that finance gave back."""

    row: int
    reference: str
    voucher: str
    outcome: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnView:
    """A file that finance gave back, row by row; people are opaque ids."""

    return_id: UUID
    organisation: str
    taken_by: str
    taken_at: datetime
    rows: list[ReturnedRowView]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFilesView:
    """What waits to be handed over, the files, and the grant holders with their numbers."""

    to_export: list[ToExport]
    batches: list[BatchView]
    suppliers: list[SupplierView]


async def show_payment_files(session: AsyncSession) -> PaymentFilesView:
    """Everything about payments on their way through the finance system."""
    waiting = (await session.execute(TO_EXPORT)).mappings()
    return PaymentFilesView(
        to_export=[ToExport(**{**row, "total_pence": int(row["total_pence"])}) for row in waiting],
        batches=[BatchView(**row) for row in (await session.execute(BATCHES)).mappings()],
        suppliers=[SupplierView(**row) for row in (await session.execute(SUPPLIERS)).mappings()],
    )


async def payment_file_content(session: AsyncSession, batch_id: UUID) -> tuple[int, str]:
    """The number of a file and its text as it was handed over, or NotFound."""
    row = (await session.execute(CONTENT, {"id": batch_id})).one_or_none()
    if row is None:
        raise NotFound("payment_file.not_found", "There is no such file. Choose one from the list.")
    return row.number, row.content


async def show_payment_return(session: AsyncSession, return_id: UUID) -> ReturnView:
    """What became of a file that finance gave back, or NotFound."""
    row: Any = (await session.execute(RETURN, {"id": return_id})).one_or_none()
    if row is None:
        raise NotFound("payment_return.not_found", "There is no such file. Choose one from the list.")
    return ReturnView(
        return_id=row.id,
        organisation=row.organisation,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
        rows=[ReturnedRowView(**each) for each in json.loads(row.rows)],
    )
