"""The register made anew from 1,000,000 events, while its pages are read."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from aiokafka import AIOKafkaConsumer
from aiokafka.admin import NewTopic

from deploy.local.topics import create_topics
from shared.events.topics import PARTITIONS, TOPICS
from tests.benchmarks.fixtures import forget_used_databases
from tests.benchmarks.many_events import (
    EVENTS_OF_A_GRANT,
    EVENTS_OF_A_POT,
    GRANTS_OF_A_POT,
    fill,
    many_events,
)
from tests.benchmarks.pages import anew, timed
from tests.benchmarks.rows import Clock, Row, Servers, percentile, progress
from tests.benchmarks.serving import serving
from tests.support.portal import portal_under_test
from tests.support.topics import administering

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    import httpx2

    from tests.support.portal import PortalUnderTest
    from tests.support.services import KafkaRecord

GRANTS = 20_000
EVENTS = GRANTS * EVENTS_OF_A_GRANT + GRANTS // GRANTS_OF_A_POT * EVENTS_OF_A_POT
KNOWN_BEFORE = 10_000
"""Events that the read model has before, so that there is something to read meanwhile."""
GIVEN_AT_ONCE = 500
REGISTER = "/register"
READ_EVERY_SECONDS = 0.1
PAGES_BEFORE = 30
BARE = "a bare consumer and json.loads"


async def measure(servers: Servers) -> list[Row]:
    """Rebuild, in a process of its own as an operator would, and open the register all the while."""
    topics = {name: f"{name}.{uuid4().hex[:8]}" for name in TOPICS}
    await create_topics(servers.kafka)  # the portal that serves the pages listens there, in vain
    await _make(servers.kafka, topics)
    try:
        progress(f"writing {EVENTS:,} events to Kafka")
        await fill(servers.kafka, topics, many_events(GRANTS))
        with TemporaryDirectory() as files:
            forget_used_databases()
            async with portal_under_test(servers.postgres_url, Path(files)) as portal:
                await _know(portal, topics)
                database_url = portal.service.settings.database_url
                async with serving("portal", database_url, servers.kafka, files) as client:
                    return await _rows(client, database_url, servers.kafka, topics)
    finally:
        await _remove(servers.kafka, topics)


async def _rows(
    client: httpx2.AsyncClient, database_url: str, kafka: str, topics: Mapping[str, str]
) -> list[Row]:
    progress("reading the same with a bare consumer")
    bare = await _bare_rate(kafka, list(topics.values()))
    addresses = anew(REGISTER)
    before = [await timed(client, path) for path in islice(addresses, PAGES_BEFORE)]
    progress(f"rebuilding from {EVENTS:,} events")
    rebuilding = asyncio.ensure_future(_rebuilt(database_url, kafka, topics))
    meanwhile = [pause async for pause in _read_on(client, addresses, rebuilding)]
    done = await rebuilding
    progress(f"{done}")
    rate = done["events"] / done["seconds"]
    return [
        _row(
            f"{done['events']:,} events",
            done["seconds"],
            EVENTS / bare,
            "s",
            "a bare consumer and json.loads",
        ),
        _row("the same, by events", rate, bare, "events/s", BARE),
        _row("register meanwhile, p95", percentile(meanwhile, 95), percentile(before, 95), "ms", "before"),
    ]


def _row(measured: str, figure: float, baseline: float, unit: str, baseline_is: str) -> Row:
    return Row(
        benchmark="rebuild",
        measured=measured,
        figure=figure,
        baseline=baseline,
        unit=unit,
        baseline_is=baseline_is,
    )


async def _know(portal: PortalUnderTest, topics: Mapping[str, str]) -> None:
    """What the read model knows of the same fund when the rebuild begins: its first years."""
    assert portal.service.reader is not None
    records = _as_sent(many_events(GRANTS), topics)
    for _ in range(min(KNOWN_BEFORE, EVENTS) // GIVEN_AT_ONCE):
        await portal.service.reader.take(list(islice(records, GIVEN_AT_ONCE)))


def _as_sent(records: Iterator[KafkaRecord], topics: Mapping[str, str]) -> Iterator[KafkaRecord]:
    return (replace(record, topic=topics[record.topic]) for record in records)


async def _read_on(
    client: httpx2.AsyncClient, addresses: Iterator[str], rebuilding: asyncio.Future[dict[str, float]]
) -> AsyncIterator[float]:
    while not rebuilding.done():
        yield await timed(client, next(addresses))
        await asyncio.sleep(READ_EVERY_SECONDS)


async def _rebuilt(database_url: str, kafka: str, topics: Mapping[str, str]) -> dict[str, float]:
    arguments = (database_url, kafka, json.dumps(topics))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.rebuilding_side", *arguments),
        stdout=asyncio.subprocess.PIPE,
    )
    told, _ = await process.communicate()
    if process.returncode:
        message = f"The rebuild failed, exit code {process.returncode}; see above."
        raise RuntimeError(message)
    return dict(json.loads(told))


async def _bare_rate(kafka: str, topics: list[str]) -> float:
    """Records a second from Kafka to Python's dictionaries; so many as come in a few seconds."""
    consumer = AIOKafkaConsumer(*topics, bootstrap_servers=kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        clock, count = Clock(4), 0
        while count < EVENTS and not clock.is_over:
            for records in (await consumer.getmany(timeout_ms=1000, max_records=5000)).values():
                count += len([json.loads(record.value) for record in records])
        return count / clock.elapsed
    finally:
        await consumer.stop()


async def _make(kafka: str, topics: Mapping[str, str]) -> None:
    async with administering(kafka) as admin:
        await admin.create_topics([NewTopic(name, PARTITIONS, 1) for name in topics.values()])


async def _remove(kafka: str, topics: Mapping[str, str]) -> None:
    async with administering(kafka) as admin:
        await admin.delete_topics(list(topics.values()))
