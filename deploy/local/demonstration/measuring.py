"""The steps of the sustainability team: meters, readings, weather, baseline and verified savings."""

from datetime import date
from typing import Any
from uuid import UUID

from deploy.local.demonstration.client import FundClient
from services.portal.identity import people


async def add_meter(fund: FundClient, application_id: UUID, fuel: str) -> UUID:
    """The team adds the building's meter of a fuel."""
    meter_id = fund.id("meter", application_id, fuel)
    body = {"meter_id": str(meter_id), "name": f"Main {fuel.replace('_', ' ')} meter", "fuel": fuel}
    await fund.post("monitoring", f"/projects/{application_id}/meters", people.READINGS_SUPPLIER, body)
    return meter_id


async def supply_readings(
    fund: FundClient, meter_id: UUID, content: bytes, *, interval: str, zone: str, unit: str = "kWh"
) -> Any:
    """One of the team supplies a meter's readings as CSV."""
    fields = {
        "import_id": str(fund.id("readings", meter_id, len(content))),
        "unit": unit,
        "zone": zone,
        "interval": interval,
    }
    path = f"/meters/{meter_id}/readings"
    files = {"file": ("readings.csv", content)}
    return await fund.upload("monitoring", path, people.READINGS_SUPPLIER, files, fields)


async def supply_temperatures(
    fund: FundClient, name: str, content: bytes, *, interval: str, zone: str, generated: bool
) -> UUID:
    """One of the team supplies a station's temperatures (Celsius) as CSV."""
    station_id = fund.id("station", name)
    station = {"station_id": str(station_id), "name": name, "generated": generated}
    await fund.post("monitoring", "/stations", people.READINGS_SUPPLIER, station)
    fields = {"import_id": str(fund.id("temperatures", name)), "zone": zone, "interval": interval}
    await fund.upload(
        "monitoring",
        f"/stations/{station_id}/temperatures",
        people.READINGS_SUPPLIER,
        {"file": ("temperatures.csv", content)},
        fields,
    )
    return station_id


async def complete_works(fund: FundClient, application_id: UUID, completed_on: date) -> None:
    """The team records that the works are completed."""
    body = {"completed_on": completed_on.isoformat()}
    path = f"/projects/{application_id}/works-completed"
    await fund.post("monitoring", path, people.READINGS_SUPPLIER, body)


async def declare_boundary(fund: FundClient, application_id: UUID, reason: str, declared_on: date) -> None:
    """The team declares that the meters cover everything that the works touch."""
    body = {"complete": True, "reason": reason, "declared_on": declared_on.isoformat()}
    await fund.post("monitoring", f"/projects/{application_id}/boundary", people.VERIFIER, body)


async def freeze_baseline(
    fund: FundClient, application_id: UUID, meter_id: UUID, station_id: UUID, period: tuple[date, date]
) -> None:
    """The model of the meter before the works is frozen; the period is half-open local days."""
    body = {
        "station_id": str(station_id),
        "period_start": period[0].isoformat(),
        "period_end": period[1].isoformat(),
    }
    path = f"/projects/{application_id}/meters/{meter_id}/baseline"
    await fund.post("monitoring", path, people.READINGS_SUPPLIER, body)


async def verify_savings(
    fund: FundClient, application_id: UUID, period: tuple[date, date], verified_on: date
) -> Any:
    """Somebody who supplied no readings verifies what the building saved in a period."""
    body = {
        "saving_id": str(fund.id("saving", application_id, *period)),
        "period_start": period[0].isoformat(),
        "period_end": period[1].isoformat(),
        "verified_on": verified_on.isoformat(),
    }
    await fund.post("monitoring", f"/projects/{application_id}/savings", people.VERIFIER, body)
    return (await fund.get("monitoring", f"/projects/{application_id}/savings", people.VERIFIER))[-1]
