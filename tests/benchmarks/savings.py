"""Verified savings: 1,000 meters with two years of daily readings in the database, to what is published."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from services.monitoring.commands.freeze_baseline import FreezeBaseline, freeze_many
from services.monitoring.commands.verify_savings import VerifySavings, verify_many
from shared.messaging import Cause
from shared.web.answers import Recorded
from tests.benchmarks.degree_day_model import a_meter, avoided, seconds_of
from tests.benchmarks.fixtures import connect, forget_used_databases
from tests.benchmarks.rows import Clock, Row, Servers, progress, side_by_side
from tests.support.databases import create_database, drop_database
from tests.support.events import an_id
from tests.support.monitoring import small_hall
from tests.support.people import READINGS_SUPPLIER, VERIFIER
from tests.support.services import service_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import asyncpg

    from shared.service import Service

PROJECTS, METERS_OF_EACH = 500, 2
METERS = PROJECTS * METERS_OF_EACH
FROM, COMPLETED_ON, UNTIL = date(2020, 4, 2), date(2021, 4, 2), date(2022, 4, 2)
STATION_ID = an_id("benchmark station")
GIVEN_AT_ONCE = 100
IN_PLACE = f"""
    INSERT INTO station (station_id, name, generated) VALUES ('{STATION_ID}', 'Invented station', true);
    INSERT INTO temperatures_import (import_id, station_id, file_sha256, stated, supplied_by, imported_at,
                                     report)
    VALUES ('{STATION_ID}', '{STATION_ID}', 'none', '{{}}', '{READINGS_SUPPLIER.id}', now(), '{{}}');
    INSERT INTO temperature (station_id, day, celsius, import_id)
    SELECT '{STATION_ID}', day, round((10 - 7 * cos(2 * pi() * (extract(doy FROM day) - 20) / 365)
           + hashint4(extract(epoch FROM day)::int) % 100 / 30.0)::numeric, 1), '{STATION_ID}'
    FROM generate_series(date '{FROM}', date '{UNTIL}' - 1, interval '1 day') day;

    INSERT INTO meter (meter_id, application_id, name, fuel)
    SELECT gen_random_uuid(), application_id, 'Boiler ' || number, 'natural_gas'
    FROM project, generate_series(1, {METERS_OF_EACH}) number;
    INSERT INTO readings_import (import_id, meter_id, file_sha256, stated, supplied_by, imported_at,
                                 used_from, used_until, report)
    SELECT meter_id, meter_id, 'none', '{{}}', '{READINGS_SUPPLIER.id}', now(),
           '{FROM}', date '{UNTIL}' - 1, '{{}}' FROM meter;
    INSERT INTO reading (meter_id, day, kwh, import_id)
    SELECT meter_id, day, round(10 + 8 * greatest(0, 15 - celsius)
           * CASE WHEN day < '{COMPLETED_ON}' THEN 1.0 ELSE 0.8 END
           + abs(hashtext(meter_id::text || day) % 100) / 20.0, 3), meter_id
    FROM meter, temperature ORDER BY meter_id, day; -- as files come: meter after meter

    UPDATE project SET completed_on = '{COMPLETED_ON}';
    INSERT INTO boundary (application_id, sequence, complete, reason, declared_on, declared_by, fuels,
                          meter_ids)
    SELECT application_id, 1, true, 'Gas alone heats the hall.', '{COMPLETED_ON}', '{VERIFIER.id}',
           ARRAY['natural_gas'], array_agg(meter_id ORDER BY meter_id)
    FROM meter GROUP BY application_id;
    ANALYZE;
"""  # noqa: S608 - ids and days of this file
UNMEASURED = "TRUNCATE baseline, saving, outbox, event_log CASCADE; UPDATE project SET version = 1"


async def measure(servers: Servers) -> list[Row]:
    """Freeze every baseline and verify every building's year after, in two transactions of the service."""
    in_memory = [a_meter(number) for number in range(METERS)]
    async with _monitoring(servers.postgres_url) as (service, owner):
        meters = await owner.fetch("SELECT meter_id, application_id FROM meter")

        async def from_the_database() -> float:
            await owner.execute(UNMEASURED)
            return await _verified(service, [(row["meter_id"], row["application_id"]) for row in meters])

        async def numbers_alone() -> float:
            return seconds_of(lambda meter: avoided(*meter), in_memory)

        figure, baseline = await side_by_side("savings", from_the_database, numbers_alone)
    return [
        Row(
            benchmark="savings",
            measured=f"{METERS:,} meters, from the database",
            figure=figure,
            baseline=baseline,
            unit="s",
            baseline_is="the same model, the numbers in memory",
        )
    ]


async def _verified(service: Service, meters: list[tuple[UUID, UUID]]) -> float:
    clock, cause = Clock(), Cause(str(VERIFIER.id), "benchmark", uuid4())
    station: dict[str, Any] = {"station_id": STATION_ID, "period_start": FROM, "period_end": COMPLETED_ON}
    period: dict[str, Any] = {"period_start": COMPLETED_ON, "period_end": UNTIL, "verified_on": UNTIL}
    async with service.work.begin(cause) as uow:
        freezing = [FreezeBaseline(application_id=of, meter_id=meter, **station) for meter, of in meters]
        frozen = await freeze_many(freezing, uow)
    async with service.work.begin(cause) as uow:
        projects = {of for _, of in meters}
        verifying = [VerifySavings(application_id=of, saving_id=uuid4(), **period) for of in projects]
        verified = await verify_many(verifying, uow)
    seconds = clock.elapsed
    refused = [answer for answer in (*frozen, *verified) if not isinstance(answer, Recorded)]
    assert not refused, refused[0]
    return seconds


@asynccontextmanager
async def _monitoring(postgres_url: str) -> AsyncIterator[tuple[Service, asyncpg.Connection]]:
    """The service with its meters read and its works done, and a connection of the database's owner."""
    forget_used_databases()
    database_url, owner_url = await create_database(postgres_url, "monitoring")
    owner = await connect(owner_url)
    try:
        with TemporaryDirectory() as files:
            async with service_on(database_url, "monitoring", Path(files)) as monitoring:
                progress(f"writing two years of {METERS:,} meters")
                halls = [small_hall(application_id=an_id(f"benchmark hall {n}")) for n in range(PROJECTS)]
                for start in range(0, PROJECTS, GIVEN_AT_ONCE):
                    await monitoring.give(*halls[start : start + GIVEN_AT_ONCE])
                await owner.execute(IN_PLACE)
                yield monitoring.service, owner
    finally:
        await owner.close()
        await drop_database(postgres_url, database_url)
