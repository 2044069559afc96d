from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from shared.events.monitoring import BaselineFrozen, BoundaryDeclared
from tests.support.events import METER_ID, measure
from tests.support.events.ids import an_id
from tests.support.events.monitoring import boundary_declared
from tests.support.monitoring import (
    BASELINE,
    BOUNDARY,
    METER,
    PROJECT,
    READINGS,
    add_station,
    complete_works,
    daily_csv,
    readings_form,
    small_hall,
    with_meter,
    with_readings,
)
from tests.support.people import READINGS_SUPPLIER, VERIFIER
from tests.support.services import ServiceUnderTest

DECLARE = f"{PROJECT}/boundary"
HEAT_PUMP = (measure(kind="heat_pump", added_fuel="electricity", added_kwh=Decimal(3000)),)


async def test_a_boundary_covers_the_fuels_of_the_meters(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)

    answer = await monitoring.post(DECLARE, VERIFIER, json=BOUNDARY)
    boundary = (await monitoring.get(PROJECT, VERIFIER))["boundary"]

    assert answer["sequence"] == 2
    assert (await monitoring.recorded())[-1] == boundary_declared(reason=BOUNDARY["reason"])
    assert boundary["fuels"] == ["natural_gas"]
    assert boundary["meter_ids"] == [str(METER_ID)]


async def test_a_boundary_without_a_fuel_that_the_works_touch_is_not_complete(
    monitoring: ServiceUnderTest,
) -> None:
    await with_meter(monitoring, measures=HEAT_PUMP)

    problem = await monitoring.refused(422, "POST", DECLARE, VERIFIER, json=BOUNDARY)
    await monitoring.post(DECLARE, VERIFIER, json=BOUNDARY | {"complete": False})

    assert problem["code"] == "boundary.fuels_missing"
    assert "touch electricity" in problem["detail"]
    assert (await monitoring.get(PROJECT, VERIFIER))["boundary"]["complete"] is False


async def test_a_fuel_without_a_meter_cannot_be_covered(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    body = BOUNDARY | {"fuels": ["natural_gas", "electricity"]}

    problem = await monitoring.refused(422, "POST", DECLARE, VERIFIER, json=body)

    assert problem["code"] == "boundary.meter_missing"
    assert problem["problems"][0]["field"] == "fuels"
    assert not [event for event in await monitoring.recorded() if isinstance(event, BoundaryDeclared)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"declared_on": "2019-12-01"}, "declared_on"),
        ({"declared_on": (datetime.now(UTC).date() + timedelta(days=2)).isoformat()}, "declared_on"),
        ({"fuels": ["coal"]}, "fuels.0"),
    ],
)
async def test_a_declaration_needs_a_reason_and_a_day_that_can_be(
    monitoring: ServiceUnderTest, changes: dict[str, Any], field: str
) -> None:
    await with_meter(monitoring)

    problem = await monitoring.refused(422, "POST", DECLARE, VERIFIER, json=BOUNDARY | changes)

    assert problem["problems"][0]["field"] == field


async def test_the_latest_declaration_counts_and_the_earlier_stays(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    await monitoring.post(DECLARE, VERIFIER, json=BOUNDARY | {"complete": False})
    await monitoring.post(DECLARE, VERIFIER, json=BOUNDARY)

    rows = await monitoring.rows("SELECT sequence, complete FROM boundary ORDER BY sequence")

    assert [tuple(row.values()) for row in rows] == [(2, False), (3, True)]
    assert (await monitoring.get(PROJECT, VERIFIER))["boundary"]["complete"] is True


async def test_a_baseline_finds_the_hall_again_that_the_readings_were_made_of(
    monitoring: ServiceUnderTest,
) -> None:
    await with_readings(monitoring)

    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)
    event = (await monitoring.recorded())[-1]
    (meter,) = (await monitoring.get(PROJECT, VERIFIER))["meters"]

    assert isinstance(event, BaselineFrozen)
    assert event.balance_point_celsius == 15
    assert float(event.intercept_kwh_per_day) == pytest.approx(10, abs=0.5)
    assert float(event.slope_kwh_per_degree_day) == pytest.approx(8, abs=0.1)
    assert (event.period_start, event.period_end) == (date(2020, 4, 2), date(2021, 4, 2))
    assert (event.station, event.temperatures_generated) == ("Bedford", False)
    assert meter["baseline"]["balance_point_celsius"] == 15
    assert meter["baseline"]["measured_days"] == 365


async def test_a_baseline_is_frozen_once(monitoring: ServiceUnderTest) -> None:
    await with_readings(monitoring)
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)

    problem = await monitoring.refused(409, "POST", f"{METER}/baseline", VERIFIER, json=BASELINE)

    assert problem["code"] == "baseline.frozen_already"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"period_end": "2021-04-03"}, "period_end.too_late", "period_end"),
        ({"period_end": "2020-04-02"}, "period.empty", "period_end"),
        ({"period_start": "2020-03-31"}, "baseline.too_long", "period_start"),
        ({"period_end": "2020-10-02"}, "baseline.too_few_days", "period_start"),
    ],
)
async def test_a_baseline_is_the_year_before_the_works(
    monitoring: ServiceUnderTest, changes: dict[str, Any], code: str, field: str
) -> None:
    await with_readings(monitoring)
    await complete_works(monitoring)

    problem = await monitoring.refused(422, "POST", f"{METER}/baseline", VERIFIER, json=BASELINE | changes)

    assert problem["code"] == code
    assert problem["problems"][0]["field"] == field
    assert await monitoring.rows("SELECT 1 FROM baseline") == []


async def test_use_that_the_weather_does_not_explain_gives_no_baseline(monitoring: ServiceUnderTest) -> None:
    await with_readings(monitoring, lambda day: Decimal(55 + day.toordinal() * 7919 % 11))

    problem = await monitoring.refused(422, "POST", f"{METER}/baseline", VERIFIER, json=BASELINE)

    assert problem["code"] == "baseline.no_weather_signal"


async def test_a_baseline_needs_a_station_with_temperatures(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    await add_station(monitoring)
    await monitoring.post(
        READINGS, READINGS_SUPPLIER, **readings_form(daily_csv("kwh", lambda _: Decimal(50)))
    )

    unknown = await monitoring.refused(
        404, "POST", f"{METER}/baseline", VERIFIER, json=BASELINE | {"station_id": str(uuid4())}
    )
    empty = await monitoring.refused(422, "POST", f"{METER}/baseline", VERIFIER, json=BASELINE)

    assert unknown["code"] == "station.unknown"
    assert empty["code"] == "baseline.too_few_days"


async def test_the_meter_of_another_project_has_no_baseline_here(monitoring: ServiceUnderTest) -> None:
    other = an_id("another application")
    await with_meter(monitoring)
    await monitoring.give(small_hall(application_id=other))
    await add_meter_to(monitoring, other)

    problem = await monitoring.refused(
        404, "POST", f"{PROJECT}/meters/{an_id('another meter')}/baseline", VERIFIER, json=BASELINE
    )

    assert problem["code"] == "meter.unknown"


async def add_meter_to(service: ServiceUnderTest, application_id: UUID) -> None:
    body = {"meter_id": str(an_id("another meter")), "name": "Boiler room", "fuel": "natural_gas"}
    await service.post(f"/projects/{application_id}/meters", READINGS_SUPPLIER, json=body)
