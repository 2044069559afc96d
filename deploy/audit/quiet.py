"""Whether everything has come to rest: only then do the five databases speak of the same moment."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

import asyncpg
from aiokafka.errors import KafkaError

from deploy.audit.handled import HANDLED
from deploy.audit.snapshot import opened
from deploy.audit.transport import clients, ends_of, partitions_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from aiokafka import TopicPartition
    from aiokafka.admin import AIOKafkaAdminClient

    from deploy.audit.snapshot import Snapshot

PATIENCE_SECONDS = 10
RETRY_SECONDS = 0.2
LOGGED = "SELECT type, topic, array_agg(event_id) AS ids FROM event_log GROUP BY type, topic"
INBOX = "SELECT coalesce(array_agg(event_id), '{}') AS ids FROM inbox"
UNSENT = "SELECT count(*) AS n FROM outbox"
WAITING = "SELECT count(*) AS n FROM parked_event WHERE kind = 'waiting' AND discarded_at IS NULL"


async def is_quiet(database_urls: Mapping[str, str], bootstrap_servers: str | None = None) -> list[str]:
    """What still moves, in words: events to send, to take in or waiting; nothing where all is at rest."""
    try:
        async with opened(database_urls) as snapshot:
            moving, topics = await _in_databases(snapshot)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
        return [f"A database does not answer: {type(error).__name__}: {error}"]
    if bootstrap_servers is not None:
        moving += await _in_kafka(bootstrap_servers, topics)
    return moving


async def _in_databases(snapshot: Snapshot) -> tuple[list[str], dict[str, set[str]]]:
    """What moves in the databases, and which topics each service reads."""
    ids: defaultdict[str, list[UUID]] = defaultdict(list)
    topic_of: dict[str, str] = {}
    for rows in await asyncio.gather(*(snapshot.rows(name, LOGGED) for name in snapshot.services)):
        for row in rows:
            ids[row["type"]] += row["ids"]
            topic_of[row["type"]] = row["topic"]
    moving = [
        each
        for name in snapshot.services
        for each in await _in_one(snapshot, name, {type_name: ids[type_name] for type_name in HANDLED[name]})
    ]
    read = {
        name: {topic_of[each] for each in HANDLED[name] if each in topic_of} for name in snapshot.services
    }
    return moving, read


async def _in_one(snapshot: Snapshot, service: str, handled: Mapping[str, list[UUID]]) -> list[str]:
    [unsent], [waiting], [inbox] = [await snapshot.rows(service, sql) for sql in (UNSENT, WAITING, INBOX)]
    taken = set(inbox["ids"])
    counts = {
        "in the outbox": unsent["n"],
        "waiting for another": waiting["n"],
        "not taken in yet": sum(event_id not in taken for ids in handled.values() for event_id in ids),
    }
    return [f"{service}: {count} events {what}" for what, count in counts.items() if count]


async def _in_kafka(bootstrap_servers: str, topics: Mapping[str, set[str]]) -> list[str]:
    """How many records each service's group has still to read, whatever they hold."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await _behind(bootstrap_servers, topics)
    except (KafkaError, TimeoutError, OSError) as error:
        return [f"Kafka does not answer: {type(error).__name__}: {error}"]


async def _behind(bootstrap_servers: str, topics: Mapping[str, set[str]]) -> list[str]:
    async with clients(bootstrap_servers) as (admin, consumer):
        counts = await partitions_of(admin, {topic for read in topics.values() for topic in read})
        ends = await ends_of(consumer, counts)
        moving = []
        for service, read in topics.items():
            reached = await _reached(admin, service)
            lag = sum(
                max(end - max(reached.get(at, 0), begin), 0)
                for at, (begin, end) in ends.items()
                if at.topic in read
            )
            if lag:
                moving.append(f"{service}: {lag} records to read from Kafka")
        return moving


async def _reached(admin: AIOKafkaAdminClient, group: str) -> dict[TopicPartition, int]:
    """How far a group has acknowledged; a broker that just began needs a moment to know."""
    while True:
        try:
            offsets = await admin.list_consumer_group_offsets(group)
        except KafkaError as error:
            if not error.retriable:
                raise
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return {at: known.offset for at, known in offsets.items()}
