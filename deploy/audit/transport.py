"""Whether Kafka holds what the logs say it was sent: every event, equal to the log, in order of its key."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaConnectionError, KafkaError
from aiokafka.partitioner import DefaultPartitioner

from deploy.audit.finding import Finding

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Mapping

    from deploy.audit.snapshot import Logged, Snapshot

PATIENCE_SECONDS = 30


async def kafka_holds_the_logs(snapshot: Snapshot, bootstrap_servers: str) -> list[Finding]:
    """Every logged event that waits in no outbox is in Kafka, equal, and first came in order of its key.

    What else stands there (a second copy, an older version of the same event, what no log knows) is for the
    readers to see through, and for the checks of inboxes and effects to judge.
    """
    sent = {
        str(event.event_id): event
        for service, log in snapshot.logs.items()
        for event in log
        if event.position not in snapshot.outboxes[service]
    }
    topics = {event.topic for log in snapshot.logs.values() for event in log}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return [finding async for finding in _held(bootstrap_servers, topics, sent)]
    except (KafkaError, TimeoutError, OSError) as error:
        message = f"Kafka could not be read: {type(error).__name__}: {error}"
        return [Finding(check="kafka_answers", where=f"Kafka {bootstrap_servers}", message=message)]


async def _held(
    bootstrap_servers: str, topics: Iterable[str], sent: Mapping[str, Logged]
) -> AsyncIterator[Finding]:
    first: dict[str, Any] = {}
    unequal: dict[str, Any] = {}
    async for record in records(bootstrap_servers, topics):
        headers = {
            name: value.decode(errors="replace") for name, value in record.headers if value is not None
        }
        event = sent.get(headers.get("ce_id", ""))
        if event is None or headers.get("ce_type") != event.type:
            continue
        if wrong := _differences(event, record, headers):
            unequal[str(event.event_id)] = wrong
        else:
            first.setdefault(str(event.event_id), record)
    for finding in _missing(sent, first, unequal):
        yield finding
    for finding in _order(sent, first):
        yield finding


def _differences(event: Logged, record: Any, headers: Mapping[str, str]) -> list[str]:
    """Which parts of a record are not as the log has them; headers that the log does not know are free."""
    wanted = {
        "ce_specversion": "1.0",
        "ce_source": event.service,
        "ce_subject": event.key,
        "ce_sequence": str(event.sequence),
        "ce_council": event.council,
        "ce_actor": event.actor,
        "ce_correlationid": str(event.correlation_id),
        "ce_causationid": str(event.causation_id or ""),
        "content-type": "application/json",
    }
    wrong = [name for name, value in wanted.items() if headers.get(name) != value]
    if not _same_time(headers.get("ce_time", ""), event.occurred_at):
        wrong.append("ce_time")
    if record.topic != event.topic:
        wrong.append("topic")
    if record.key != event.key.encode():
        wrong.append("key")
    if record.value != event.payload.encode():
        wrong.append("payload")
    return wrong


def _same_time(told: str, occurred_at: datetime) -> bool:
    try:
        return datetime.fromisoformat(told) == occurred_at
    except (ValueError, TypeError):
        return False


def _missing(
    sent: Mapping[str, Logged], first: Mapping[str, Any], unequal: Mapping[str, list[str]]
) -> Iterable[Finding]:
    for event_id, event in sent.items():
        if event_id in first:
            continue
        where = f"{event.service} event_log {event.topic} {event.key}"
        if event_id in unequal:
            message = f"Kafka holds {event} only with another {', '.join(unequal[event_id])} than the log."
            yield Finding(check="kafka_equals_log", where=where, message=message)
        else:
            message = f"{event} has left the outbox, but Kafka does not hold it."
            yield Finding(check="in_kafka", where=where, message=message)


def _order(sent: Mapping[str, Logged], first: Mapping[str, Any]) -> Iterable[Finding]:
    places: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for event_id, record in first.items():
        event = sent[event_id]
        places[event.topic, event.key].append((record.offset, event.sequence))
    for (topic, key), found in places.items():
        order = [sequence for _, sequence in sorted(found)]
        if order != sorted(order):
            message = (
                f"In Kafka the sequences first came as {', '.join(map(str, order))}; they ought to rise."
            )
            yield Finding(check="order_of_key", where=f"Kafka {topic} {key}", message=message)


async def records(bootstrap_servers: str, topics: Iterable[str]) -> AsyncIterator[Any]:
    """Every record up to where the topics end now that stands in its key's partition, read without a group.

    A copy in another partition is nobody's: the relay sends no key to two.
    """
    async with clients(bootstrap_servers) as (admin, consumer):
        counts = await partitions_of(admin, topics)
        ends = {at: end for at, (_, end) in (await ends_of(consumer, counts)).items()}
        if not ends:
            return
        consumer.assign(list(ends))
        await consumer.seek_to_beginning(*ends)
        while unread := [at for at, end in ends.items() if await consumer.position(at) < end]:
            for at, batch in (await consumer.getmany(*unread, timeout_ms=200)).items():
                for record in batch:
                    if record.key is not None and at.partition == _home(record.key, counts[at.topic]):
                        yield record


@lru_cache(maxsize=100_000)
def _home(key: bytes, partitions: int) -> int:
    return int(DefaultPartitioner()(key, range(partitions), ()))


@asynccontextmanager
async def clients(bootstrap_servers: str) -> AsyncIterator[tuple[AIOKafkaAdminClient, AIOKafkaConsumer]]:
    """An administrator and a consumer without a group, closed also where they could not start."""
    with _let_go_by_nobody():
        async with AsyncExitStack() as stack:
            admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
            stack.push_async_callback(admin.close)
            consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest")
            stack.push_async_callback(consumer.stop)
            await admin.start()
            await consumer.start()
            yield admin, consumer


@contextmanager
def _let_go_by_nobody() -> Iterator[None]:
    """A connection that ends makes the library cancel what waits for it, also while it stops: an error."""
    try:
        yield
    except asyncio.CancelledError:
        if (task := asyncio.current_task()) is not None and task.cancelling():
            raise
        raise KafkaConnectionError("the connection ended in the midst of a question") from None


async def partitions_of(admin: AIOKafkaAdminClient, topics: Iterable[str]) -> dict[str, int]:
    """How many partitions those of the topics have that are there; no topic is made by asking."""
    there = sorted(set(topics) & set(await admin.list_topics()))
    described = await admin.describe_topics(there) if there else ()
    return {topic["topic"]: len(topic["partitions"]) for topic in described}


async def ends_of(
    consumer: AIOKafkaConsumer, counts: Mapping[str, int]
) -> dict[TopicPartition, tuple[int, int]]:
    """The partitions that hold anything, and the offsets where each begins and ends."""
    parts = [TopicPartition(topic, number) for topic, count in counts.items() for number in range(count)]
    if not parts:
        return {}
    begins, ends = await consumer.beginning_offsets(parts), await consumer.end_offsets(parts)
    return {at: (begins[at], end) for at, end in ends.items() if end > begins[at]}
