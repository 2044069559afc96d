"""The council's general ledger, and what its lines are of the fund's books."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity
from sqlmodel import Field

from services.contributions.tables.base import Base


class GeneralLedgerColumnsRow(Base, table=True):
    """Which columns an organisation's files had last, as JSON."""

    __tablename__ = "general_ledger_columns"

    organisation: str = Field(primary_key=True)
    columns: str
    chosen_by: str
    chosen_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class GeneralLedgerFileRow(Base, table=True):
    """A file of the general ledger: its content until it is imported, its refused rows (JSON) afterwards."""

    __tablename__ = "general_ledger_file"

    id: UUID = Field(primary_key=True)
    organisation: str
    content: bytes | None
    columns: str
    sent_by: str
    sent_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    imported_by: str | None
    imported_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))
    taken: int | None
    repeated: int | None
    problems: str | None


class GeneralLedgerLineRow(Base, table=True):
    """A line of the general ledger (above zero money came in), and what it is of the fund's books."""

    __tablename__ = "general_ledger_line"

    id: UUID = Field(primary_key=True)
    organisation: str
    file_id: UUID
    number: int
    document: str
    line: str
    posted_on: date
    amount_pence: int = Field(sa_type=BigInteger)
    reference: str
    description: str
    state: str
    movement_id: UUID | None
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))


class GeneralLedgerDecisionRow(Base, table=True):
    """What was decided of a line, when and by whom."""

    __tablename__ = "general_ledger_decision"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: every decision on every line"}

    position: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    line_id: UUID
    state: str
    movement_id: UUID | None
    reason: str | None
    decided_by: str
    decided_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class ExplainedMovementRow(Base, table=True):
    """Why a movement of the fund is not in the general ledger."""

    __tablename__ = "explained_movement"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: why the general ledger lacks a movement"
    }

    movement_id: UUID = Field(primary_key=True)
    organisation: str
    reason: str
    explained_by: str
    explained_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class ReconciliationRow(Base, table=True):
    """A month whose two ledgers agree, signed by one person and approved by another, in pence."""

    __tablename__ = "reconciliation"

    organisation: str = Field(primary_key=True)
    first_on: date = Field(primary_key=True)
    last_on: date
    general_ledger_pence: int = Field(sa_type=BigInteger)
    fund_pence: int = Field(sa_type=BigInteger)
    explained_pence: int = Field(sa_type=BigInteger)
    outstanding_pence: int = Field(sa_type=BigInteger)
    prepared_by: str
    prepared_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    approved_by: str | None
    approved_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))
