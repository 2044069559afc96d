"""Two invented years of a gas meter and of its weather, as files: a year before the works and one after."""

from __future__ import annotations

from datetime import date, timedelta
from math import cos, pi
from typing import TYPE_CHECKING, Any

from services.portal.identity.people import READINGS_SUPPLIER, VERIFIER
from tests.support.events import APPLICATION_ID, METER_ID, an_id
from tests.support.one_case import Case, as_tested

if TYPE_CHECKING:
    from tests.support.services import ServiceUnderTest

FIRST_DAY, COMPLETED_ON, END = date(2020, 4, 2), date(2021, 4, 2), date(2022, 4, 2)
STATION_ID = an_id("station")
PROJECT = f"/projects/{APPLICATION_ID}"
DAYS = [FIRST_DAY + timedelta(days=number) for number in range((END - FIRST_DAY).days)]


def celsius(day: date) -> float:
    """A cold January, a warm July, and some weather between."""
    wobble = (day.toordinal() * 31 % 11 - 5) * 0.6
    return round(10 - 7 * cos(2 * pi * (day.timetuple().tm_yday - 20) / 365) + wobble, 1)


def kwh(day: date, heat_left: float = 0.6) -> float:
    """Hot water all year, heating below 15.5 degrees, less of it after the works."""
    share = heat_left if day >= COMPLETED_ON else 1.0
    noise = (day.toordinal() * 7919 % 13 - 6) * 1.3
    return round(54 + 16 * max(0.0, 15.5 - celsius(day)) * share + noise, 2)


def readings(times: float = 1.0, heat_left: float = 0.6) -> bytes:
    """Daily readings in kWh; `times` turns them into another unit."""
    rows = [f"{day},{kwh(day, heat_left) * times:.5f}" for day in DAYS]
    return "\n".join(["time,kwh", *rows]).encode()


def temperatures() -> bytes:
    """Daily means in Celsius."""
    return "\n".join(["time,celsius", *(f"{day},{celsius(day)}" for day in DAYS)]).encode()


async def metered(case: Case, heat_left: float = 0.6) -> None:
    """Works completed, a meter and a station with two years each, supplied by one of the team."""
    await case.accepted()
    monitoring, supplier = case.council.monitoring, as_tested(READINGS_SUPPLIER)
    await monitoring.post(f"{PROJECT}/works-completed", supplier, json={"completed_on": str(COMPLETED_ON)})
    meter = {"meter_id": str(METER_ID), "name": "Main gas meter", "fuel": "natural_gas"}
    await monitoring.post(f"{PROJECT}/meters", supplier, json=meter)
    station = {"station_id": str(STATION_ID), "name": "Invented station", "generated": True}
    await monitoring.post("/stations", supplier, json=station)
    await _upload(monitoring, f"/meters/{METER_ID}/readings", readings(heat_left=heat_left), unit="kWh")
    await _upload(monitoring, f"/stations/{STATION_ID}/temperatures", temperatures())


async def bounded(case: Case, heat_left: float = 0.6) -> None:
    """The same with the boundary declared and the baseline frozen: a saving can be verified."""
    await metered(case, heat_left)
    supplier = as_tested(READINGS_SUPPLIER)
    boundary = {"complete": True, "reason": "Gas only.", "declared_on": str(COMPLETED_ON)}
    await case.council.monitoring.post(f"{PROJECT}/boundary", supplier, json=boundary)
    baseline = {
        "station_id": str(STATION_ID),
        "period_start": str(FIRST_DAY),
        "period_end": str(COMPLETED_ON),
    }
    await case.council.monitoring.post(f"{PROJECT}/meters/{METER_ID}/baseline", supplier, json=baseline)
    await case.settle()


async def verified(case: Case, heat_left: float = 0.6) -> None:
    """The same with the saving of the year after the works verified by another of the team."""
    await bounded(case, heat_left)
    saving = {
        "saving_id": str(an_id("saving")),
        "period_start": str(COMPLETED_ON),
        "period_end": str(END),
        "verified_on": "2022-05-03",
    }
    await case.council.monitoring.post(f"{PROJECT}/savings", as_tested(VERIFIER), json=saving)
    await case.settle()


async def _upload(service: ServiceUnderTest, path: str, content: bytes, **stated: Any) -> None:
    data = {"import_id": str(an_id(path)), "zone": "Europe/London", "interval": "daily", **stated}
    files = {"file": ("readings.csv", content, "text/csv")}
    answer = await service.request("POST", path, as_tested(READINGS_SUPPLIER), data=data, files=files)
    assert answer.status_code == 201, answer.text
