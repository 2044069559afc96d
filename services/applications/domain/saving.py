"""The saving an application promises, worked out step by step from its own figures and a cited factor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from services.applications.domain.sections.measures import MeasureAnswers
from shared.carbon.factors import EDITIONS, FactorEdition, kg_co2e
from shared.carbon.quantities import Fuel
from shared.errors import Invalid

HUNDREDTH = Decimal("0.01")
ABOVE_USE = "saving.above_use"
KWH_A_YEAR = "kWh a year"
KG_A_YEAR = "kgCO2e a year"
STATED = "as the source states"
ONLY_COMPLETE = "only complete measures are worked out"


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that a step uses."""

    name: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the calculation: what it finds, how in words, from which figures, and whose they are."""

    label: str
    formula: str
    inputs: tuple[Input, ...]
    result: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSaving:
    """What one measure promises (kWh and kgCO2e a year, and over its lifetime), net of its own use."""

    measure_id: UUID | None
    kind: str
    fuel: Fuel
    saved_kwh: Decimal
    added_fuel: Fuel | None
    added_kwh: Decimal
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    lifetime_years: int
    lifetime_kwh: Decimal
    lifetime_kg_co2e: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromisedSaving:
    """What all measures promise together: the sums of their own rounded figures."""

    factor_edition: str
    factor_source: str
    measures: tuple[MeasureSaving, ...]
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    lifetime_kwh: Decimal
    lifetime_kg_co2e: Decimal


def edition_on(day: date) -> FactorEdition:
    """The factor edition of the day's year, or the newest before it."""
    years = [year for year in EDITIONS if year <= day.year]
    if years:
        return EDITIONS[max(years)]
    message = f"There are no emission factors before {min(EDITIONS)}. Check the date."
    raise Invalid("saving.no_factors", message, field="submitted_on")


def promise(
    measures: tuple[MeasureAnswers, ...], used_kwh: Mapping[Fuel, Decimal], edition: FactorEdition
) -> PromisedSaving:
    """The saving of complete measures, each of what the ones before it left of its fuel's use.

    Invalid where a measure saves a share of a fuel whose use is not given, or more than is used of it.
    """
    left = dict(used_kwh)
    savings = []
    for row, measure in enumerate(measures):
        saving = _work_out(measure, row, left, edition)
        _take(saving, left)
        savings.append(saving)
    return PromisedSaving(
        factor_edition=edition.name,
        factor_source=edition.source,
        measures=tuple(savings),
        promised_kwh=sum((saving.promised_kwh for saving in savings), Decimal(0)),
        promised_kg_co2e=sum((saving.promised_kg_co2e for saving in savings), Decimal(0)),
        lifetime_kwh=sum((saving.lifetime_kwh for saving in savings), Decimal(0)),
        lifetime_kg_co2e=sum((saving.lifetime_kg_co2e for saving in savings), Decimal(0)),
    )


def _take(saving: MeasureSaving, left: dict[Fuel, Decimal]) -> None:
    if saving.fuel in left:
        left[saving.fuel] = max(Decimal(0), left[saving.fuel] - saving.saved_kwh)
    if saving.added_fuel in left:
        left[saving.added_fuel] += saving.added_kwh


def _work_out(
    measure: MeasureAnswers, row: int, left: Mapping[Fuel, Decimal], edition: FactorEdition
) -> MeasureSaving:
    assert measure.kind, ONLY_COMPLETE
    assert measure.fuel, ONLY_COMPLETE
    assert measure.lifetime_years, ONLY_COMPLETE
    energy = _energy_saved(measure, measure.fuel, row, left)
    own = _own_use(measure)
    carbon = _carbon_saved(measure.fuel, energy.result, measure.added_fuel, measure.added_kwh, edition)
    _refuse_no_saving(carbon, row, uses_energy=bool(own))
    lifetime = _over_lifetime(carbon.result, measure.lifetime_years)
    promised_kwh = energy.result - (measure.added_kwh or 0)
    return MeasureSaving(
        measure_id=measure.measure_id,
        kind=measure.kind,
        fuel=measure.fuel,
        saved_kwh=energy.result,
        added_fuel=measure.added_fuel,
        added_kwh=measure.added_kwh or Decimal(0),
        promised_kwh=promised_kwh,
        promised_kg_co2e=carbon.result,
        lifetime_years=measure.lifetime_years,
        lifetime_kwh=promised_kwh * measure.lifetime_years,
        lifetime_kg_co2e=lifetime.result,
        steps=(energy, *own, carbon, lifetime),
    )


def _energy_saved(measure: MeasureAnswers, fuel: Fuel, row: int, left: Mapping[Fuel, Decimal]) -> Step:
    if measure.saving_percent is not None:
        return _share_saved(measure, measure.saving_percent, _left_of(fuel, row, left))
    assert measure.saved_kwh is not None, ONLY_COMPLETE
    _refuse_above_use(measure.saved_kwh, fuel, row, left)
    return Step(
        label=f"{_words(fuel).capitalize()} saved in a year",
        formula=STATED,
        inputs=(Input("saving stated", measure.saved_kwh, KWH_A_YEAR),),
        result=_rounded(measure.saved_kwh),
        unit=KWH_A_YEAR,
        source=measure.source or "",
    )


def _refuse_above_use(saved_kwh: Decimal, fuel: Fuel, row: int, left: Mapping[Fuel, Decimal]) -> None:
    if fuel not in left or saved_kwh <= left[fuel]:
        return
    message = (
        f"Measure {row + 1} saves {saved_kwh:,} kWh of {_words(fuel)} a year, but only "
        f"{left[fuel]:,} kWh are used after the measures before it. Lower it, or check the energy used."
    )
    raise Invalid(ABOVE_USE, message, field=f"measures.{row}.saved_kwh")


def _left_of(fuel: Fuel, row: int, left: Mapping[Fuel, Decimal]) -> Decimal:
    if fuel in left:
        return left[fuel]
    message = (
        f"Measure {row + 1} saves a share of the {_words(fuel)} used, but its use is not given. Enter twelve "
        "months of it under energy, or give the saving in kWh a year."
    )
    raise Invalid("saving.use_unknown", message, field=f"measures.{row}.saving_percent")


def _share_saved(measure: MeasureAnswers, percent: Decimal, used_kwh: Decimal) -> Step:
    fuel = _words(measure.fuel or "")
    return Step(
        label=f"{fuel.capitalize()} saved in a year",
        formula="use of the fuel before this measure, multiplied by the saving in per cent, divided by 100",
        inputs=(
            Input(f"use of {fuel} before this measure", used_kwh, KWH_A_YEAR),
            Input("saving", percent, "per cent"),
        ),
        result=_rounded(used_kwh * percent / 100),
        unit=KWH_A_YEAR,
        source=measure.source or "",
    )


def _own_use(measure: MeasureAnswers) -> tuple[Step, ...]:
    if measure.added_kwh is None or measure.added_fuel is None:
        return ()
    step = Step(
        label=f"{_words(measure.added_fuel).capitalize()} that the measure itself uses in a year",
        formula=STATED,
        inputs=(Input("own use stated", measure.added_kwh, KWH_A_YEAR),),
        result=measure.added_kwh,
        unit=KWH_A_YEAR,
        source=measure.source or "",
    )
    return (step,)


def _carbon_saved(
    fuel: Fuel, saved_kwh: Decimal, added_fuel: Fuel | None, added_kwh: Decimal | None, edition: FactorEdition
) -> Step:
    inputs = _factor_inputs(fuel, saved_kwh, edition)
    formula = "energy saved, multiplied by its emission factor"
    result = kg_co2e(fuel, saved_kwh, edition)
    if added_fuel is not None and added_kwh is not None:
        inputs += _factor_inputs(added_fuel, added_kwh, edition)
        formula += ", less the energy that the measure uses, multiplied by its own"
        result -= kg_co2e(added_fuel, added_kwh, edition)
    return Step(
        label="Carbon saved in a year",
        formula=formula,
        inputs=inputs,
        result=_rounded(result),
        unit=KG_A_YEAR,
        source=edition.source,
    )


def _factor_inputs(fuel: Fuel, kwh: Decimal, edition: FactorEdition) -> tuple[Input, ...]:
    return (
        Input(_words(fuel), kwh, KWH_A_YEAR),
        Input(f"emission factor of {_words(fuel)}", edition.kg_co2e_per_kwh(fuel), "kgCO2e per kWh"),
    )


def _refuse_no_saving(carbon: Step, row: int, *, uses_energy: bool) -> None:
    if carbon.result > 0:
        return
    because, field = (
        ("what it uses itself emits as much as it saves", "added_kwh")
        if uses_energy
        else ("too little of its fuel is left by the measures before it", "saving_percent")
    )
    message = f"Measure {row + 1} would save no carbon: {because}. Check its figures, or leave it out."
    raise Invalid("saving.none", message, field=f"measures.{row}.{field}")


def _over_lifetime(kg_a_year: Decimal, years: int) -> Step:
    return Step(
        label="Carbon saved over its lifetime",
        formula="carbon saved in a year, multiplied by the years; the factor stays that of the edition",
        inputs=(Input("carbon saved", kg_a_year, KG_A_YEAR), Input("lifetime", Decimal(years), "years")),
        result=kg_a_year * years,
        unit="kgCO2e",
        source="the lifetime stated for the measure",
    )


def _words(fuel: str) -> str:
    return fuel.replace("_", " ")


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)
