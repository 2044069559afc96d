"""Pots and the ledger of what moves in them."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity
from sqlmodel import Field

from services.contributions.tables.base import Base, texts


class PotRow(Base, table=True):
    """Money received, with its limits, and where it is now: what came in equals the sum of the others.

    `version` counts the facts published about it.
    """

    __tablename__ = "pot"

    id: UUID = Field(primary_key=True)
    obligation_id: UUID
    organisation: str
    spendable_on: list[str] = Field(sa_column=texts())
    purpose: str | None
    wards: list[str] = Field(sa_column=texts())
    recipients: list[str] = Field(sa_column=texts())
    received_on: date | None
    spend_by_on: date | None
    opened_by: str
    version: int = Field(sa_type=BigInteger)
    received_pence: int = Field(default=0, sa_type=BigInteger)
    interest_pence: int = Field(default=0, sa_type=BigInteger)
    available_pence: int = Field(default=0, sa_type=BigInteger)
    reserved_pence: int = Field(default=0, sa_type=BigInteger)
    committed_pence: int = Field(default=0, sa_type=BigInteger)
    payment_requested_pence: int = Field(default=0, sa_type=BigInteger)
    payment_approved_pence: int = Field(default=0, sa_type=BigInteger)
    paid_pence: int = Field(default=0, sa_type=BigInteger)
    refund_requested_pence: int = Field(default=0, sa_type=BigInteger)
    refund_approved_pence: int = Field(default=0, sa_type=BigInteger)
    returned_pence: int = Field(default=0, sa_type=BigInteger)


class ReceiptReversalRow(Base, table=True):
    """The one reversal of a receipt that was recorded by mistake; the receipt itself stays."""

    __tablename__ = "receipt_reversal"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: a receipt is reversed once and for good; the right one is recorded anew"
    }

    pot_id: UUID = Field(primary_key=True)
    amount_pence: int = Field(sa_type=BigInteger)
    reversed_on: date
    reason: str
    reversed_by: str


class SpendByExtensionRow(Base, table=True):
    """A later spend-by date that a deed of variation gave; `sequence` is that of its fact."""

    __tablename__ = "spend_by_extension"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: every date a deed of variation gave is kept"
    }

    pot_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    spend_by_before: date
    spend_by_on: date
    deed_on: date
    document_url: str | None
    extended_by: str


class BalanceCorrectionRow(Base, table=True):
    """How much less a balance is that was taken over; `sequence` is that of the fact published."""

    __tablename__ = "balance_correction"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: a balance that was taken over is corrected by a row"
    }

    id: UUID = Field(primary_key=True)
    pot_id: UUID
    sequence: int = Field(sa_type=BigInteger)
    amount_pence: int = Field(sa_type=BigInteger)
    corrected_on: date
    reason: str


class OpeningBalanceRow(Base, table=True):
    """How sure a balance is that was taken over, and where it comes from."""

    __tablename__ = "opening_balance"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: with what records began is never written anew"
    }

    pot_id: UUID = Field(primary_key=True)
    standing: str
    pool: str | None
    as_at_on: date
    source: str
    entered_by: str


class LedgerEntryRow(Base, table=True):
    """One side of a movement: above zero a debit of a pot's account, below zero a credit.

    It is booked on the day it happened (or was recorded), or on the first open day where that is closed.
    """

    __tablename__ = "ledger_entry"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: the fund's books, corrected only by further entries"
    }

    position: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    movement_id: UUID
    kind: str
    pot_id: UUID
    account: str
    amount_pence: int = Field(sa_type=BigInteger)
    party: str | None
    application_id: UUID | None
    happened_on: date | None
    booked_on: date
    cause: str
    cause_id: UUID
    actor: str
    recorded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
