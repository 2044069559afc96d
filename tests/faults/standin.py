"""A minimal auditor until deploy/audit stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from shared.events import EVENTS


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class Promise:
    service: str
    topic: str
    key: str
    sequence: int


async def _rows(url: str, query: str, *arguments: Any) -> list[Any]:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return await connection.fetch(query, *arguments)
    finally:
        await connection.close()


async def is_quiet(urls: Mapping[str, str], bootstrap_servers: str | None = None) -> list[str]:
    moving = []
    for name, url in urls.items():
        [row] = await _rows(url, "SELECT count(*) AS n FROM outbox")
        if row["n"]:
            moving.append(f"{name}: {row['n']} in the outbox")
    topics = sorted({event.topic for event in EVENTS})
    parts = [TopicPartition(t, p) for t in topics for p in range(12)]
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, enable_auto_commit=False)
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await consumer.start()
    await admin.start()
    try:
        ends = await consumer.end_offsets(parts)
        for name in urls:
            done = await admin.list_consumer_group_offsets(name)
            moving += [f"{name} lags on {p}" for p, o in done.items() if o.offset < ends.get(p, 0)]
    finally:
        await consumer.stop()
        await admin.close()
    return moving


async def audit(
    urls: Mapping[str, str], bootstrap_servers: str | None = None, promises: Sequence[Promise] = ()
) -> list[Finding]:
    found = []
    logs = {}
    for name, url in urls.items():
        for row in await _rows(url, "SELECT topic, key, kind, reason FROM parked_event WHERE discarded_at IS NULL"):
            found.append(Finding("parked", name, str(dict(row))))
        for row in await _rows(url, "SELECT topic, key, sequence FROM event_log"):
            logs[name, row["topic"], row["key"], row["sequence"]] = True
    for p in promises:
        if (p.service, p.topic, p.key, p.sequence) not in logs:
            found.append(Finding("promise", p.service, str(p)))
    [row] = await _rows(urls["contributions"], "SELECT sum(amount_pence) AS n FROM ledger_entry")
    if row["n"]:
        found.append(Finding("balance", "contributions", str(row["n"])))
    return found
