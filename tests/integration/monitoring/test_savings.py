from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from shared.events.monitoring import SavingsVerified
from tests.support.events.ids import an_id
from tests.support.monitoring import (
    BASELINE,
    BOUNDARY,
    COMPLETED_ON,
    METER,
    PROJECT,
    READINGS,
    SAVING,
    TEMPERATURES,
    add_station,
    celsius,
    complete_works,
    daily_csv,
    kwh_of_an_insulated_hall,
    kwh_of_an_untreated_hall,
    readings_form,
    ready_to_verify,
    temperatures_form,
    with_meter,
    with_readings,
)
from tests.support.people import APPLICANT, OTHER_APPLICANT, READINGS_SUPPLIER, VERIFIER
from tests.support.services import ServiceUnderTest

SAVINGS = f"{PROJECT}/savings"
GAS_2021 = Decimal("0.18316")
CENT = Decimal("0.0001")


async def verified(service: ServiceUnderTest) -> list[SavingsVerified]:
    return [event for event in await service.recorded() if isinstance(event, SavingsVerified)]


async def test_half_the_use_is_a_saving_that_can_be_told(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)

    answer = await monitoring.post(SAVINGS, VERIFIER, json=SAVING)
    (event,) = await verified(monitoring)
    (saving,) = await monitoring.get(SAVINGS, VERIFIER)
    (line,) = await monitoring.get("/projects", VERIFIER)

    assert answer["sequence"] == 5
    assert float(event.avoided_kwh / event.counterfactual_kwh) == pytest.approx(0.5, abs=0.01)
    assert event.avoided_kwh == event.counterfactual_kwh - event.meters[0].observed_kwh
    assert event.saved_kg_co2e == (event.avoided_kwh * GAS_2021).quantize(CENT)
    assert event.model_band_kwh < event.total_band_kwh < event.avoided_kwh
    assert event.total_band_kg_co2e == (event.total_band_kwh * GAS_2021).quantize(CENT)
    assert (event.distinguishable, event.confidence_percent) == (True, 90)
    assert event.factor_edition.endswith("2021, version 2")
    assert event.verifier_id == VERIFIER.id
    assert saving["verdict"].endswith(": a saving.")
    assert (saving["period_days"], saving["promised_kwh_a_year"]) == (365, "12000")
    assert saving["saved_kg_co2e"] == line["saved_kg_co2e"] == str(event.saved_kg_co2e)
    assert line["status"] == "verified"


async def test_an_untreated_hall_shows_no_change_that_can_be_told(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring, kwh_of_an_untreated_hall)

    await monitoring.post(SAVINGS, VERIFIER, json=SAVING)
    (event,) = await verified(monitoring)
    (saving,) = await monitoring.get(SAVINGS, VERIFIER)

    assert abs(event.avoided_kwh) < event.total_band_kwh
    assert event.distinguishable is False
    assert saving["verdict"].endswith("not distinguishable from no change.")


async def test_a_hall_that_uses_more_is_said_to_use_more(monitoring: ServiceUnderTest) -> None:
    def busier(day: date) -> Decimal:
        return kwh_of_an_untreated_hall(day) * (Decimal("1.5") if day >= COMPLETED_ON else 1)

    await ready_to_verify(monitoring, busier)

    await monitoring.post(SAVINGS, VERIFIER, json=SAVING)
    (saving,) = await monitoring.get(SAVINGS, VERIFIER)

    assert saving["verdict"].endswith(": a rise.")
    assert Decimal(saving["saved_kg_co2e"]) < 0


async def test_whoever_supplied_the_readings_does_not_verify_the_saving(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)

    problem = await monitoring.refused(403, "POST", SAVINGS, READINGS_SUPPLIER, json=SAVING)
    attempts = await monitoring.rows("SELECT code FROM refused_attempt")

    assert problem["code"] == "savings.own_readings"
    assert attempts == [{"code": "savings.own_readings"}]
    assert await verified(monitoring) == []


async def test_whoever_supplied_only_the_readings_of_the_baseline_does_not_verify_either(
    monitoring: ServiceUnderTest,
) -> None:
    await with_meter(monitoring)
    await add_station(monitoring)
    before = daily_csv("kwh", kwh_of_an_insulated_hall, last=date(2021, 4, 1))
    after = daily_csv("kwh", kwh_of_an_insulated_hall, first=date(2021, 4, 2))
    await monitoring.post(READINGS, VERIFIER, **readings_form(before))
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(after))
    await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(daily_csv("celsius", celsius)))
    await complete_works(monitoring)
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)

    problem = await monitoring.refused(403, "POST", SAVINGS, VERIFIER, json=SAVING)

    assert problem["code"] == "savings.own_readings"


async def test_what_was_not_prepared_cannot_be_verified(monitoring: ServiceUnderTest) -> None:
    await with_readings(monitoring)
    codes = []

    async def refusal() -> None:
        codes.append((await monitoring.refused(409, "POST", SAVINGS, VERIFIER, json=SAVING))["code"])

    await refusal()
    await complete_works(monitoring)
    await refusal()
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY | {"complete": False})
    await refusal()
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    await refusal()
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)
    second = {"meter_id": str(uuid4()), "name": "Kitchen", "fuel": "natural_gas"}
    await monitoring.post(f"{PROJECT}/meters", VERIFIER, json=second)
    await refusal()

    assert codes == [
        "savings.works_not_completed",
        "savings.boundary_incomplete",
        "savings.boundary_incomplete",
        "savings.baseline_missing",
        "savings.boundary_outdated",
    ]


async def test_a_day_without_a_reading_or_a_temperature_is_named(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    await add_station(monitoring)
    kwh = daily_csv("kwh", kwh_of_an_insulated_hall, last=date(2022, 3, 20)).splitlines(keepends=True)
    warmth = daily_csv("celsius", celsius).splitlines(keepends=True)
    kwh = [line for line in kwh if not line.startswith("2021-05-05")]
    warmth = [line for line in warmth if not line.startswith("2021-06-06")]
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form("".join(kwh)))
    await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form("".join(warmth)))
    await complete_works(monitoring)
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)

    problem = await monitoring.refused(422, "POST", SAVINGS, VERIFIER, json=SAVING)

    assert problem["code"] == "savings.days_missing"
    readings, temperatures = (found["message"] for found in problem["problems"])
    assert readings.startswith("Boiler room has no reading of 5 May 2021, 21 March 2022, ")
    assert readings.endswith("29 March 2022 and 3 more days.")
    assert temperatures == "Bedford has no temperature of 6 June 2021."
    assert await verified(monitoring) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"period_start": "2021-04-01"}, "period_start.too_early"),
        ({"period_start": "2022-04-02"}, "period.empty"),
        ({"period_end": "2022-04-04", "verified_on": "2022-05-03"}, "savings.period_too_long"),
        ({"verified_on": "2022-04-01"}, "verified_on.too_early"),
        (
            {"verified_on": (datetime.now(UTC).date() + timedelta(days=2)).isoformat()},
            "verified_on.in_future",
        ),
        ({"period_end": (datetime.now(UTC).date() + timedelta(days=2)).isoformat()}, "period_end.too_late"),
        ({"period_end": "2021-04-20"}, "avoided_energy.too_few_days"),
    ],
)
async def test_a_period_lies_after_the_works_and_is_over_when_it_is_verified(
    monitoring: ServiceUnderTest, changes: dict[str, Any], code: str
) -> None:
    await ready_to_verify(monitoring)

    problem = await monitoring.refused(422, "POST", SAVINGS, VERIFIER, json=SAVING | changes)

    assert problem["code"] == code
    assert await verified(monitoring) == []


async def test_no_day_is_saved_twice(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)
    first_half = SAVING | {"period_end": "2021-10-02"}
    await monitoring.post(SAVINGS, VERIFIER, json=first_half)

    same_id = await monitoring.refused(409, "POST", SAVINGS, VERIFIER, json=SAVING)
    overlapping = SAVING | {"saving_id": str(uuid4()), "period_start": "2021-10-01"}
    overlap = await monitoring.refused(409, "POST", SAVINGS, VERIFIER, json=overlapping)
    await monitoring.post(SAVINGS, VERIFIER, json=overlapping | {"period_start": "2021-10-02"})

    assert same_id["code"] == "savings.id_taken"
    assert overlap["code"] == "savings.overlap"
    assert len(await verified(monitoring)) == 2


async def test_two_fuels_add_up_and_their_bands_combine(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)
    power = an_id("power meter")
    body = {"meter_id": str(power), "name": "Lights", "fuel": "electricity"}
    await monitoring.post(f"{PROJECT}/meters", VERIFIER, json=body)
    await monitoring.post(
        f"/meters/{power}/readings",
        READINGS_SUPPLIER,
        **readings_form(daily_csv("kwh", lambda day: kwh_of_an_untreated_hall(day) / 4)),
    )
    await monitoring.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    await monitoring.post(f"{PROJECT}/meters/{power}/baseline", VERIFIER, json=BASELINE)

    await monitoring.post(SAVINGS, VERIFIER, json=SAVING)
    (event,) = await verified(monitoring)
    by_fuel = {meter.fuel: meter for meter in event.meters}
    gas, electricity = by_fuel["natural_gas"], by_fuel["electricity"]

    assert event.avoided_kwh == gas.avoided_kwh + electricity.avoided_kwh
    assert electricity.factor_kg_co2e_per_kwh == Decimal("0.23112")
    assert abs(event.saved_kg_co2e - gas.saved_kg_co2e - electricity.saved_kg_co2e) <= CENT
    assert float(event.model_band_kwh) == pytest.approx(
        (float(gas.model_band_kwh) ** 2 + float(electricity.model_band_kwh) ** 2) ** 0.5
    )
    drift = sum((float(m.total_band_kwh) ** 2 - float(m.model_band_kwh) ** 2) ** 0.5 for m in event.meters)
    assert float(event.total_band_kwh) == pytest.approx((float(event.model_band_kwh) ** 2 + drift**2) ** 0.5)


async def test_generated_temperatures_are_said_beside_every_result(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring, generated=True)

    await monitoring.post(SAVINGS, VERIFIER, json=SAVING)
    (event,) = await verified(monitoring)
    (saving,) = await monitoring.get(SAVINGS, APPLICANT)
    detail = await monitoring.get(PROJECT, VERIFIER)
    series = await monitoring.get(f"{PROJECT}/series", VERIFIER)

    assert event.temperatures_generated
    assert saving["temperatures_generated"] is True
    assert "generated for the demonstration" in saving["verdict"]
    assert detail["temperatures_note"] == series["temperatures_note"]
    assert detail["temperatures_note"] == "The temperatures are generated for the demonstration."


async def test_an_applicant_sees_the_savings_of_their_own_projects_only(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)
    await monitoring.post(SAVINGS, VERIFIER, json=SAVING)

    own = await monitoring.get(SAVINGS, APPLICANT)
    problem = await monitoring.refused(403, "GET", SAVINGS, OTHER_APPLICANT)

    assert len(own) == 1
    assert problem["code"] == "project.not_yours"
