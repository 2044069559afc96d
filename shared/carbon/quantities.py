"""Fuels and the units in which their use is read."""

from decimal import Decimal
from enum import StrEnum

from shared.errors import Invalid


class Fuel(StrEnum):
    """A fuel a building can be billed for; wood pellets are counted without their biogenic CO2."""

    ELECTRICITY = "electricity"
    NATURAL_GAS = "natural_gas"
    BURNING_OIL = "burning_oil"
    GAS_OIL = "gas_oil"
    LPG = "lpg"
    WOOD_PELLETS = "wood_pellets"


class EnergyUnit(StrEnum):
    """A unit that a file of readings may state; cubic metres are of natural gas only."""

    KWH = "kWh"
    MWH = "MWh"
    WH = "Wh"
    CUBIC_METRES = "m3"


# Gas bills: kWh = m3 x 1.02264 x calorific value / 3.6; the calorific value lies in 37.5-43 MJ/m3.
VOLUME_CORRECTION = Decimal("1.02264")
MEGAJOULES_PER_KWH = Decimal("3.6")
CALORIFIC_VALUES_MJ_PER_M3 = (Decimal("37.5"), Decimal(43))

_KWH_PER_UNIT = {
    EnergyUnit.KWH: Decimal(1),
    EnergyUnit.MWH: Decimal(1000),
    EnergyUnit.WH: Decimal("0.001"),
}


def kwh_per_unit(unit: EnergyUnit, calorific_value_mj_per_m3: Decimal | None = None) -> Decimal:
    """How many kWh one unit is; cubic metres need the calorific value printed on the gas bill (MJ/m3)."""
    if unit is not EnergyUnit.CUBIC_METRES:
        return _KWH_PER_UNIT[unit]
    return VOLUME_CORRECTION * _checked(calorific_value_mj_per_m3) / MEGAJOULES_PER_KWH


def _checked(calorific_value: Decimal | None) -> Decimal:
    lowest, highest = CALORIFIC_VALUES_MJ_PER_M3
    if calorific_value is not None and lowest <= calorific_value <= highest:
        return calorific_value
    raise Invalid(
        "quantity.calorific_value",
        f"Gas in cubic metres needs its calorific value, between {lowest} and {highest} MJ/m3. "
        "Copy it from the gas bill of the same months.",
        field="calorific_value",
    )
