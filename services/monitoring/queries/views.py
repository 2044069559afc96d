"""The shapes of what is shown; kWh and kgCO2e as decimals, sums in pence, days as local days."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.monitoring.domain.degree_day_model import Baseline
from services.monitoring.domain.use_by_day import DayOfUse
from shared.events.applications import AnnualEnergy, Building, Measure
from shared.events.monitoring import SavingsVerified

GENERATED_NOTE = "The temperatures are generated for the demonstration."


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """One project in the list; `saved_kg_co2e` is the sum of its verified periods, None without any."""

    application_id: UUID
    reference: str
    organisation_name: str
    building_name: str
    ward: str
    accepted_on: date
    completed_on: date | None
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    claims_to_verify: int
    savings_count: int
    saved_kg_co2e: Decimal | None
    status: str
    to_do: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseView:
    """What the accepted application promised a year, and the energy it stated."""

    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    factor_edition: str
    measures: list[Measure]
    energy: list[AnnualEnergy]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim (pence), and its verification once there is one."""

    claim_id: UUID
    claimant_id: UUID
    milestone: str
    amount_pence: int
    claimed_on: date
    evidence_count: int
    verified_on: date | None
    verifier_id: UUID | None
    finding: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """One file that was taken, and by whom it was supplied."""

    import_id: UUID
    imported_at: datetime
    supplied_by: UUID
    file_sha256: str
    rows_read: int
    days_taken: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineView:
    """The frozen model of a meter, in kWh a day and Celsius."""

    station_id: UUID
    station: str
    temperatures_generated: bool
    period_start: date
    period_end: date
    balance_point_celsius: float | None
    intercept_kwh_per_day: float
    slope_kwh_per_degree_day: float
    adjusted_r2: float
    measured_days: int
    total_kwh: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The days that are held; `missing_days` names the first ten between the first and the last."""

    first_day: date | None
    last_day: date | None
    days: int
    missing_count: int
    missing_days: list[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterView:
    """One meter with its readings' coverage, imports and baseline."""

    meter_id: UUID
    name: str
    fuel: str
    coverage: Coverage
    imports: list[ImportLine]
    baseline: BaselineView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryView:
    """The latest declaration of the building boundary."""

    complete: bool
    reason: str
    declared_on: date
    fuels: list[str]
    meter_ids: list[UUID]


class SavingView(SavingsVerified):
    """A verified saving in its own period, beside what was promised a year, with its verdict in words."""

    period_days: int
    promised_kwh_a_year: Decimal
    promised_kg_co2e_a_year: Decimal
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDetail:
    """One project: promised against measured."""

    application_id: UUID
    sequence: int
    reference: str
    organisation_name: str
    building: Building
    amount_pence: int
    accepted_on: date
    completed_on: date | None
    status: str
    to_do: str
    promise: PromiseView
    claims: list[ClaimView]
    meters: list[MeterView]
    boundary: BoundaryView | None
    savings: list[SavingView]
    temperatures_generated: bool
    temperatures_note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StationView:
    """A weather station and the days it holds."""

    station_id: UUID
    name: str
    generated: bool
    note: str | None
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterSeries:
    """One meter day by day."""

    meter_id: UUID
    name: str
    fuel: str
    station: str | None
    days: list[DayOfUse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Every meter of a project over a half-open period of local days."""

    application_id: UUID
    period_start: date | None
    period_end: date | None
    temperatures_generated: bool
    temperatures_note: str | None
    meters: list[MeterSeries]


def note(generated: bool) -> str | None:
    """The words beside every page and result that uses generated temperatures."""
    return GENERATED_NOTE if generated else None


def baseline_view(model: Baseline, station: dict[str, Any]) -> BaselineView:
    """A frozen model as it is shown."""
    heating = model.heating
    return BaselineView(
        **station,
        period_start=model.starts_on,
        period_end=model.ends_before,
        balance_point_celsius=heating.balance_point_celsius if heating else None,
        intercept_kwh_per_day=model.intercept_kwh_per_day,
        slope_kwh_per_degree_day=heating.slope_kwh_per_degree_day if heating else 0.0,
        adjusted_r2=model.adjusted_r2,
        measured_days=model.measured_days,
        total_kwh=model.total_kwh,
    )
