"""The tables of the monitoring service; constraints stand in the migrations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, DateTime, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Base(SQLModel, registry=registry()):
    """Tables of the monitoring service."""


class ProjectRow(Base, table=True):
    """One project; its version is the sequence of its last event. What was promised never changes."""

    __tablename__ = "project"

    application_id: UUID = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)
    reference: str
    organisation_id: UUID
    organisation_name: str
    people: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    building: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    amount_pence: int = Field(sa_type=BigInteger)
    accepted_on: date
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    factor_edition: str
    completed_on: date | None = None


class PromisedMeasureRow(Base, table=True):
    """One measure of the accepted application, and the yearly saving it promised."""

    __tablename__ = "promised_measure"
    __table_args__ = {"comment": "append-only: a promise is frozen when the offer is accepted"}

    application_id: UUID = Field(primary_key=True)
    measure_id: UUID = Field(primary_key=True)
    kind: str
    fuel: str
    lifetime_years: int
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    added_fuel: str | None = None
    added_kwh: Decimal | None = None


class StatedEnergyRow(Base, table=True):
    """Twelve months of one fuel before the works, as the application states them."""

    __tablename__ = "stated_energy"
    __table_args__ = {"comment": "append-only: a promise is frozen when the offer is accepted"}

    application_id: UUID = Field(primary_key=True)
    place: int = Field(primary_key=True)
    fuel: str
    period_start: date
    period_end: date
    kwh: Decimal


class ClaimRow(Base, table=True):
    """A claim, and its verification once there is one."""

    __tablename__ = "claim"

    claim_id: UUID = Field(primary_key=True)
    application_id: UUID
    claimant_id: UUID
    milestone: str
    amount_pence: int = Field(sa_type=BigInteger)
    claimed_on: date
    evidence_count: int
    verified_on: date | None = None
    verifier_id: UUID | None = None
    finding: str | None = None


class MeterRow(Base, table=True):
    """A meter of one project's building."""

    __tablename__ = "meter"

    meter_id: UUID = Field(primary_key=True)
    application_id: UUID
    name: str
    fuel: str


class ReadingsImportRow(Base, table=True):
    """A file of readings that was taken: who supplied it, how it was stated, and its report."""

    __tablename__ = "readings_import"
    __table_args__ = {"comment": "append-only: what was supplied, and by whom, stands"}

    import_id: UUID = Field(primary_key=True)
    meter_id: UUID
    file_sha256: str
    stated: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    supplied_by: UUID
    imported_at: datetime = Field(sa_type=DateTime(timezone=True))
    used_from: date | None = None
    used_until: date | None = None
    report: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class ReadingRow(Base, table=True):
    """What a meter used on one whole local day, in kWh."""

    __tablename__ = "reading"
    __table_args__ = {"comment": "append-only: readings are not corrected in this version"}

    meter_id: UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    kwh: Decimal
    import_id: UUID


class WaitingHourRow(Base, table=True):
    """An hour of a day that is not complete yet; it goes when the rest of its day comes."""

    __tablename__ = "waiting_hour"

    meter_id: UUID = Field(primary_key=True)
    hour: datetime = Field(primary_key=True, sa_type=DateTime(timezone=True))
    kwh: Decimal


class StationRow(Base, table=True):
    """A source of outdoor temperatures; `generated` where they are invented for a demonstration."""

    __tablename__ = "station"
    __table_args__ = {"comment": "append-only: whether temperatures are generated never changes"}

    station_id: UUID = Field(primary_key=True)
    name: str
    generated: bool


class TemperaturesImportRow(Base, table=True):
    """A file of temperatures that was taken, and its report."""

    __tablename__ = "temperatures_import"
    __table_args__ = {"comment": "append-only: what was supplied, and by whom, stands"}

    import_id: UUID = Field(primary_key=True)
    station_id: UUID
    file_sha256: str
    stated: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    supplied_by: UUID
    imported_at: datetime = Field(sa_type=DateTime(timezone=True))
    report: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class TemperatureRow(Base, table=True):
    """The mean outdoor temperature of one local day, in Celsius."""

    __tablename__ = "temperature"
    __table_args__ = {"comment": "append-only: temperatures are not corrected in this version"}

    station_id: UUID = Field(primary_key=True)
    day: date = Field(primary_key=True)
    celsius: Decimal
    import_id: UUID


class BoundaryRow(Base, table=True):
    """One declaration of a project's boundary; that of the highest sequence counts."""

    __tablename__ = "boundary"
    __table_args__ = {"comment": "append-only: each declaration stands, the latest counts"}

    application_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    complete: bool
    reason: str
    declared_on: date
    declared_by: UUID
    fuels: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    meter_ids: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))


class BaselineRow(Base, table=True):
    """The frozen model of one meter before the works."""

    __tablename__ = "baseline"
    __table_args__ = {"comment": "append-only: a baseline is frozen once"}

    meter_id: UUID = Field(primary_key=True)
    station_id: UUID
    period_start: date
    period_end: date
    model: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    frozen_by: UUID
    frozen_at: datetime = Field(sa_type=DateTime(timezone=True))


class SavingRow(Base, table=True):
    """A verified saving, as it was published, with its verdict in words."""

    __tablename__ = "saving"
    __table_args__ = {"comment": "append-only: a verified saving is never silently redone"}

    saving_id: UUID = Field(primary_key=True)
    application_id: UUID
    period_start: date
    period_end: date
    verified_on: date
    verifier_id: UUID
    avoided_kwh: Decimal
    saved_kg_co2e: Decimal
    verdict: str
    published: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
