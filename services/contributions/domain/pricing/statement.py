"""Energy statements: what a development will emit, or emits as built, that the contribution offsets."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.contributions.domain.pricing.quantities import (
    EARLIEST_ON,
    LATEST_YEAR,
    MOST_KWH,
    MOST_TONNES,
    count_refusal,
    early_refusal,
    quantity_refusal,
)
from shared.checks import future_refusal, refuse_all, text_refusal
from shared.errors import Invalid


class Stage(StrEnum):
    """Whether a statement tells of the design or of what was built."""

    AS_DESIGNED = "as_designed"
    AS_BUILT = "as_built"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dwellings:
    """Consented dwellings by kind; `dwellings` are those not told apart."""

    houses: int = 0
    flats: int = 0
    dwellings: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.houses + self.flats + self.dwellings


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What is left after everything done on site, in tonnes of CO2e a year, by use.

    Regulated emissions are those of heating, hot water, lighting and ventilation (Part L); unregulated ones
    come from appliances and cooking.
    """

    domestic_regulated_t_co2e: Decimal = Decimal(0)
    domestic_unregulated_t_co2e: Decimal = Decimal(0)
    non_domestic_regulated_t_co2e: Decimal = Decimal(0)
    non_domestic_unregulated_t_co2e: Decimal = Decimal(0)

    @property
    def regulated_t_co2e(self) -> Decimal:
        """Regulated tonnes a year of both uses."""
        return self.domestic_regulated_t_co2e + self.non_domestic_regulated_t_co2e

    @property
    def unregulated_t_co2e(self) -> Decimal:
        """Unregulated tonnes a year of both uses."""
        return self.domestic_unregulated_t_co2e + self.non_domestic_unregulated_t_co2e


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyStatement:
    """An approved energy statement: the document that a sum per tonne is worked out from.

    `electricity_kwh` (a year) and `first_year` are only needed under a series of grid factors.
    """

    id: UUID
    agreement_id: UUID
    stage: Stage
    reference: str
    approved_on: date
    residual: Residual
    dwellings: Dwellings = field(default_factory=Dwellings)
    baseline_t_co2e: Decimal | None = None
    electricity_kwh: Decimal | None = None
    first_year: int | None = None


def record_statement(draft: EnergyStatement, *, today: date) -> EnergyStatement:
    """A statement as an officer enters it, checked by field."""
    refuse_all("statement.invalid", _refusals(draft, today))
    return draft


def _refusals(draft: EnergyStatement, today: date) -> list[Invalid | None]:
    return [
        text_refusal(draft.reference, field="reference", name="the document's reference"),
        early_refusal(draft.approved_on, field="approved_on", name="The approval"),
        future_refusal(draft.approved_on, today=today, field="approved_on", name="The approval"),
        *_tonnes_refusals(draft),
        quantity_refusal(
            draft.electricity_kwh, field="electricity_kwh", name="the electricity", largest=MOST_KWH
        ),
        count_refusal(draft.dwellings.houses, field="houses", name="houses"),
        count_refusal(draft.dwellings.flats, field="flats", name="flats"),
        count_refusal(draft.dwellings.dwellings, field="dwellings", name="dwellings"),
        _first_year_refusal(draft.first_year),
    ]


def _tonnes_refusals(draft: EnergyStatement) -> list[Invalid | None]:
    tonnes = {
        name: getattr(draft.residual, name)
        for name in (
            "domestic_regulated_t_co2e",
            "domestic_unregulated_t_co2e",
            "non_domestic_regulated_t_co2e",
            "non_domestic_unregulated_t_co2e",
        )
    }
    refusals = [
        quantity_refusal(value, field=name, name="the tonnes a year", largest=MOST_TONNES)
        for name, value in {**tonnes, "baseline_t_co2e": draft.baseline_t_co2e}.items()
    ]
    return [*refusals, _baseline_refusal(draft.baseline_t_co2e)]


def _baseline_refusal(baseline: Decimal | None) -> Invalid | None:
    if baseline != 0:
        return None
    message = "Enter the baseline as tonnes above zero, or leave it empty where the statement names none."
    return Invalid("baseline_t_co2e.zero", message, field="baseline_t_co2e")


def _first_year_refusal(year: int | None) -> Invalid | None:
    if year is None or EARLIEST_ON.year <= year <= LATEST_YEAR:
        return None
    return Invalid(
        "first_year.out_of_range", "Enter the year of completion with 4 digits.", field="first_year"
    )
