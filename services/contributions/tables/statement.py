"""What the council publishes: its settings, and the files as they were published."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity
from sqlmodel import Field

from services.contributions.tables.base import Base


class PublishingRow(Base, table=True):
    """How an organisation publishes from this decision on; the newest holds."""

    __tablename__ = "publishing"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: who decided what to publish, and when"
    }

    position: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    organisation: str
    published_as: str
    carbon_purpose: str
    lists_returned: bool
    decided_by: str
    decided_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class OpenDataEditionRow(Base, table=True):
    """The open-data files of one day as somebody published them; `remarks` counts what was doubtful."""

    __tablename__ = "open_data_edition"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: what was published when by whom"}

    id: UUID = Field(primary_key=True)
    published_on: date
    published_by: str
    published_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    agreements: int
    contributions: int
    transactions: int
    remarks: int


class OpenDataFileRow(Base, table=True):
    """One file of an edition, byte by byte."""

    __tablename__ = "open_data_file"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: the bytes that were published"}

    edition_id: UUID = Field(primary_key=True)
    form: str = Field(primary_key=True)
    dataset: str = Field(primary_key=True)
    content: bytes
    sha256: str


class StatementEditionRow(Base, table=True):
    """The statement of a financial year as it was published; `figures` is the whole of it as JSON."""

    __tablename__ = "statement_edition"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: a correction is a further edition"}

    id: UUID = Field(primary_key=True)
    organisation: str
    year: int
    number: int
    reason: str | None
    figures: str
    published_on: date
    published_by: str
    published_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
