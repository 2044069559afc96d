"""Interest earned on held money, and each pot's share of it."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.contributions.tables.base import Base


class InterestPeriodRow(Base, table=True):
    """What an organisation's held money earned in a period, once shared out."""

    __tablename__ = "interest_period"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: interest is shared out once and for good"
    }

    id: UUID = Field(primary_key=True)
    organisation: str
    period_start: date
    period_end: date
    amount_pence: int = Field(sa_type=BigInteger)
    shared_on: date
    shared_by: str


class InterestShareRow(Base, table=True):
    """What one pot was given of it, and what it held for how long."""

    __tablename__ = "interest_share"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: interest is shared out once and for good"
    }

    interest_id: UUID = Field(primary_key=True)
    pot_id: UUID = Field(primary_key=True)
    amount_pence: int = Field(sa_type=BigInteger)
    pence_days: int = Field(sa_type=BigInteger)
