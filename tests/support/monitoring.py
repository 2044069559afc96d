"""A project brought as far as a test of the monitoring service needs it, with invented meters and weather."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from shared.events import Event
from tests.support.events import APPLICATION_ID, CLAIM_ID, METER_ID, SAVING_ID, annual_energy, offer_accepted
from tests.support.events.ids import an_id
from tests.support.people import READINGS_SUPPLIER, VERIFIER
from tests.support.services import ServiceUnderTest

PROJECT = f"/projects/{APPLICATION_ID}"
VERIFY = f"{PROJECT}/claims/{CLAIM_ID}/verify"
METER = f"{PROJECT}/meters/{METER_ID}"
READINGS = f"/meters/{METER_ID}/readings"
STATION_ID = an_id("station")
TEMPERATURES = f"/stations/{STATION_ID}/temperatures"

COMPLETED_ON = date(2021, 4, 2)
BASELINE = {"station_id": str(STATION_ID), "period_start": "2020-04-02", "period_end": "2021-04-02"}
SAVING = {
    "saving_id": str(SAVING_ID),
    "period_start": "2021-04-02",
    "period_end": "2022-04-02",
    "verified_on": "2022-05-03",
}
BOUNDARY = {"complete": True, "reason": "Gas alone heats the hall.", "declared_on": "2021-04-10"}

FIRST_DAY, LAST_DAY = date(2020, 4, 1), date(2022, 4, 2)
YEARLY_KWH = Decimal(20_000)
STEADY_KWH, KWH_PER_DEGREE_DAY, BALANCE_POINT = Decimal(10), Decimal(8), Decimal(15)


def small_hall(**changes: Any) -> Event:
    """An accepted grant of a hall that uses about as much gas as the invented meter says."""
    return offer_accepted(**{"energy": (annual_energy(kwh=YEARLY_KWH),), **changes})


def celsius(day: date) -> Decimal:
    """An invented temperature: warm in July, cold in January, a little different each day."""
    season = abs((day.timetuple().tm_yday + 165) % 365 - 182)
    return Decimal(2) + Decimal(season) / 12 + Decimal(day.toordinal() % 7) / 4


def kwh_of_an_untreated_hall(day: date) -> Decimal:
    """Steady use and so much for each degree day, with a little that no model explains."""
    noise = Decimal(day.toordinal() * 7919 % 11 - 5)
    return STEADY_KWH + KWH_PER_DEGREE_DAY * max(Decimal(0), BALANCE_POINT - celsius(day)) + noise


def kwh_of_an_insulated_hall(day: date) -> Decimal:
    """The same until the works are done, and half of it from then on."""
    share = Decimal("0.5") if day >= COMPLETED_ON else Decimal(1)
    return kwh_of_an_untreated_hall(day) * share


def daily_csv(
    column: str, value_on: Callable[[date], Decimal], first: date = FIRST_DAY, last: date = LAST_DAY
) -> str:
    """A daily file of this column, first and last day included."""
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    rows = "".join(f"{day},{value_on(day):.3f}\n" for day in days)
    return f"date,{column}\n{rows}"


def readings_form(content: str | bytes, **changes: Any) -> dict[str, Any]:
    """A multipart request that sends readings in kWh by local days, unless changed."""
    fields = {"import_id": str(uuid4()), "unit": "kWh", "zone": "Europe/London", "interval": "daily"}
    return {
        "data": {**fields, **{name: str(value) for name, value in changes.items()}},
        "files": {"file": ("readings.csv", content, "text/csv")},
    }


def temperatures_form(content: str | bytes, **changes: Any) -> dict[str, Any]:
    """A multipart request that sends temperatures by local days, unless changed."""
    fields = {"import_id": str(uuid4()), "zone": "Europe/London", "interval": "daily"}
    return {
        "data": {**fields, **{name: str(value) for name, value in changes.items()}},
        "files": {"file": ("temperatures.csv", content, "text/csv")},
    }


async def add_meter(service: ServiceUnderTest, **changes: Any) -> None:
    """A gas meter of the hall."""
    body = {"meter_id": str(METER_ID), "name": "Boiler room", "fuel": "natural_gas"}
    await service.post(f"{PROJECT}/meters", READINGS_SUPPLIER, json=body | changes)


async def add_station(service: ServiceUnderTest, **changes: Any) -> None:
    """A weather station."""
    body = {"station_id": str(STATION_ID), "name": "Bedford", "generated": False}
    await service.post("/stations", READINGS_SUPPLIER, json=body | changes)


async def with_meter(service: ServiceUnderTest, **changes: Any) -> None:
    """Accepted (with these changes), with a gas meter."""
    await service.give(small_hall(**changes))
    await add_meter(service)


async def with_readings(
    service: ServiceUnderTest,
    kwh_on: Callable[[date], Decimal] = kwh_of_an_insulated_hall,
    *,
    generated: bool = False,
) -> None:
    """With two years of readings and temperatures, from a year before the works to a year after."""
    await with_meter(service)
    await add_station(service, generated=generated)
    await service.post(READINGS, READINGS_SUPPLIER, **readings_form(daily_csv("kwh", kwh_on)))
    await service.post(TEMPERATURES, READINGS_SUPPLIER, **temperatures_form(daily_csv("celsius", celsius)))


async def complete_works(service: ServiceUnderTest, completed_on: date = COMPLETED_ON) -> None:
    """The works are done."""
    await service.post(
        f"{PROJECT}/works-completed", VERIFIER, json={"completed_on": completed_on.isoformat()}
    )


async def ready_to_verify(
    service: ServiceUnderTest,
    kwh_on: Callable[[date], Decimal] = kwh_of_an_insulated_hall,
    *,
    generated: bool = False,
) -> None:
    """Read, completed, bounded and with a frozen baseline: the saving may be verified."""
    await with_readings(service, kwh_on, generated=generated)
    await complete_works(service)
    await service.post(f"{PROJECT}/boundary", VERIFIER, json=BOUNDARY)
    await service.post(f"{METER}/baseline", VERIFIER, json=BASELINE)
