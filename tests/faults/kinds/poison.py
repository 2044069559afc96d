"""Records that no service can make sense of, on every topic; afterwards an operator gives them up."""

import asyncio
import random
from uuid import UUID, uuid4

from aiokafka import AIOKafkaProducer

from deploy.audit.handled import HANDLED
from deploy.local.databases import SERVICES
from services.portal.identity.people import OPERATOR
from shared.events import EVENTS
from shared.events.topics import PARTITIONS, TOPICS
from tests.faults.auditing import wait_until_quiet
from tests.faults.kinds.kind import Ground, kind
from tests.faults.kinds.unreadable import MAKERS, VALUES, wrong_shape

SOME_KEY = "SELECT key FROM event_log WHERE topic = $1 ORDER BY random() LIMIT 1"
LAID_OUT = """
    SELECT id FROM parked_event
    WHERE discarded_at IS NULL AND (value IS NULL OR value = ANY($1::bytea[])) ORDER BY id
"""
TWICE = 60
HELD = "SELECT topic, key FROM parked_key ORDER BY topic, key"


@kind(weight=8)
async def poison(ground: Ground, chance: random.Random) -> None:
    """Some kinds of poison on every topic."""
    ground.poisoned = True
    async with ground.system.held("kafka"):
        producer = AIOKafkaProducer(
            bootstrap_servers=ground.system.bootstrap_servers, max_request_size=2_000_000
        )
        await producer.start()
        try:
            for topic in TOPICS:
                for make in chance.sample(MAKERS, 3):
                    key, value, headers = make(topic, await _key(ground, chance, topic))
                    await producer.send_and_wait(topic, value, key, headers=headers)
        finally:
            await producer.stop()


@kind(weight=1)
async def poison_for_two_replicas(ground: Ground, chance: random.Random) -> None:
    """The same unreadable records on two partitions, in two orders, while two replicas read them."""
    ground.poisoned = True
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
            await asyncio.gather(*sending)
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


async def give_up_poison(ground: Ground) -> int:
    """An operator discards what was laid out, and lets go on what lined up behind it; answers how many."""
    discarded = 0
    for service in SERVICES:
        async with ground.system.superuser(service) as superuser:
            for row in await superuser.fetch(LAID_OUT, [value for value in VALUES if value is not None]):
                discarded += 1
                path = f"/messaging/parked-events/{row['id']}/discard"
                await ground.operator.post(service, path, OPERATOR, {}, key=str(uuid4()))
            for row in await superuser.fetch(HELD):
                body = {"topic": row["topic"], "key": row["key"]}
                await ground.operator.post(service, "/messaging/replays", OPERATOR, body, key=str(uuid4()))
    return discarded
