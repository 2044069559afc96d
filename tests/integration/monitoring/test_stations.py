from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from tests.support.monitoring import (
    STATION_ID,
    TEMPERATURES,
    add_station,
    celsius,
    daily_csv,
    temperatures_form,
)
from tests.support.people import READINGS_SUPPLIER, VERIFIER
from tests.support.services import ServiceUnderTest

YEAR = daily_csv("celsius", celsius, date(2020, 1, 1), date(2020, 12, 31))


async def test_temperatures_are_taken_and_a_second_time_ignored(monitoring: ServiceUnderTest) -> None:
    await add_station(monitoring)

    first = await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(YEAR))
    again = await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(YEAR))
    (station,) = await monitoring.get("/stations", VERIFIER)

    assert (first["outcome"], first["days_taken"]) == ("taken", 366)
    assert again["outcome"] == "already_imported"
    assert (station["coverage"]["first_day"], station["coverage"]["days"]) == ("2020-01-01", 366)
    assert station["note"] is None


async def test_generated_temperatures_say_so_wherever_they_are_shown(monitoring: ServiceUnderTest) -> None:
    await add_station(monitoring, generated=True)

    report = await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(YEAR))
    (station,) = await monitoring.get("/stations", VERIFIER)

    assert any("generated for the demonstration" in warning for warning in report["warnings"])
    assert station["generated"] is True
    assert station["note"] == "The temperatures are generated for the demonstration."


async def test_temperatures_in_fahrenheit_are_refused(monitoring: ServiceUnderTest) -> None:
    await add_station(monitoring)
    content = daily_csv("temp", lambda day: celsius(day) * 9 / 5 + 32, date(2020, 1, 1), date(2020, 12, 31))

    problem = await monitoring.refused(
        422, "POST", TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(content)
    )

    assert "Convert Fahrenheit to Celsius" in str(problem)
    assert await monitoring.rows("SELECT 1 FROM temperature") == []


async def test_temperatures_that_contradict_what_is_held_are_refused_by_day(
    monitoring: ServiceUnderTest,
) -> None:
    await add_station(monitoring)
    held, other = "date,celsius\n2020-01-01,5\n", "date,celsius\n2020-01-01,6\n2020-01-02,6\n"
    await monitoring.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(held))

    problem = await monitoring.refused(
        422, "POST", TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(other)
    )

    assert problem["code"] == "temperatures.contradict_stored"
    assert problem["problems"][0]["field"] == "2020-01-01"
    assert len(await monitoring.rows("SELECT 1 FROM temperature")) == 1


async def test_temperatures_from_the_future_are_refused(monitoring: ServiceUnderTest) -> None:
    await add_station(monitoring)
    later = datetime.now(UTC).date() + timedelta(days=2)

    problem = await monitoring.refused(
        422, "POST", TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(f"date,celsius\n{later},5\n")
    )

    assert problem["problems"][0]["field"] == "row 2, time"


async def test_a_station_is_added_once_by_its_id_and_by_its_name(monitoring: ServiceUnderTest) -> None:
    await add_station(monitoring)
    body = {"station_id": str(STATION_ID), "name": "Luton", "generated": False}

    same_id = await monitoring.refused(409, "POST", "/stations", VERIFIER, json=body)
    other_id = body | {"station_id": str(uuid4()), "name": "bedford"}
    same_name = await monitoring.refused(409, "POST", "/stations", VERIFIER, json=other_id)
    nameless = await monitoring.refused(
        422, "POST", "/stations", VERIFIER, json=body | {"station_id": str(uuid4()), "name": " "}
    )

    assert same_id["code"] == "station.id_taken"
    assert same_name["code"] == "station.name_taken"
    assert nameless["code"] == "name.empty"


async def test_an_import_id_is_used_once_for_temperatures(monitoring: ServiceUnderTest) -> None:
    await add_station(monitoring)
    import_id = str(uuid4())
    day = "date,celsius\n2020-01-01,5\n"
    await monitoring.post(TEMPERATURES, VERIFIER, **temperatures_form(day, import_id=import_id))

    problem = await monitoring.refused(
        409, "POST", TEMPERATURES, VERIFIER, **temperatures_form(YEAR, import_id=import_id)
    )

    assert problem["code"] == "import.id_taken"


async def test_an_unknown_station_takes_no_temperatures(monitoring: ServiceUnderTest) -> None:
    problem = await monitoring.refused(404, "POST", TEMPERATURES, VERIFIER, **temperatures_form(YEAR))

    assert problem["code"] == "station.unknown"
