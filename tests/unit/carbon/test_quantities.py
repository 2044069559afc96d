from decimal import Decimal

import pytest

from shared.carbon.quantities import EnergyUnit, kwh_per_unit
from shared.errors import Invalid


def test_a_cubic_metre_of_gas_is_about_eleven_kwh() -> None:
    kwh = kwh_per_unit(EnergyUnit.CUBIC_METRES, Decimal(40))

    assert round(kwh, 2) == Decimal("11.36")


def test_units_of_electricity_are_thousands_of_each_other() -> None:
    units = [kwh_per_unit(unit) for unit in (EnergyUnit.WH, EnergyUnit.KWH, EnergyUnit.MWH)]

    assert units == [Decimal("0.001"), Decimal(1), Decimal(1000)]


@pytest.mark.parametrize("calorific_value", [None, Decimal("11.1"), Decimal("37.4"), Decimal("43.1")])
def test_cubic_metres_without_a_calorific_value_of_a_bill_are_refused(
    calorific_value: Decimal | None,
) -> None:
    with pytest.raises(Invalid, match="Copy it from the gas bill") as refusal:
        kwh_per_unit(EnergyUnit.CUBIC_METRES, calorific_value)

    assert refusal.value.problems[0].field == "calorific_value"
