"""Price policies, energy statements, how sums were worked out, and how far a site has come."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, Numeric
from sqlmodel import Field

from services.contributions.tables.base import Base


class PricePolicyRow(Base, table=True):
    """One version of a price policy, in force until the next begins; `series` is JSON."""

    __tablename__ = "price_policy"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: a new version ends the old one, which stays"
    }

    policy_id: UUID = Field(primary_key=True)
    version: int = Field(primary_key=True)
    organisation: str
    name: str
    basis: str
    scope: str
    price_pence_per_tonne: int | None = Field(sa_type=BigInteger)
    years: int | None
    series: str
    house_pence: int | None = Field(sa_type=BigInteger)
    flat_pence: int | None = Field(sa_type=BigInteger)
    dwelling_pence: int | None = Field(sa_type=BigInteger)
    management_fee_percent: Decimal
    minimum_factors: list[Decimal] = Field(sa_column=Column(ARRAY(Numeric), nullable=False))
    rounding: str
    valid_from: date
    source: str
    source_url: str | None
    recorded_by: str
    recorded_at: datetime


class EnergyStatementRow(Base, table=True):
    """The approved energy statement of a development, as designed or as built."""

    __tablename__ = "energy_statement"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: what was approved; another statement is another row"
    }

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    stage: str
    reference: str
    approved_on: date
    houses: int
    flats: int
    dwellings: int
    baseline_t_co2e: Decimal | None
    domestic_regulated_t_co2e: Decimal
    domestic_unregulated_t_co2e: Decimal
    non_domestic_regulated_t_co2e: Decimal
    non_domestic_unregulated_t_co2e: Decimal
    electricity_kwh: Decimal | None
    first_year: int | None
    recorded_by: str
    recorded_at: datetime


class CalculationRow(Base, table=True):
    """How a clause's sum was worked out, once and for all; `steps` is JSON."""

    __tablename__ = "calculation"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: never silently redone: a later one names the one it replaces"
    }

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    policy_id: UUID | None
    policy_version: int | None
    statement_id: UUID | None
    replaces_id: UUID | None
    rounding: str
    steps: str
    amount_pence: int = Field(sa_type=BigInteger)
    due_pence: int = Field(sa_type=BigInteger)
    fee_pence: int = Field(sa_type=BigInteger)
    recorded_by: str
    recorded_at: datetime


class SiteProgressRow(Base, table=True):
    """What was reported of a site: work begun, dwellings occupied, or all completed."""

    __tablename__ = "site_progress"
    __table_args__: ClassVar[dict[str, str]] = {
        "comment": "append-only: what was reported of a site; a wrong report is withdrawn"
    }

    id: UUID = Field(primary_key=True)
    agreement_id: UUID
    kind: str
    happened_on: date
    occupied_dwellings: int | None
    consented_dwellings: int | None
    recorded_by: str
    recorded_at: datetime


class WithdrawnProgressRow(Base, table=True):
    """A report of a site that was wrong, and why."""

    __tablename__ = "withdrawn_progress"
    __table_args__: ClassVar[dict[str, str]] = {"comment": "append-only: reports that were wrong"}

    progress_id: UUID = Field(primary_key=True)
    reason: str
    recorded_by: str
    recorded_at: datetime
