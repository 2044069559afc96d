"""Readings and temperatures with what is wrong in them, and savings as they are shown."""

from typing import Any

import httpx2

from services.portal.identity.people import READINGS_SUPPLIER, VERIFIER
from tests.support.events import APPLICATION_ID, METER_ID
from tests.support.one_case import Case
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words
from tests.support.two_years import STATION_ID, bounded, metered, readings, temperatures, verified

PROJECT = f"/team/projects/{APPLICATION_ID}"
METER = f"{PROJECT}/meters/{METER_ID}"
STATION = f"/team/stations/{STATION_ID}/temperatures"
VERIFY = f"{PROJECT}/verify-saving"
STATED = {"unit": "kWh", "zone": "Europe/London", "interval": "daily"}
PERIOD = {
    f"{name}-{part}": value
    for name, day in (("period_start", "2 4 2021"), ("period_end", "2 4 2022"), ("verified_on", "3 5 2022"))
    for part, value in zip(("day", "month", "year"), day.split(), strict=True)
}


def csv_file(content: bytes, name: str = "readings.csv") -> dict[str, tuple[str, bytes, str]]:
    return {"file": (name, content, "text/csv")}


async def upload(browser: Browser, content: bytes, **changes: Any) -> httpx2.Response:
    path = f"{METER}/readings"
    return await browser.send(path, {**STATED, **changes}, files=csv_file(content))


REFUSED: tuple[tuple[bytes, dict[str, str], str, str], ...] = (
    (b"", {}, "#file", "The selected file is empty"),
    (b"time,kwh\n2023-01-01,5\n", {"unit": ""}, "#unit", "Select the unit of the readings"),
    (readings(1 / 1000), {}, "#unit", "look like MWh, not kWh"),
    (readings(1 / 11), {}, "#unit", "look like m3, not kWh"),
    (readings(1 / 11), {"unit": "m3"}, "#calorific_value", "Copy it from the gas bill"),
    (b"time,kwh\n2999-01-01,5\n", {}, "#file", "out of reach"),
    (b"time,kwh\n2023-01-01,=1+1\n", {}, "#file", "The cell holds a formula."),
    (b"time,kwh\n2023-01-01,-5\n", {}, "#file", "Row 2"),
    (b"time,kwh\n2023-01-01,5\n2023-01-01,6\n", {}, "#file", "Keep the one that is right."),
    (b"PK\x03\x04 a spreadsheet", {}, "#file", "This is not a CSV file."),
    (b"time,kwh\n2023-01-01,5\n2023-01-02,5\n", {"interval": "hourly"}, "#interval", "Choose daily."),
)


async def test_a_file_with_anything_wrong_is_refused_whole_with_each_row_and_its_remedy(case: Case) -> None:
    await metered(case)
    browser = await case.signed_in(READINGS_SUPPLIER)
    before = await case.monitoring.rows("SELECT count(*) AS days, sum(kwh) AS kwh FROM reading")

    for content, changes, target, message in REFUSED:
        answer = await upload(browser, content, **changes)

        assert answer.status_code == 422, (message, words(answer))
        assert message in words(answer), words(answer)
        assert f'href="{target}"' in answer.text, message
        assert 'value="daily" checked' in answer.text or changes.get("interval"), message
    overlapping = await upload(browser, b"time,kwh\n2021-01-01,1\n")
    assert "1 January 2021" in words(overlapping) or "2021-01-01" in words(overlapping)
    assert await case.monitoring.rows("SELECT count(*) AS days, sum(kwh) AS kwh FROM reading") == before


async def test_a_doubted_unit_can_be_confirmed_from_the_bill(case: Case) -> None:
    await metered(case)
    browser = await case.signed_in(READINGS_SUPPLIER)
    rows = [f"2022-{month:02}-{day:02},0.05" for month in (5, 6) for day in range(1, 29)]
    content = "\n".join(["time,kwh", *rows]).encode()

    doubted = await upload(browser, content)
    taken = await upload(browser, content, unit_confirmed="yes")

    assert "I have checked the unit on a bill or on the meter" in words(doubted)
    assert taken.status_code == 303
    assert "Choose the unit printed on the bill" in await browser.read(taken.headers["location"])


async def test_a_taken_file_is_reported_row_by_row_and_the_same_again_changes_nothing(case: Case) -> None:
    await metered(case)
    browser = await case.signed_in(READINGS_SUPPLIER)
    content = "time,kwh,note\n2022-04-02,30,caf\xe9\n2022-04-03,,\n2022-04-04,31,\n".encode("cp1252")
    form = hidden_fields(await browser.open(f"{METER}/readings"))

    first, second = [
        await browser.client.post(
            f"{METER}/readings", data={**form, **STATED}, files=csv_file(content), headers=OWN_ORIGIN
        )
        for _ in range(2)
    ]

    assert first.status_code == second.status_code == 303, words(first)
    assert first.headers["location"] == second.headers["location"]
    report = await browser.read(first.headers["location"])
    assert "2 days were taken." in report
    assert "The file is not UTF-8" in report
    assert "Row 3 Missing No value: missing, not nought." in report
    assert "3 April 2022" in report
    page = await browser.read(METER)
    assert "2 April 2020 to 4 April 2022: 732 days" in page
    assert "Missing days 1: 3 April 2022" in page
    assert "Joe Fletcher" in page


async def test_a_station_says_whether_its_temperatures_are_generated(case: Case) -> None:
    browser = await case.signed_in(READINGS_SUPPLIER)
    new = "/team/stations/new"

    silent = await browser.send(new, {"name": "Invented hill"})
    added = await browser.send(new, {"name": "Invented hill", "kind": "generated"})
    listed = await browser.open("/team/stations")
    path = listed.text.partition("/temperatures")[0].rpartition('href="')[2] + "/temperatures"
    stated = {"zone": "UTC", "interval": "daily"}
    warm = await browser.send(path, stated, files=csv_file(b"time,celsius\n2021-06-01,49\n2021-06-02,48\n"))
    taken = await browser.send(path, stated, files=csv_file(temperatures()))

    assert "Select whether the temperatures are measured or generated" in words(silent)
    assert added.headers["location"] == "/team/stations?done=station"
    assert "Invented hill Generated for the demonstration" in words(listed)
    assert "Every result that uses them says so." in await browser.read(path)
    assert "it looks like Fahrenheit" in words(warm)
    assert "730 days were taken." in await browser.read(taken.headers["location"])


async def test_a_baseline_is_frozen_once_from_a_year_that_ended_before_the_works(case: Case) -> None:
    await metered(case)
    browser = await case.signed_in(READINGS_SUPPLIER)
    path = f"{METER}/baseline"
    year = {**PERIOD, "period_start-year": "2020", "period_end-year": "2021", "station_id": str(STATION_ID)}

    late = await browser.send(path, {**year, "period_end-month": "5"})
    frozen = await browser.send(path, year)
    again = await browser.send(path, year)

    assert "The period must end on 2 April 2021 or earlier." in words(late)
    assert 'href="#period_end-day"' in late.text
    assert frozen.headers["location"] == f"{METER}?done=baseline", words(frozen)
    assert "The baseline of this meter is frozen and stands." in words(again)
    page = await browser.read(METER)
    assert "2 April 2020 up to, but not including, 2 April 2021" in page
    assert "The temperatures are generated for the demonstration." in page


async def test_whoever_supplied_readings_is_told_that_somebody_else_verifies(case: Case) -> None:
    await bounded(case)
    browser = await case.signed_in(READINGS_SUPPLIER)

    page = await browser.read(VERIFY)
    refused = await browser.send(VERIFY, PERIOD)

    assert "You supplied readings of this project." in page
    assert refused.status_code == 403
    assert "You supplied readings that this saving uses, so somebody else must verify it." in words(refused)
    assert await case.monitoring.rows("SELECT * FROM saving") == []


async def test_another_of_the_team_verifies_once_and_promised_stands_beside_measured(case: Case) -> None:
    await bounded(case)
    browser = await case.signed_in(VERIFIER)
    form = hidden_fields(await browser.open(VERIFY))

    gap = await browser.send(VERIFY, {**PERIOD, "period_end-year": "2022", "period_end-month": "5"})
    first, second = [
        await browser.client.post(VERIFY, data={**form, **PERIOD}, headers=OWN_ORIGIN) for _ in range(2)
    ]
    overlap = await browser.send(VERIFY, PERIOD)

    assert gap.status_code == 422
    assert 'href="#period_end-day"' in gap.text
    assert first.headers["location"] == second.headers["location"] == f"{PROJECT}/measured?done=saving"
    assert "is verified already" in words(overlap)
    page = await browser.read(f"{PROJECT}/measured")
    assert "A real change. The building used" in page
    assert ": a saving." in page
    assert "Promised for these 365 days 2,206.2 kgCO2e 12,000.00 kWh" in page
    assert "UK Government GHG Conversion Factors for Company Reporting 2021" in page
    assert "Open Government Licence" in page
    assert "The temperatures are generated for the demonstration." in page
    assert "by Lena Brandt" in page


async def test_the_numbers_behind_each_chart_are_files(case: Case) -> None:
    await verified(case)
    browser = await case.signed_in(VERIFIER)

    promised = await browser.open(f"{PROJECT}/measured.csv")
    series = await browser.open(f"{PROJECT}/series.csv?period_start=2021-04-02&period_end=2022-04-02")

    assert "2021-04-02,2022-04-01,12000.0000," in promised.text
    assert len(series.text.splitlines()) == 366
    assert series.headers["content-disposition"].startswith("attachment")


async def test_a_saving_that_cannot_be_told_from_no_change_is_said_so(case: Case) -> None:
    await verified(case, heat_left=0.97)

    page = await (await case.signed_in(VERIFIER)).read(f"{PROJECT}/measured")

    assert "Not distinguishable from no change. The building used" in page
    assert ": not distinguishable from no change." in page
