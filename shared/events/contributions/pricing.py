"""What a tonne or a dwelling costs, and how the sums of clauses were worked out from it."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Part


class YearOfPrices(Part):
    """One year of a declining series: its price in pence, its grid factor (kgCO2e per kWh), or both."""

    year: int
    price_pence_per_tonne: int | None = None
    kg_co2e_per_kwh: Decimal | None = None


class PricePolicyRecorded(Event):
    """A version of a council's price policy is in force from a day on, and ends the version before it."""

    topic: ClassVar[str] = "contributions.price_policy"
    name: ClassVar[str] = "policy.recorded.v1"
    key_field: ClassVar[str] = "policy_id"

    policy_id: UUID
    version: int
    organisation: str
    policy_name: str
    basis: str
    scope: str
    price_pence_per_tonne: int | None
    years: int | None
    series: tuple[YearOfPrices, ...]
    pence_per_house: int | None
    pence_per_flat: int | None
    pence_per_dwelling: int | None
    management_fee_percent: Decimal
    minimum_factors: tuple[Decimal, ...]
    rounding: str
    valid_from: date
    source: str
    source_url: str | None


class EnergyStatementRecorded(Event):
    """An energy statement of a development was approved: tonnes of CO2e a year that are left, by use."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "statement.recorded.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    statement_id: UUID
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


class CalculationStep(Part):
    """One step that anybody can check: the rule in words, the same in figures, and the result with its unit.

    A check changes no sum; `met` says whether it holds, and nothing where it could not be made.
    """

    label: str
    formula: str
    working: str
    result: str
    check: bool = False
    met: bool | None = None


class CalculationRecorded(Event):
    """How a clause's sum was worked out, for good: its obligations name it.

    `amount_pence` is the whole sum; `due_pence` what of it became obligations now, less where a calculation
    from the statement as built replaces an earlier one; `fee_pence` stands beside them.
    """

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "calculation.recorded.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    calculation_id: UUID
    clause: str
    policy_id: UUID | None
    policy_version: int | None
    policy_name: str | None
    policy_valid_from: date | None
    policy_source: str | None
    policy_source_url: str | None
    statement_id: UUID | None
    statement_reference: str | None
    statement_stage: str | None
    statement_approved_on: date | None
    replaces_id: UUID | None
    rounding: str
    amount_pence: int
    due_pence: int
    fee_pence: int
    steps: tuple[CalculationStep, ...]
