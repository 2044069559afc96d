"""The works that are planned, and what each is expected to save."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from services.applications.domain.checks import (
    LONGEST_TEXT,
    kwh_refusal,
    length_refusal,
    listed,
    rows_refusal,
)
from services.applications.domain.sections.section import REFUSE_UNKNOWN, SectionName, unanswered
from shared.carbon.quantities import Fuel
from shared.errors import Invalid, Problem
from shared.events.applications import FundTerms

LONGEST_LIFETIME_YEARS = 60
WHOLE_PERCENT = 100
NEEDS_ADDED_FUEL = frozenset({"heat_pump"})
"""Works that replace one fuel by another: what they will use must be counted too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureAnswers:
    """One kind of works, and its saving of one fuel: a share of its use, or kWh a year from a source.

    `added_kwh` is what the works themselves will use in a year, such as a heat pump's electricity.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = REFUSE_UNKNOWN

    measure_id: UUID | None = None
    kind: str | None = None
    fuel: Fuel | None = None
    saving_percent: Decimal | None = None
    saved_kwh: Decimal | None = None
    added_fuel: Fuel | None = None
    added_kwh: Decimal | None = None
    source: str | None = None
    lifetime_years: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The works in the order in which they will be done: each saves of what the ones before left."""

    section: ClassVar[SectionName] = SectionName.MEASURES

    measures: tuple[MeasureAnswers, ...] = ()

    def wrong(self, terms: FundTerms) -> Iterator[Invalid | None]:
        """Works the fund does not pay for, and figures that cannot be."""
        yield rows_refusal(len(self.measures), field="measures")
        yield self._repeated_id_refusal()
        for row, measure in enumerate(self.measures):
            yield from _wrong(measure, f"measures.{row}", f"Measure {row + 1}", terms)

    def missing(self, _terms: FundTerms) -> Iterator[Problem]:
        """At least one measure, each with its fuel, saving, source and lifetime."""
        if not self.measures:
            yield Problem("measures", "Add at least one measure.")
        for row, measure in enumerate(self.measures):
            yield from _missing(measure, f"measures.{row}", f"Measure {row + 1}")

    def _repeated_id_refusal(self) -> Invalid | None:
        counted = Counter(measure.measure_id for measure in self.measures if measure.measure_id)
        if not counted or max(counted.values()) == 1:
            return None
        message = "Two measures have the same id. Leave one out."
        return Invalid("measure.repeated_id", message, field="measures")


def _wrong(measure: MeasureAnswers, place: str, name: str, terms: FundTerms) -> Iterator[Invalid | None]:
    yield _kind_refusal(measure.kind, f"{place}.kind", name, terms)
    yield _percent_refusal(measure.saving_percent, f"{place}.saving_percent", name)
    yield kwh_refusal(measure.saved_kwh, field=f"{place}.saved_kwh", name=f"{name}: the saving")
    yield kwh_refusal(measure.added_kwh, field=f"{place}.added_kwh", name=f"{name}: its own use")
    yield _two_savings_refusal(measure, place, name)
    yield length_refusal(
        measure.source, field=f"{place}.source", name=f"{name}: the source", longest=LONGEST_TEXT
    )
    yield _lifetime_refusal(measure.lifetime_years, f"{place}.lifetime_years", name)


def _missing(measure: MeasureAnswers, place: str, name: str) -> Iterator[Problem]:
    yield from unanswered(
        {
            f"{place}.kind": (measure.kind, f"{name}: choose its kind."),
            f"{place}.fuel": (measure.fuel, f"{name}: choose the fuel it saves."),
            f"{place}.source": (measure.source, f"{name}: say where the figure of its saving comes from."),
            f"{place}.lifetime_years": (measure.lifetime_years, f"{name}: enter how many years it lasts."),
        }
    )
    if measure.saving_percent is None and measure.saved_kwh is None:
        message = f"{name}: enter the saving in per cent of the fuel's use, or in kWh a year."
        yield Problem(f"{place}.saving_percent", message)
    yield from _missing_own_use(measure, place, name)


def _missing_own_use(measure: MeasureAnswers, place: str, name: str) -> Iterator[Problem]:
    if measure.kind in NEEDS_ADDED_FUEL and measure.added_kwh is None:
        yield Problem(f"{place}.added_kwh", f"{name}: enter the kWh a year that it will use itself.")
    if measure.added_kwh is not None and measure.added_fuel is None:
        yield Problem(f"{place}.added_fuel", f"{name}: choose the fuel that it will use itself.")


def _kind_refusal(kind: str | None, field: str, name: str, terms: FundTerms) -> Invalid | None:
    if not kind or kind in terms.measure_kinds:
        return None
    message = f"{name}: this fund does not pay for {kind[:80]}. It pays for: {listed(terms.measure_kinds)}."
    return Invalid("measure.kind", message, field=field)


def _percent_refusal(percent: Decimal | None, field: str, name: str) -> Invalid | None:
    if percent is None or 0 < percent <= WHOLE_PERCENT:
        return None
    message = f"{name}: the saving must be above 0 and at most {WHOLE_PERCENT} per cent of the fuel's use."
    return Invalid("measure.percent", message, field=field)


def _two_savings_refusal(measure: MeasureAnswers, place: str, name: str) -> Invalid | None:
    if measure.saving_percent is None or measure.saved_kwh is None:
        return None
    message = f"{name}: give the saving in per cent or in kWh a year, not both."
    return Invalid("measure.two_savings", message, field=f"{place}.saved_kwh")


def _lifetime_refusal(years: int | None, field: str, name: str) -> Invalid | None:
    if years is None or 1 <= years <= LONGEST_LIFETIME_YEARS:
        return None
    message = f"{name}: its lifetime must be from 1 to {LONGEST_LIFETIME_YEARS} years."
    return Invalid("measure.lifetime", message, field=field)
