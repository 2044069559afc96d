from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.support.events import METER_ID
from tests.support.monitoring import (
    FIRST_DAY,
    LAST_DAY,
    METER,
    PROJECT,
    READINGS,
    daily_csv,
    kwh_of_an_untreated_hall,
    readings_form,
    small_hall,
    with_meter,
)
from tests.support.people import READINGS_SUPPLIER, VERIFIER
from tests.support.services import ServiceUnderTest

YEAR = daily_csv("kwh", kwh_of_an_untreated_hall, date(2020, 1, 1), date(2020, 12, 31))
A_DAY = "date,kwh\n2020-01-01,60\n"


async def held(service: ServiceUnderTest) -> list[tuple[date, Decimal]]:
    rows = await service.rows("SELECT day, kwh FROM reading ORDER BY day")
    return [(row["day"], row["kwh"]) for row in rows]


async def test_a_year_of_readings_is_taken_and_reported(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)

    report = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(YEAR))
    kept = await monitoring.get(f"/imports/{report['import_id']}", VERIFIER)
    (meter,) = (await monitoring.get(PROJECT, VERIFIER))["meters"]

    assert kept == report
    assert report["outcome"] == "taken"
    assert report["days_taken"] == report["rows_taken"] == len(await held(monitoring)) == 366
    assert meter["coverage"] == {
        "first_day": "2020-01-01",
        "last_day": "2020-12-31",
        "days": 366,
        "missing_count": 0,
        "missing_days": [],
    }
    assert meter["imports"][0]["supplied_by"] == str(READINGS_SUPPLIER.id)


async def test_the_file_is_kept_as_it_was_sent(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)

    report = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(YEAR))
    folder = monitoring.service.settings.files / "readings"

    assert [path.name for path in folder.iterdir()] == [f"{report['file_sha256']}.csv"]
    assert (folder / f"{report['file_sha256']}.csv").read_text() == YEAR


async def test_the_same_file_again_changes_nothing_and_says_so(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    first = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(YEAR))

    again = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(YEAR))
    imports = await monitoring.rows("SELECT import_id FROM readings_import")

    assert again["outcome"] == "already_imported"
    assert "nothing changed" in again["message"]
    assert again["import_id"] == first["import_id"]
    assert len(imports) == 1
    assert len(await held(monitoring)) == 366


async def test_days_that_are_held_already_are_ignored(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(YEAR))
    longer = daily_csv("kwh", kwh_of_an_untreated_hall, date(2020, 12, 1), date(2021, 1, 31))

    report = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(longer))

    assert (report["days_taken"], report["days_already_held"]) == (31, 31)
    assert len(await held(monitoring)) == 366 + 31


async def test_days_that_contradict_what_is_held_are_refused_by_day(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    await monitoring.post(
        READINGS, READINGS_SUPPLIER, **readings_form("date,kwh\n2020-01-01,60\n2020-01-02,61\n")
    )
    other = readings_form("date,kwh\n2020-01-02,62\n2020-01-03,63\n")

    problem = await monitoring.refused(422, "POST", READINGS, READINGS_SUPPLIER, **other)

    assert problem["code"] == "readings.contradict_stored"
    assert problem["problems"] == [
        {"field": "2020-01-02", "message": "The file says 62 kWh; 61 kWh is held already."}
    ]
    assert await held(monitoring) == [(date(2020, 1, 1), 60), (date(2020, 1, 2), 61)]


async def test_a_file_with_one_bad_row_is_not_taken_at_all(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    content = "date,kwh\n2020-01-01,60\n2020-01-02,-5\n2020-01-03,six\n31/02/2020,60\n"

    problem = await monitoring.refused(422, "POST", READINGS, READINGS_SUPPLIER, **readings_form(content))

    assert problem["code"] == "csv.rows_refused"
    assert [found["field"] for found in problem["problems"]] == ["row 3, kwh", "row 4, kwh", "row 5, date"]
    assert "below nought" in problem["problems"][0]["message"]
    assert await held(monitoring) == []
    assert await monitoring.rows("SELECT 1 FROM readings_import") == []
    assert not (monitoring.service.settings.files / "readings").exists()


async def test_each_row_that_was_not_simply_taken_is_named(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    content = "date,kwh\n2020-01-01,60\n2020-01-01,60\n2020-01-02,\n2020-01-04,61\n"

    report = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(content))

    assert [(row["row"], row["outcome"]) for row in report["rows"]] == [(3, "ignored"), (4, "missing")]
    assert (report["rows_taken"], report["rows_ignored"], report["rows_without_value"]) == (2, 1, 1)
    assert [gap["day"] for gap in report["incomplete_days"]] == ["2020-01-02", "2020-01-03"]


async def test_readings_from_the_future_are_refused_by_row(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    later = datetime.now(UTC).date() + timedelta(days=2)

    problem = await monitoring.refused(
        422, "POST", READINGS, READINGS_SUPPLIER, **readings_form(f"{A_DAY}{later},60\n")
    )

    assert problem["problems"][0]["field"] == "row 3, time"
    assert "is later than" in problem["problems"][0]["message"]
    assert await held(monitoring) == []


@pytest.mark.parametrize(
    ("content", "changes", "code"),
    [
        ('date,kwh\n2020-01-01,"=1+1"\n', {}, "csv.rows_refused"),
        (A_DAY.encode("utf-16"), {}, "csv.not_csv"),
        ("date;kwh\n2020-01-01;60\n", {}, "csv.separator"),
        ("date,temperature\n2020-01-01,60\n", {}, "csv.column"),
        ("date,kwh\n", {}, "csv.empty"),
        ("", {}, "file.empty"),
        (A_DAY + "2020-01-02,61\n", {"interval": "hourly"}, "series.interval"),
        (A_DAY, {"unit": "m3"}, "quantity.calorific_value"),
        (A_DAY, {"unit": "therm"}, "request.misshapen"),
        (A_DAY, {"zone": "Mars"}, "request.misshapen"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_with_its_reason(
    monitoring: ServiceUnderTest, content: str | bytes, changes: dict[str, str], code: str
) -> None:
    await with_meter(monitoring)

    problem = await monitoring.refused(
        422, "POST", READINGS, READINGS_SUPPLIER, **readings_form(content, **changes)
    )

    assert problem["code"] == code
    assert await held(monitoring) == []


async def test_a_file_that_is_too_long_or_too_large_is_refused(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    long, large = readings_form(A_DAY * 100_001), readings_form(A_DAY.ljust(30 * (1 << 20) + 1))

    too_long = await monitoring.refused(422, "POST", READINGS, READINGS_SUPPLIER, **long)
    too_large = await monitoring.refused(422, "POST", READINGS, READINGS_SUPPLIER, **large)

    assert (too_long["code"], too_large["code"]) == ("csv.too_long", "file.too_large")
    assert "Send it by years" in too_long["detail"]


async def test_a_file_in_another_encoding_is_taken_with_a_warning(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    content = "date,kwh,note\n2020-01-01,60,café\n".encode("cp1252")

    report = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(content))

    assert report["days_taken"] == 1
    assert any("Windows-1252" in warning for warning in report["warnings"])


async def test_a_day_cut_by_the_end_of_a_file_is_taken_with_the_next_file(
    monitoring: ServiceUnderTest,
) -> None:
    await with_meter(monitoring)
    hours = [f"2020-01-0{1 + hour // 24}T{hour % 24:02}:00,2\n" for hour in range(48)]
    first, second = "time,kwh\n" + "".join(hours[:30]), "time,kwh\n" + "".join(hours[30:])

    one = await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(first, interval="hourly"))
    two = await monitoring.post(READINGS, VERIFIER, **readings_form(second, interval="hourly"))

    assert (one["days_taken"], one["hours_waiting"]) == (1, 6)
    assert (two["days_taken"], two["hours_waiting"]) == (1, 0)
    assert await held(monitoring) == [(date(2020, 1, 1), 48), (date(2020, 1, 2), 48)]
    assert await monitoring.rows("SELECT 1 FROM waiting_hour") == []


async def test_an_import_id_is_used_once(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    import_id = str(uuid4())
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(A_DAY, import_id=import_id))

    problem = await monitoring.refused(
        409, "POST", READINGS, READINGS_SUPPLIER, **readings_form(YEAR, import_id=import_id)
    )

    assert problem["code"] == "import.id_taken"


async def test_a_meter_is_added_once_by_its_id_and_by_its_name(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    body = {"meter_id": str(METER_ID), "name": "Kitchen", "fuel": "natural_gas"}

    same_id = await monitoring.refused(409, "POST", f"{PROJECT}/meters", VERIFIER, json=body)
    other_id = body | {"meter_id": str(uuid4()), "name": "BOILER ROOM"}
    same_name = await monitoring.refused(409, "POST", f"{PROJECT}/meters", VERIFIER, json=other_id)
    unknown_fuel = await monitoring.refused(
        422, "POST", f"{PROJECT}/meters", VERIFIER, json=body | {"fuel": "coal"}
    )

    assert same_id["code"] == "meter.id_taken"
    assert same_name["code"] == "meter.name_taken"
    assert unknown_fuel["problems"][0]["field"] == "fuel"


async def test_an_unknown_meter_takes_no_readings(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(small_hall())

    readings = await monitoring.refused(404, "POST", READINGS, READINGS_SUPPLIER, **readings_form(A_DAY))
    report = await monitoring.refused(404, "GET", f"/imports/{uuid4()}", VERIFIER)
    baseline = await monitoring.refused(
        404,
        "POST",
        f"{METER}/baseline",
        VERIFIER,
        json={"station_id": str(uuid4()), "period_start": "2020-04-02", "period_end": "2021-04-02"},
    )

    assert (readings["code"], baseline["code"]) == ("meter.unknown", "meter.unknown")
    assert report["code"] == "import.unknown"


async def test_a_missing_day_is_named_on_the_projects_page(monitoring: ServiceUnderTest) -> None:
    await with_meter(monitoring)
    lines = daily_csv("kwh", kwh_of_an_untreated_hall, FIRST_DAY, LAST_DAY).splitlines(keepends=True)
    without = "".join(line for line in lines if not line.startswith(("2020-05-05", "2021-06-06")))
    await monitoring.post(READINGS, READINGS_SUPPLIER, **readings_form(without))

    (meter,) = (await monitoring.get(PROJECT, VERIFIER))["meters"]

    assert meter["coverage"]["missing_count"] == 2
    assert meter["coverage"]["missing_days"] == ["2020-05-05", "2021-06-06"]
