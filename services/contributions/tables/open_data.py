"""Imports of the open data, and what they reported."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime
from sqlmodel import Field

from services.contributions.tables.base import Base


class OpenDataImportRow(Base, table=True):
    """One import of the three files; `summary` is the head of its report as JSON."""

    __tablename__ = "open_data_import"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: what was imported when by whom"}

    id: UUID = Field(primary_key=True)
    imported_by: str
    imported_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    summary: str


class ReportedRowRow(Base, table=True):
    """A row as it was reported (`reported`), what it says (`content`), and what became of it, as JSON."""

    __tablename__ = "reported_row"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: what was reported is kept as reported"
    }

    import_id: UUID = Field(primary_key=True)
    dataset: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    organisation: str
    reference: str
    outcome: str
    gravity: int
    counted: bool
    notes: str
    content: str
    reported: str
    edition: int


class ReportedPositionRow(Base, table=True):
    """The sums that all imports so far reported of one obligation, by status."""

    __tablename__ = "reported_position"

    obligation_id: UUID = Field(primary_key=True)
    organisation: str
    secured_pence: int = Field(sa_type=BigInteger)
    received_pence: int = Field(sa_type=BigInteger)
    allocated_pence: int = Field(sa_type=BigInteger)
    transferred_pence: int = Field(sa_type=BigInteger)
    spent_pence: int = Field(sa_type=BigInteger)
    returned_pence: int = Field(sa_type=BigInteger)
    exception: str | None


class ReportedTransactionRow(Base, table=True):
    """A transaction that counted, as it was understood; `counted_on` is its day, else that of its report."""

    __tablename__ = "reported_transaction"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: what counted is kept as it counted"}

    import_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    obligation_id: UUID
    reference: str
    status: str
    amount_pence: int | None = Field(sa_type=BigInteger)
    units: int | None
    notes: str
    entered_on: date | None
    started_on: date | None
    ended_on: date | None
    counted_on: date
    edition: int
