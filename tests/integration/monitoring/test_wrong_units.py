from datetime import date
from decimal import Decimal

import pytest

from tests.support.monitoring import READINGS, daily_csv, kwh_of_an_untreated_hall, readings_form, with_meter
from tests.support.people import READINGS_SUPPLIER
from tests.support.services import ServiceUnderTest

YEAR = daily_csv("kwh", kwh_of_an_untreated_hall, date(2020, 1, 1), date(2020, 12, 31))


@pytest.mark.parametrize(
    ("factor", "unit", "looks_like"),
    [
        (Decimal(1000), "kWh", "look like Wh, not kWh"),
        (Decimal("0.001"), "kWh", "look like MWh, not kWh"),
        (Decimal("0.0905"), "kWh", "look like m3, not kWh"),
        (Decimal(1), "MWh", "look like kWh, not MWh"),
    ],
)
async def test_readings_in_the_wrong_unit_are_refused(
    monitoring: ServiceUnderTest, factor: Decimal, unit: str, looks_like: str
) -> None:
    await with_meter(monitoring)
    content = daily_csv(
        "value", lambda day: kwh_of_an_untreated_hall(day) * factor, date(2020, 1, 1), date(2020, 12, 31)
    )

    problem = await monitoring.refused(
        422, "POST", READINGS, READINGS_SUPPLIER, **readings_form(content, unit=unit)
    )

    assert problem["code"] == "readings.unit_implausible"
    assert problem["problems"][0]["field"] == "unit"
    assert looks_like in problem["detail"]
    assert await monitoring.rows("SELECT 1 FROM reading") == []


async def test_a_unit_that_was_confirmed_from_a_bill_is_taken_with_a_warning(
    monitoring: ServiceUnderTest,
) -> None:
    await with_meter(monitoring)
    content = daily_csv(
        "kwh", lambda day: kwh_of_an_untreated_hall(day) / 11, date(2020, 1, 1), date(2020, 12, 31)
    )

    report = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(content, unit_confirmed=True))

    assert report["days_taken"] == 366
    assert any("look like m3" in warning for warning in report["warnings"])


async def test_the_meters_own_earlier_readings_show_a_wrong_unit_too(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring, energy=())
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(YEAR))
    next_year = daily_csv(
        "value", lambda day: kwh_of_an_untreated_hall(day) * 1000, date(2021, 1, 1), date(2021, 3, 31)
    )

    problem = await monitoring.refused(422, "POST", READINGS, READINGS_SUPPLIER, **readings_form(next_year))

    assert problem["code"] == "readings.unit_implausible"
    assert "earlier readings of this meter" in problem["detail"]
