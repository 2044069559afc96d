"""Agreements, obligations and the wards that forms may name."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.contributions.tables.base import Base, texts


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


class KnownWardRow(Base, table=True):
    """A ward that a fund of the organisation names in its terms."""

    __tablename__ = "known_ward"

    organisation: str = Field(primary_key=True)
    ward: str = Field(primary_key=True)
