"""Refunds of unspent money."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.contributions.tables.base import Base


class RefundRow(Base, table=True):
    """A refund and how far it has come; payee and reasons may be erased, sums and dates may not."""

    __tablename__ = "refund"

    id: UUID = Field(primary_key=True)
    pot_id: UUID
    amount_pence: int = Field(sa_type=BigInteger)
    payee: str
    payee_reference: str | None
    reason: str
    state: str
    requested_by: str
    requested_on: date
    approved_by: str | None
    approved_on: date | None
    refused_by: str | None
    refused_on: date | None
    refusal_reason: str | None
    voucher: str | None
    returned_on: date | None
