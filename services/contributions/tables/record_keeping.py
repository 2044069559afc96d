"""Where the record of an organisation lives."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Column, DateTime, Identity
from sqlmodel import Field

from services.contributions.tables.base import Base


class RecordKeepingRow(Base, table=True):
    """A decision about where an organisation's record lives; its newest is in force."""

    __tablename__ = "record_keeping"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: the newest decision of an organisation is in force"
    }

    position: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    organisation: str
    mode: str
    system_of_record: str | None
    records_begin_on: date | None
    kept_before_in: str | None
    decided_by: str
    decided_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
