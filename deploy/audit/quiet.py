"""Whether everything has come to rest: only then do the five databases speak of the same moment."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from deploy.audit.handled import HANDLED
from deploy.audit.snapshot import opened
from deploy.audit.transport import clients, ends_of, partitions_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from aiokafka.admin import AIOKafkaAdminClient

    from deploy.audit.snapshot import Snapshot

    Acknowledged: TypeAlias = Mapping[str, Mapping[TopicPartition, int]]
    Ends: TypeAlias = Mapping[TopicPartition, tuple[int, int]]

PATIENCE_SECONDS = 10
RETRY_SECONDS = 0.2
NOTHING = (0, 0)
"""Where a partition that holds nothing begins and ends."""
LOGGED = "SELECT type, topic, array_agg(event_id) AS ids FROM event_log GROUP BY type, topic"
INBOX = "SELECT coalesce(array_agg(event_id), '{}') AS ids FROM inbox"
UNSENT = "SELECT count(*) AS n FROM outbox"
WAITING = "SELECT count(*) AS n FROM parked_event WHERE kind = 'waiting' AND discarded_at IS NULL"
ACKNOWLEDGED = "SELECT topic, record_partition, last_offset FROM acknowledged_offset"


async def is_quiet(database_urls: Mapping[str, str], bootstrap_servers: str | None = None) -> list[str]:
    """What still moves, in words; nothing where all is at rest.

    Events move that are to be sent, to be taken in or waiting, and those of a topic that Kafka has lost: the
    relay sends them again once it has seen the loss and waited for every reader to see it too.
    """
    try:
        async with opened(database_urls) as snapshot:
            moving, topics = await _in_databases(snapshot)
            acknowledged = await _acknowledged(snapshot)
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError) as error:
        return [f"A database does not answer: {type(error).__name__}: {error}"]
    if bootstrap_servers is not None:
        moving += await _in_kafka(bootstrap_servers, topics, acknowledged)
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


async def _acknowledged(snapshot: Snapshot) -> Acknowledged:
    """The last offset of each partition that Kafka acknowledged to each service's relay."""
    return {
        name: {
            TopicPartition(row["topic"], row["record_partition"]): row["last_offset"]
            for row in await snapshot.rows(name, ACKNOWLEDGED)
        }
        for name in snapshot.services
    }


async def _in_kafka(
    bootstrap_servers: str, topics: Mapping[str, set[str]], acknowledged: Acknowledged
) -> list[str]:
    """What each service has still to send again, and how many records its group has still to read."""
    asked = {topic for read in topics.values() for topic in read}
    asked |= {at.topic for offsets in acknowledged.values() for at in offsets}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), clients(bootstrap_servers) as (admin, consumer):
            ends = await ends_of(consumer, await partitions_of(admin, asked))
            return [*_lost(acknowledged, ends), *await _behind(admin, topics, ends)]
    except (KafkaError, TimeoutError, OSError) as error:
        return [f"Kafka does not answer: {type(error).__name__}: {error}"]


def _lost(acknowledged: Acknowledged, ends: Ends) -> list[str]:
    """The topics that Kafka holds less of than it had acknowledged, and that no relay has refilled yet."""
    return [
        f"{service}: {topic} to be sent again, Kafka has lost it"
        for service, offsets in acknowledged.items()
        for topic in sorted({at.topic for at, last in offsets.items() if ends.get(at, NOTHING)[1] <= last})
    ]


async def _behind(admin: AIOKafkaAdminClient, topics: Mapping[str, set[str]], ends: Ends) -> list[str]:
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
