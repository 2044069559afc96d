"""What the monitoring service answers to the team (kWh and kgCO2e as decimals, sums in pence)."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, TypeAdapter


class ProjectLine(BaseModel):
    """One project in the list; `saved_kg_co2e` is none until a period is verified."""

    application_id: UUID
    reference: str
    organisation_name: str
    building_name: str
    completed_on: date | None
    promised_kg_co2e: Decimal
    claims_to_verify: int
    savings_count: int
    saved_kg_co2e: Decimal | None
    status: str


class Building(BaseModel):
    """The building that was improved."""

    name: str
    address: str
    use: str


class Measure(BaseModel):
    """One kind of works and what it promises a year."""

    kind: str
    fuel: str
    lifetime_years: int
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    added_fuel: str | None = None
    added_kwh: Decimal | None = None


class Promise(BaseModel):
    """What the accepted application promised a year."""

    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    factor_edition: str
    measures: list[Measure]


class Claim(BaseModel):
    """One claim (pence), and its verification once there is one."""

    claim_id: UUID
    milestone: str
    amount_pence: int
    claimed_on: date
    evidence_count: int
    verified_on: date | None
    verifier_id: UUID | None
    finding: str | None


class Coverage(BaseModel):
    """The days that are held; `missing_days` names the first of those that are not."""

    first_day: date | None
    last_day: date | None
    days: int
    missing_count: int
    missing_days: list[date]


class ImportLine(BaseModel):
    """One file that was taken, and by whom it was supplied."""

    import_id: UUID
    imported_at: datetime
    supplied_by: UUID
    rows_read: int
    days_taken: int
    first_day: date | None
    last_day: date | None


class Baseline(BaseModel):
    """The frozen model of a meter, in kWh a day and Celsius; the period's end is not part of it."""

    station: str
    temperatures_generated: bool
    period_start: date
    period_end: date
    balance_point_celsius: Decimal | None
    intercept_kwh_per_day: Decimal
    slope_kwh_per_degree_day: Decimal
    adjusted_r2: Decimal
    measured_days: int
    total_kwh: Decimal


class Meter(BaseModel):
    """One meter with its readings, the files they came in and its baseline."""

    meter_id: UUID
    name: str
    fuel: str
    coverage: Coverage
    imports: list[ImportLine]
    baseline: Baseline | None


class Boundary(BaseModel):
    """The latest declaration of the building boundary."""

    complete: bool
    reason: str
    declared_on: date
    fuels: list[str]


class MeterSaving(BaseModel):
    """One meter's part of a saving."""

    meter_id: UUID
    fuel: str
    counterfactual_kwh: Decimal
    observed_kwh: Decimal
    avoided_kwh: Decimal
    total_band_kwh: Decimal
    factor_kg_co2e_per_kwh: Decimal
    saved_kg_co2e: Decimal


class Saving(BaseModel):
    """A verified period, beside what was promised a year; the period's end is not part of it."""

    saving_id: UUID
    basis: str
    period_start: date
    period_end: date
    period_days: int
    meters: list[MeterSaving]
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
    temperatures_generated: bool
    promised_kwh_a_year: Decimal
    promised_kg_co2e_a_year: Decimal
    verdict: str


class Project(BaseModel):
    """One project: promised against measured."""

    application_id: UUID
    reference: str
    organisation_name: str
    building: Building
    amount_pence: int
    accepted_on: date
    completed_on: date | None
    status: str
    to_do: str
    promise: Promise
    claims: list[Claim]
    meters: list[Meter]
    boundary: Boundary | None
    savings: list[Saving]
    temperatures_generated: bool
    temperatures_note: str | None

    @property
    def supplier_ids(self) -> set[UUID]:
        """The people who supplied readings of any meter."""
        return {line.supplied_by for meter in self.meters for line in meter.imports}


class Station(BaseModel):
    """A weather station and the days it holds."""

    station_id: UUID
    name: str
    generated: bool
    coverage: Coverage


class Day(BaseModel):
    """One local day; what is not known is none."""

    day: date
    observed_kwh: Decimal | None
    counterfactual_kwh: Decimal | None


class MeterSeries(BaseModel):
    """One meter day by day."""

    meter_id: UUID
    name: str
    fuel: str
    days: list[Day]


class Series(BaseModel):
    """Every meter of a project over a period of local days."""

    period_start: date | None
    period_end: date | None
    meters: list[MeterSeries]


class RowNote(BaseModel):
    """A row of a file that was not simply taken, and why."""

    row: int
    outcome: str
    message: str


class Gap(BaseModel):
    """A day without all its hours."""

    day: date
    missing_hours: int


class ImportReport(BaseModel):
    """What became of a file that was taken."""

    import_id: UUID
    outcome: str
    message: str
    imported_at: datetime
    rows_read: int
    rows_taken: int
    rows_ignored: int
    rows_without_value: int
    days_taken: int
    days_already_held: int
    hours_waiting: int
    first_day: date | None
    last_day: date | None
    total_kwh: Decimal | None
    days_incomplete: int
    incomplete_days: list[Gap]
    warnings: list[str]
    rows: list[RowNote]


Lines = TypeAdapter(list[ProjectLine])
Stations = TypeAdapter(list[Station])
Savings = TypeAdapter(list[Saving])
