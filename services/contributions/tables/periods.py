"""Closed periods of the books."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import BigInteger, Column, DateTime
from sqlmodel import Field

from services.contributions.tables.base import Base


class ClosedPeriodRow(Base, table=True):
    """A closed month or financial year; `last_position` is the organisation's last entry at its close."""

    __tablename__ = "closed_period"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: what is closed stays closed, and is corrected by entries after it"
    }

    organisation: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    first_on: date = Field(primary_key=True)
    last_on: date
    last_position: int = Field(sa_type=BigInteger)
    closed_by: str
    closed_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class ClosedBalanceRow(Base, table=True):
    """What the entries of an account added up to when a period was closed, in pence."""

    __tablename__ = "closed_balance"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: the trial balance that each close saw"
    }

    organisation: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    first_on: date = Field(primary_key=True)
    account: str = Field(primary_key=True)
    total_pence: int = Field(sa_type=BigInteger)
