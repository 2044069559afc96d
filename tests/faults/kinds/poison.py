"""Records that no service can make sense of, on every topic; afterwards an operator gives them up."""

import asyncio
import random
from typing import Any, TypeAlias
from uuid import UUID, uuid4

from aiokafka import AIOKafkaProducer

from deploy.audit.handled import HANDLED
from deploy.local.databases import SERVICES
from services.portal.identity.people import OPERATOR
from shared.events import EVENTS
from shared.events.topics import PARTITIONS, TOPICS
from tests.faults.auditing import wait_until_quiet
from tests.faults.chance import drawn_from
from tests.faults.kinds.kind import Ground, kind

Headers: TypeAlias = list[tuple[str, Any]]
Poison: TypeAlias = tuple[bytes | None, bytes | None, Headers]
"""Key, value and headers."""

SOME_KEY = "SELECT key FROM event_log WHERE topic = $1 ORDER BY random() LIMIT 1"
LAID_OUT = """
    SELECT p.id, p.topic, p.key FROM parked_event p
    JOIN unnest($1::text[], $2::int[], $3::bigint[]) AS laid(topic, place, at)
      ON p.topic = laid.topic AND p.record_partition = laid.place AND p.record_offset = laid.at
    WHERE p.discarded_at IS NULL ORDER BY p.id
"""
TWICE = 60
HELD = "SELECT topic, key FROM parked_key ORDER BY topic, key"


@kind(weight=8)
async def poison(ground: Ground, chance: random.Random) -> None:
    """Some kinds of poison on every topic."""
    async with ground.system.held("kafka"):
        producer = AIOKafkaProducer(
            bootstrap_servers=ground.system.bootstrap_servers, max_request_size=2_000_000
        )
        await producer.start()
        try:
            for topic in TOPICS:
                for make in chance.sample(MAKERS, 3):
                    key, value, headers = make(topic, await _key(ground, chance, topic))
                    sent = await producer.send_and_wait(topic, value, key, headers=headers)
                    ground.poison.append((topic, sent.partition, sent.offset))
        finally:
            await producer.stop()


@kind(weight=1)
async def poison_for_two_replicas(ground: Ground, chance: random.Random) -> None:
    """The same unreadable records on two partitions, in two orders, while two replicas read them."""
    topic = chance.choice(TOPICS)
    name = chance.choice([service for service in SERVICES if topic_is_read(service, topic)])
    records = [wrong_shape(topic, str(uuid4()).encode()) for _ in range(TWICE)]
    async with ground.system.held("kafka"), ground.system.replica(name):
        producer = AIOKafkaProducer(bootstrap_servers=ground.system.bootstrap_servers, linger_ms=20)
        await producer.start()
        try:
            sending = []
            for partition in chance.sample(range(PARTITIONS), 6):
                for key, value, headers in chance.sample(records, len(records)):
                    sending.append(
                        await producer.send(topic, value, key, partition=partition, headers=headers)
                    )
            for sent in await asyncio.gather(*sending):
                ground.poison.append((topic, sent.partition, sent.offset))
            await wait_until_quiet(ground.system, apart_from="waiting for another")
        finally:
            await producer.stop()


def topic_is_read(service: str, topic: str) -> bool:
    """Whether any event of the topic matters to the service."""
    return any(event.topic == topic and event.name in HANDLED[service] for event in EVENTS)


async def _key(ground: Ground, chance: random.Random, topic: str) -> bytes:
    """The key of nothing, or one whose own later events then line up behind the poison."""
    if chance.random() < 0.7:
        return str(UUID(int=chance.getrandbits(128), version=4)).encode()
    system = ground.system
    async with system.held("postgresql"), system.superuser(topic.partition(".")[0]) as superuser:
        key = await superuser.fetchval(SOME_KEY, topic)
    return str(key or uuid4()).encode()


def _headers(topic: str, **changes: str) -> Headers:
    """The headers of an event of this topic that some service acts on."""
    name = next(event.name for event in EVENTS if event.topic == topic)
    attributes = {
        "ce_id": str(uuid4()),
        "ce_type": name,
        "ce_sequence": "1",
        "ce_time": "2026-01-01T00:00:00+00:00",
        **changes,
    }
    return [(header, value.encode()) for header, value in attributes.items()]


def bad_header(topic: str, key: bytes) -> Poison:
    return key, b"{}", [*_headers(topic)[:1], ("ce_type", b"\xff\xfe\x00")]


def null_header(_topic: str, key: bytes) -> Poison:
    return key, b"{}", [("ce_type", None), ("ce_id", None)]


def no_headers(_topic: str, key: bytes) -> Poison:
    return key, b"{}", []


def bad_json(topic: str, key: bytes) -> Poison:
    return key, b'{"half": ', _headers(topic)


def wrong_shape(topic: str, key: bytes) -> Poison:
    return key, b'["a list"]', _headers(topic)


def unknown_version(topic: str, key: bytes) -> Poison:
    return key, b"{}", _headers(topic, ce_type="application.submitted.v99")


def bad_id(topic: str, key: bytes) -> Poison:
    return key, b"{}", _headers(topic, ce_id="not an id")


def bad_time(topic: str, key: bytes) -> Poison:
    return key, b"{}", _headers(topic, ce_time="yesterday")


def huge_key(topic: str, key: bytes) -> Poison:
    noise = drawn_from(key).randbytes(10_000).hex()  # what can be pressed together fits into an index
    return noise.encode(), b"{}", _headers(topic)


def null_value(topic: str, key: bytes) -> Poison:
    return key, None, _headers(topic)


def null_key(topic: str, _key: bytes) -> Poison:
    return None, b"not JSON", _headers(topic)


def bad_key(topic: str, key: bytes) -> Poison:
    return b"\xff\x00" + key, b"\x00\xff", _headers(topic)


MAKERS = (
    bad_header,
    null_header,
    no_headers,
    bad_json,
    wrong_shape,
    unknown_version,
    bad_id,
    bad_time,
    huge_key,
    null_value,
    null_key,
    bad_key,
)


async def give_up_poison(ground: Ground) -> int:
    """An operator discards what was laid out, and lets go on what lined up behind it; answers how many."""
    columns = list(zip(*ground.poison, strict=True)) if ground.poison else [(), (), ()]
    discarded = 0
    for service in SERVICES:
        async with ground.system.superuser(service) as superuser:
            for row in await superuser.fetch(LAID_OUT, *map(list, columns)):
                discarded += 1
                path = f"/messaging/parked-events/{row['id']}/discard"
                await ground.operator.post(service, path, OPERATOR, {}, key=str(uuid4()))
            for row in await superuser.fetch(HELD):
                body = {"topic": row["topic"], "key": row["key"]}
                await ground.operator.post(service, "/messaging/replays", OPERATOR, body, key=str(uuid4()))
    return discarded
