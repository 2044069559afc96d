"""What contributions answers about prices and sums."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told


class YearOfSeries(Told):
    """One year of a declining series: a price in pence, a grid factor (kgCO2e per kWh), or both."""

    year: int
    price_pence_per_tonne: int | None
    kg_co2e_per_kwh: Decimal | None


class PolicyVersion(Told):
    """One version of a price policy, in force from a day until (not including) the next version's."""

    version: int
    basis: str
    scope: str
    price_pence_per_tonne: int | None
    years: int | None
    series: tuple[YearOfSeries, ...]
    house_pence: int | None
    flat_pence: int | None
    dwelling_pence: int | None
    management_fee_percent: Decimal
    minimum_factors: tuple[Decimal, ...]
    rounding: str
    valid_from: date
    valid_until: date | None
    source: str
    source_url: str | None

    def in_force_on(self, day: date) -> bool:
        """Whether it was the version in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


class Policy(Told):
    """A price policy with its versions, the newest first."""

    policy_id: UUID
    organisation: str
    name: str
    versions: tuple[PolicyVersion, ...]


class Policies(Told):
    """Some price policies in the order of their names; the cursor leads to the next ones."""

    policies: tuple[Policy, ...]
    next_cursor: UUID | None


class Statement(Told):
    """An approved energy statement: tonnes of CO2e a year that are left, by use."""

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

    @property
    def regulated_t_co2e(self) -> Decimal:
        """Regulated tonnes a year of both uses."""
        return self.domestic_regulated_t_co2e + self.non_domestic_regulated_t_co2e

    @property
    def unregulated_t_co2e(self) -> Decimal:
        """Unregulated tonnes a year of both uses."""
        return self.domestic_unregulated_t_co2e + self.non_domestic_unregulated_t_co2e

    @property
    def stage_in_words(self) -> str:
        """As designed, or as built."""
        return self.stage.replace("_", " ")

    @property
    def all_dwellings(self) -> int:
        """Consented dwellings of every kind."""
        return self.houses + self.flats + self.dwellings


class Step(Told):
    """One step of a working; a check changes no sum."""

    label: str
    formula: str
    working: str
    result_in_words: str
    check: bool
    met: bool | None


class Workings(Told):
    """A sum as it would be worked out, and what each tranche would be, in pence; nothing is recorded."""

    steps: tuple[Step, ...]
    rounding: str
    amount_pence: int
    due_pence: int
    fee_pence: int
    shares_pence: tuple[int, ...]


class Calculation(Told):
    """How a sum was worked out, and from what."""

    calculation_id: UUID
    policy_name: str | None
    policy_version: int | None
    policy_valid_from: date | None
    policy_source: str | None
    policy_source_url: str | None
    statement_reference: str | None
    statement_stage: str | None
    statement_approved_on: date | None
    replaced_by_id: UUID | None
    rounding: str
    amount_pence: int
    due_pence: int
    fee_pence: int
    obligation_ids: tuple[UUID, ...]
    recorded_at: datetime
    steps: tuple[Step, ...]


Statements = TypeAdapter(tuple[Statement, ...])
Calculations = TypeAdapter(tuple[Calculation, ...])
