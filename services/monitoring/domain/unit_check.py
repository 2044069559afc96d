"""Are these readings in the unit that was stated? Asked of every import, before anything is kept."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.carbon.quantities import EnergyUnit, Fuel, kwh_per_unit
from shared.errors import Invalid

USUAL_CALORIFIC_VALUE_MJ_PER_M3 = Decimal(39)
"""Near the middle of what bills in Great Britain show: about 11.1 kWh to the cubic metre."""

KWH_PER_HUNDRED_CUBIC_FEET = Decimal("31.4")
DAYS_OF_A_YEAR = 330
DAYS_TO_COMPARE = 28

# How far real use may differ from what was expected and still look like a slip of this factor: near 11 and 31
# a real change is possible and the test is narrow; a factor of 1,000 has no other explanation.
_NARROW, _WIDE = math.log(1.6), math.log(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedUse:
    """What the readings are compared with: the yearly use stated in the application, or earlier readings."""

    kwh_per_day: float
    source: str
    whole_year: bool


def expected_from_application(kwh_per_year: Decimal) -> ExpectedUse:
    """The twelve months of use that the application states for this fuel."""
    return ExpectedUse(kwh_per_day=float(kwh_per_year) / 365, source="the application", whole_year=True)


def expected_from_earlier(
    stored: Mapping[date, Decimal], imported: Mapping[date, Decimal]
) -> ExpectedUse | None:
    """The meter's earlier readings in the same months of the year; None where they are too few."""
    months = {day.month for day in imported}
    earlier = [kwh for day, kwh in stored.items() if day.month in months]
    if len(earlier) < DAYS_TO_COMPARE or len(imported) < DAYS_TO_COMPARE:
        return None
    return ExpectedUse(
        kwh_per_day=float(sum(earlier)) / len(earlier),
        source="earlier readings of this meter",
        whole_year=False,
    )


def check_unit(
    kwh_by_day: Mapping[date, Decimal],
    expected: ExpectedUse,
    *,
    fuel: Fuel,
    stated: EnergyUnit,
    confirmed: bool = False,
) -> str | None:
    """Refuse readings that another unit would explain; with the unit `confirmed` from a bill it is a warning.

    A part of a year is not compared downwards with a yearly figure: summer alone can be a thousandth of it.
    """
    kwh_per_day = float(sum(kwh_by_day.values())) / len(kwh_by_day) if kwh_by_day else 0.0
    if kwh_per_day <= 0 or expected.kwh_per_day <= 0:
        return None
    ratio = kwh_per_day / expected.kwh_per_day
    if ratio < 1 and expected.whole_year and len(kwh_by_day) < DAYS_OF_A_YEAR:
        return None
    slip = _nearest_slip(ratio, _slips(fuel, stated))
    if slip is None:
        return None
    message = _message(kwh_per_day, ratio, expected, slip)
    if confirmed:
        return message
    raise Invalid("readings.unit_implausible", message, field="unit")


def _slips(fuel: Fuel, stated: EnergyUnit) -> dict[str, float]:
    """What may have happened, and how many times too much use it shows."""
    stated_kwh = _kwh(stated)
    units = {str(unit): _kwh(unit) for unit in EnergyUnit if unit is not stated}
    if fuel is Fuel.NATURAL_GAS and stated is not EnergyUnit.CUBIC_METRES:
        units["hundreds of cubic feet"] = float(KWH_PER_HUNDRED_CUBIC_FEET)
    if fuel is not Fuel.NATURAL_GAS:
        units.pop(str(EnergyUnit.CUBIC_METRES), None)
    slips = {f"The readings look like {unit}, not {stated}.": stated_kwh / kwh for unit, kwh in units.items()}
    if fuel is Fuel.NATURAL_GAS and stated is EnergyUnit.KWH:
        slips["The readings look converted from m3 to kWh twice."] = _kwh(EnergyUnit.CUBIC_METRES)
        slips["The readings look converted from cubic feet twice."] = float(KWH_PER_HUNDRED_CUBIC_FEET)
    return slips


def _nearest_slip(ratio: float, slips: Mapping[str, float]) -> str | None:
    """The slip that explains the ratio best, if any explains it well enough."""
    distances = {slip: abs(math.log(ratio / times)) for slip, times in slips.items()}
    nearest = min(distances, key=lambda slip: distances[slip])
    tolerance = _WIDE if abs(math.log(slips[nearest])) > math.log(100) else _NARROW
    return nearest if distances[nearest] <= tolerance else None


def _message(kwh_per_day: float, ratio: float, expected: ExpectedUse, slip: str) -> str:
    times = f"{ratio:,.1f} times" if ratio >= 1 else f"1/{1 / ratio:,.1f} of"
    return (
        f"The readings come to {kwh_per_day:,.1f} kWh a day, {times} the "
        f"{expected.kwh_per_day:,.1f} kWh a day of {expected.source}. {slip} "
        "Choose the unit printed on the bill or meter; if the stated unit is right, "
        "confirm it, and correct the figure it was compared with."
    )


def _kwh(unit: EnergyUnit) -> float:
    return float(kwh_per_unit(unit, USUAL_CALORIFIC_VALUE_MJ_PER_M3))
