"""Agreements, obligations, what deeds and corrections made of them, payees, and the wards they may name."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from services.contributions.tables.base import Base, texts


class AgreementRow(Base, table=True):
    """A deed; `version` counts the facts published about it, `deed_version` it and its variations.

    `developer` may name a person: it is erased on request, and travels only where it is an organisation.
    """

    __tablename__ = "agreement"

    id: UUID = Field(primary_key=True)
    organisation: str
    reference: str
    name: str
    planning_application: str
    kind: str | None
    deed_on: date | None
    document_url: str | None
    site_address: str | None
    ward: str | None
    ward_edition_id: UUID | None
    developer: str | None
    developer_is_organisation: bool = False
    deed_version: int = 1
    varied_on: date | None
    version: int = Field(sa_type=BigInteger)


class ObligationRow(Base, table=True):
    """A sum that a clause secures, or one tranche of it."""

    __tablename__ = "obligation"

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    organisation: str | None
    reference: str
    purpose: str | None
    allowed_purposes: list[str] = Field(sa_column=texts())
    amount_pence: int | None = Field(sa_type=BigInteger)
    spend_by_months: int | None
    wards: list[str] = Field(sa_column=texts())
    trigger: str
    trigger_met_on: date | None
    trigger_kind: str | None
    trigger_dwelling: int | None
    trigger_percent: int | None
    trigger_on: date | None
    clause: str | None
    tranche_number: int | None
    tranche_count: int | None
    calculation_id: UUID | None
    spend_by_counts: str | None = None
    refund_with_interest: bool | None = None
    recipients: list[str] = Field(sa_column=texts())


class VariationRow(Base, table=True):
    """A deed of variation, and the version of the agreement that it made."""

    __tablename__ = "variation"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: a deed is varied again by a further deed"
    }

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    deed_version: int
    deed_on: date
    document_url: str | None
    summary: str
    sequence: int = Field(sa_type=BigInteger)


class CorrectionRow(Base, table=True):
    """Why a mistake was corrected; the fact of that sequence says what it now is."""

    __tablename__ = "correction"

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    sequence: int = Field(sa_type=BigInteger)
    reason: str


class EarlierAgreementRow(Base, table=True):
    """An agreement's row as it stood until a fact replaced it; a version in force has the day it ended on."""

    __tablename__ = "earlier_agreement"

    agreement_id: UUID = Field(primary_key=True)
    until_sequence: int = Field(primary_key=True, sa_type=BigInteger)
    ended_on: date | None
    deed_version: int
    terms: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class EarlierObligationRow(Base, table=True):
    """An obligation's row as it stood until a fact replaced it; terms in force have the day they ended on."""

    __tablename__ = "earlier_obligation"

    obligation_id: UUID = Field(primary_key=True)
    until_sequence: int = Field(primary_key=True, sa_type=BigInteger)
    agreement_id: UUID
    ended_on: date | None
    terms: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class PayeeRow(Base, table=True):
    """Who is refunded what is not spent in time: a name and reference, erased on request once removed."""

    __tablename__ = "payee"

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    name: str | None
    reference: str | None
    removed_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))
    erased_at: datetime | None = Field(sa_column=Column(DateTime(timezone=True)))


class WardEditionRow(Base, table=True):
    """The wards of an organisation from a day on, and where they were published."""

    __tablename__ = "ward_edition"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: deeds name the wards of the edition they were signed under"
    }

    id: UUID = Field(primary_key=True)
    organisation: str
    name: str
    valid_from: date
    source: str
    recorded_by: str
    recorded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class WardRow(Base, table=True):
    """A ward of an edition."""

    __tablename__ = "ward"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: an edition is corrected by a further one"
    }

    edition_id: UUID = Field(primary_key=True)
    code: str = Field(primary_key=True)
    name: str


class KnownWardRow(Base, table=True):
    """A ward that a fund of the organisation names in its terms: what forms go by where no edition is."""

    __tablename__ = "known_ward"

    organisation: str = Field(primary_key=True)
    ward: str = Field(primary_key=True)
