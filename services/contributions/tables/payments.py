"""Payments on their way through the council's finance system."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime
from sqlmodel import Field

from services.contributions.tables.base import Base


class SupplierRow(Base, table=True):
    """The number under which the finance system knows a grantee; bank details are there, never here."""

    __tablename__ = "supplier"

    organisation: str = Field(primary_key=True)
    grantee: str = Field(primary_key=True)
    supplier_number: str
    entered_by: str
    entered_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class PaymentBatchRow(Base, table=True):
    """A file of approved payments, as it was handed over."""

    __tablename__ = "payment_batch"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: what was handed to finance, as it was"
    }

    id: UUID = Field(primary_key=True)
    organisation: str
    number: int
    payments: int
    total_pence: int = Field(sa_type=BigInteger)
    sha256: str
    content: str
    exported_by: str
    exported_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class BatchedPaymentRow(Base, table=True):
    """A payment in its one file, under the reference that finance gives back."""

    __tablename__ = "batched_payment"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: a payment is handed over once"}

    payment_id: UUID = Field(primary_key=True)
    batch_id: UUID
    organisation: str
    reference: str
    supplier_number: str
    amount_pence: int = Field(sa_type=BigInteger)


class VoucherRow(Base, table=True):
    """A voucher of finance, used for one payment."""

    __tablename__ = "voucher"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: a voucher stands for one payment"}

    organisation: str = Field(primary_key=True)
    voucher: str = Field(primary_key=True)
    payment_id: UUID


class PaymentReturnRow(Base, table=True):
    """A file that finance gave back, and what became of each of its rows (JSON)."""

    __tablename__ = "payment_return"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: what finance gave back"}

    id: UUID = Field(primary_key=True)
    organisation: str
    rows: str
    taken_by: str
    taken_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
