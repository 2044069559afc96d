"""Demands, the terms they are made on, and banks' base rates."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity, Numeric
from sqlmodel import Field

from services.contributions.tables.base import Base


class PaymentTermsRow(Base, table=True):
    """What the deed says of an obligation's payment, as recorded; the highest number holds."""

    __tablename__ = "payment_terms"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: a demand names the terms it was made on"
    }

    obligation_id: UUID = Field(primary_key=True)
    number: int = Field(primary_key=True)
    clause: str | None
    basis: str
    series_id: UUID | None
    yearly_percent: Decimal | None = Field(sa_column=Column(Numeric))
    compounds: bool
    base_on: date | None
    base_month: str
    end_day: str
    end_month: str
    floor: bool
    rounding: str
    days_to_pay: int | None
    late_bank: str | None
    late_margin_percent: Decimal | None = Field(sa_column=Column(Numeric))
    late_compounding: str | None
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class DemandRow(Base, table=True):
    """A demand with its frozen working (JSON); only its withdrawal may be added, as a trigger sees to."""

    __tablename__ = "demand"

    id: UUID = Field(primary_key=True)
    obligation_id: UUID
    organisation: str
    reference: str
    issued_on: date
    due_on: date
    base_pence: int = Field(sa_type=BigInteger)
    demanded_pence: int = Field(sa_type=BigInteger)
    provisional: bool
    working: str
    terms_number: int | None
    replaces_id: UUID | None
    state: str
    issued_by: str
    issued_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    withdrawn_on: date | None
    withdrawn_by: str | None
    withdrawn_reason: str | None


class DemandLetterRow(Base, table=True):
    """Who is asked and how to pay, as the letter says it: apart from the demand, for it may name people."""

    __tablename__ = "demand_letter"

    demand_id: UUID = Field(primary_key=True)
    council_name: str
    council_address: str
    addressee: str
    addressee_address: str
    how_to_pay: str


class BaseRateRow(Base, table=True):
    """A bank's base rate from a day on; of two entries for one day the later one holds."""

    __tablename__ = "base_rate"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: corrected only by a further entry"}

    position: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    bank: str
    effective_on: date
    percent: Decimal = Field(sa_column=Column(Numeric, nullable=False))
    source: str
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
