"""What the building used before the works: twelve months of each fuel, or why they are missing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from services.applications.domain.checks import LONGEST_TEXT, kwh_refusal, length_refusal, rows_refusal
from services.applications.domain.sections.section import REFUSE_UNKNOWN, SectionName, unanswered
from shared.carbon.quantities import Fuel
from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms

SHORTEST_DAYS = 350
LONGEST_DAYS = 380


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelUse:
    """About twelve months of one fuel in kWh, all its meters together; the last day is not included."""

    __pydantic_config__: ClassVar[dict[str, str]] = REFUSE_UNKNOWN

    fuel: Fuel | None = None
    period_start: date | None = None
    period_end: date | None = None
    kwh: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Energy:
    """The year's use per fuel; a stated reason stands where figures are missing."""

    section: ClassVar[SectionName] = SectionName.ENERGY

    energy: tuple[FuelUse, ...] = ()
    missing_reason: str | None = None

    def wrong(self, _terms: FundTerms) -> Iterator[Invalid | None]:
        """Periods that are no year, energy that is none, a fuel given twice."""
        yield rows_refusal(len(self.energy), field="energy")
        yield from self._repeated_fuel_refusals()
        for row, use in enumerate(self.energy):
            yield _period_refusal(use, f"energy.{row}.period_end", f"Row {row + 1}")
            yield kwh_refusal(use.kwh, field=f"energy.{row}.kwh", name=f"Row {row + 1}: the energy used")
        yield length_refusal(
            self.missing_reason, field="missing_reason", name="The reason", longest=LONGEST_TEXT
        )

    def missing(self, _terms: FundTerms) -> Iterator[Problem]:
        """A year of at least one fuel, or the reason; no row half filled."""
        if not self.energy and not (self.missing_reason or "").strip():
            yield Problem("energy", "Enter twelve months of each fuel, or say why you cannot.")
        for row, use in enumerate(self.energy):
            yield from unanswered(
                {
                    f"energy.{row}.fuel": (use.fuel, f"Row {row + 1}: choose the fuel."),
                    f"energy.{row}.period_start": (use.period_start, f"Row {row + 1}: enter the first day."),
                    f"energy.{row}.period_end": (use.period_end, f"Row {row + 1}: enter the last day."),
                    f"energy.{row}.kwh": (use.kwh, f"Row {row + 1}: enter the kWh used."),
                }
            )

    def used_kwh(self) -> dict[Fuel, Decimal]:
        """The year's use of each fuel that is given."""
        return {use.fuel: use.kwh for use in self.energy if use.fuel is not None and use.kwh is not None}

    def _repeated_fuel_refusals(self) -> Iterator[Invalid]:
        for fuel, count in Counter(use.fuel for use in self.energy if use.fuel is not None).items():
            if count > 1:
                message = f"There are {count} rows of {fuel.replace('_', ' ')}. Add its meters up in one row."
                yield Invalid("energy.fuel_repeated", message, field="energy")


def _period_refusal(use: FuelUse, field: str, name: str) -> Invalid | None:
    if use.period_start is None or use.period_end is None:
        return None
    days = (use.period_end - use.period_start).days
    if SHORTEST_DAYS <= days <= LONGEST_DAYS:
        return None
    message = (
        f"{name}: the period is {days} days. Give twelve months, {SHORTEST_DAYS} to {LONGEST_DAYS} days, "
        "so that summer and winter are both in it."
    )
    return Invalid("energy.not_a_year", message, field=field)
