"""What the fund holds for a grant, its claims and payments."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.contributions.tables.base import Base


class GrantFundingRow(Base, table=True):
    """One application's money; `version` counts the facts published about it."""

    __tablename__ = "grant_funding"

    application_id: UUID = Field(primary_key=True)
    organisation: str
    award_id: UUID | None
    reference: str | None
    grantee: str | None
    accepted_on: date | None
    version: int = Field(sa_type=BigInteger)


class AwardRow(Base, table=True):
    """An award that was answered: its money is held, was used or released, or it was refused."""

    __tablename__ = "award"

    id: UUID = Field(primary_key=True)
    application_id: UUID
    state: str
    requested_pence: int = Field(sa_type=BigInteger)
    lawfully_available_pence: int | None = Field(sa_type=BigInteger)
    decided_on: date
    ward: str | None
    purposes: str
    recipient: str | None


class AwardRedrawRow(Base, table=True):
    """Why and by whom an award was drawn from other pots; `sequence` is that of its fact."""

    __tablename__ = "award_redraw"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: why and by whom an award was drawn from other pots"
    }

    award_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    reason: str
    redrawn_on: date
    redrawn_by: str


class AwardShareRow(Base, table=True):
    """What one pot bears of an award, in the order in which it is paid."""

    __tablename__ = "award_share"

    award_id: UUID = Field(primary_key=True)
    pot_id: UUID = Field(primary_key=True)
    number: int
    amount_pence: int = Field(sa_type=BigInteger)
    released_pence: int = Field(default=0, sa_type=BigInteger)
    without_spend_by: bool


class ClaimRow(Base, table=True):
    """A verified claim, payable or disputed."""

    __tablename__ = "claim"

    id: UUID = Field(primary_key=True)
    application_id: UUID
    milestone: str
    amount_pence: int = Field(sa_type=BigInteger)
    verified_on: date
    state: str
    reason: str | None


class PaymentRow(Base, table=True):
    """A payment of a claim; a claim has one that was not refused at most."""

    __tablename__ = "payment"

    id: UUID = Field(primary_key=True)
    claim_id: UUID
    application_id: UUID
    award_id: UUID
    state: str
    requested_by: str
    requested_on: date
    approved_by: str | None
    approved_on: date | None
    refused_by: str | None
    refused_on: date | None
    refusal_reason: str | None
    voucher: str | None
    paid_on: date | None


class PaymentShareRow(Base, table=True):
    """What one pot bears of a payment."""

    __tablename__ = "payment_share"

    payment_id: UUID = Field(primary_key=True)
    pot_id: UUID = Field(primary_key=True)
    number: int
    amount_pence: int = Field(sa_type=BigInteger)
