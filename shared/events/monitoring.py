"""What the monitoring service publishes: projects, verified works and verified savings."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Part


class ProjectStarted(Event):
    """An accepted grant became a project to be tracked, with the promise it made (kWh and kgCO2e a year)."""

    topic: ClassVar[str] = "monitoring.project"
    name: ClassVar[str] = "project.started.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    building_name: str
    ward: str
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    started_on: date


class MilestoneVerified(Event):
    """Somebody other than the claimant saw that the claimed works are done."""

    topic: ClassVar[str] = "monitoring.project"
    name: ClassVar[str] = "milestone.verified.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    claim_id: UUID
    milestone: str
    amount_pence: int
    verified_on: date
    verifier_id: UUID


class WorksCompleted(Event):
    """The works are done; readings after this day may be measured against the baseline."""

    topic: ClassVar[str] = "monitoring.project"
    name: ClassVar[str] = "works.completed.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    completed_on: date


class BoundaryDeclared(Event):
    """The team says that the project's meters cover every fuel the works touch, and why."""

    topic: ClassVar[str] = "monitoring.project"
    name: ClassVar[str] = "boundary.declared.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    complete: bool
    fuels: tuple[str, ...]
    reason: str


class BaselineFrozen(Event):
    """The model of one meter before the works; half-open local days, balance point in Celsius."""

    topic: ClassVar[str] = "monitoring.project"
    name: ClassVar[str] = "baseline.frozen.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    meter_id: UUID
    fuel: str
    station: str
    period_start: date
    period_end: date
    balance_point_celsius: Decimal | None
    intercept_kwh_per_day: Decimal
    slope_kwh_per_degree_day: Decimal
    temperatures_generated: bool = False


class MeterSaving(Part):
    """One meter's avoided energy in the period (kWh), with the model's band and the total band at 90 %."""

    meter_id: UUID
    fuel: str
    counterfactual_kwh: Decimal
    observed_kwh: Decimal
    avoided_kwh: Decimal
    model_band_kwh: Decimal
    total_band_kwh: Decimal
    factor_kg_co2e_per_kwh: Decimal
    saved_kg_co2e: Decimal


class SavingsVerified(Event):
    """What the building really saved in a period, as metered and weather-normalised, with uncertainty.

    `distinguishable` is false where the total band is wider than the saving: no change can be told.
    `temperatures_generated` is true where the weather was invented for a demonstration.
    """

    topic: ClassVar[str] = "monitoring.project"
    name: ClassVar[str] = "savings.verified.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    saving_id: UUID
    basis: str
    period_start: date
    period_end: date
    meters: tuple[MeterSaving, ...]
    avoided_kwh: Decimal
    counterfactual_kwh: Decimal
    model_band_kwh: Decimal
    total_band_kwh: Decimal
    saved_kg_co2e: Decimal
    model_band_kg_co2e: Decimal
    total_band_kg_co2e: Decimal
    confidence_percent: int
    distinguishable: bool
    factor_edition: str
    verified_on: date
    verifier_id: UUID
    temperatures_generated: bool = False
