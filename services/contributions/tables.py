"""The tables of the contributions service, as its migrations make them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Base(SQLModel, registry=registry()):
    """Tables of the contributions service."""


def _texts() -> "Column[list[str]]":
    return Column(ARRAY(Text), nullable=False)


class AgreementRow(Base, table=True):
    """A deed; `version` counts the facts published about it and its obligations."""

    __tablename__ = "agreement"

    id: UUID = Field(primary_key=True)
    organisation: str
    reference: str
    name: str
    planning_application: str
    kind: str | None
    deed_on: date | None
    document_url: str | None
    version: int = Field(sa_type=BigInteger)


class ObligationRow(Base, table=True):
    """A clause that secures a sum."""

    __tablename__ = "obligation"

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    organisation: str | None
    reference: str
    purpose: str | None
    allowed_purposes: list[str] = Field(sa_column=_texts())
    amount_pence: int | None = Field(sa_type=BigInteger)
    spend_by_months: int | None
    wards: list[str] = Field(sa_column=_texts())
    trigger: str
    trigger_met_on: date | None


class PotRow(Base, table=True):
    """Money received, with its limits, and where it is now: the sums after received add up to it."""

    __tablename__ = "pot"

    id: UUID = Field(primary_key=True)
    obligation_id: UUID
    organisation: str
    spendable_on: list[str] = Field(sa_column=_texts())
    purpose: str | None
    wards: list[str] = Field(sa_column=_texts())
    received_on: date | None
    spend_by_on: date | None
    opened_by: str
    received_pence: int = Field(default=0, sa_type=BigInteger)
    available_pence: int = Field(default=0, sa_type=BigInteger)
    reserved_pence: int = Field(default=0, sa_type=BigInteger)
    committed_pence: int = Field(default=0, sa_type=BigInteger)
    payment_requested_pence: int = Field(default=0, sa_type=BigInteger)
    payment_approved_pence: int = Field(default=0, sa_type=BigInteger)
    paid_pence: int = Field(default=0, sa_type=BigInteger)


class LedgerEntryRow(Base, table=True):
    """One side of a movement: above zero a debit of a pot's account, below zero a credit."""

    __tablename__ = "ledger_entry"
    __table_args__ = {"comment": "append-only: the fund's books, corrected only by further entries"}

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
    cause: str
    cause_id: UUID
    actor: str
    recorded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


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
    """The one payment of a claim."""

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
    voucher: str | None
    paid_on: date | None


class PaymentShareRow(Base, table=True):
    """What one pot bears of a payment."""

    __tablename__ = "payment_share"

    payment_id: UUID = Field(primary_key=True)
    pot_id: UUID = Field(primary_key=True)
    number: int
    amount_pence: int = Field(sa_type=BigInteger)


class OpenDataImportRow(Base, table=True):
    """One import of the three files; `summary` is the head of its report as JSON."""

    __tablename__ = "open_data_import"
    __table_args__ = {"comment": "append-only: what was imported when by whom"}

    id: UUID = Field(primary_key=True)
    imported_by: str
    imported_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    summary: str


class ReportedRowRow(Base, table=True):
    """A row as it was reported (`reported`), what it says (`content`), and what became of it, as JSON."""

    __tablename__ = "reported_row"
    __table_args__ = {"comment": "append-only: what was reported is kept as reported"}

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


class KnownWardRow(Base, table=True):
    """A ward that a fund of the organisation names in its terms."""

    __tablename__ = "known_ward"

    organisation: str = Field(primary_key=True)
    ward: str = Field(primary_key=True)
