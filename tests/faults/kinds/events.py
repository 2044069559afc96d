"""Events that come twice, late, on other partitions and out of order."""

import random
from typing import Any

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from services.portal.identity.people import OPERATOR
from shared.events.topics import PARTITIONS, TOPICS
from tests.faults.kinds.kind import Ground, kind
from tests.faults.kinds.unreadable import VALUES
from tests.faults.system import PUBLISHERS

MOST = 60
STRAY = "ce_specversion"
"""Left out of what is put where it does not belong: the auditor then does not take it for the relay's."""


async def resend_some(ground: Ground, chance: random.Random, service: str) -> None:
    """An operator sends a stretch of a service's log again."""
    async with ground.system.held("postgresql"), ground.system.superuser(service) as superuser:
        last = await superuser.fetchval("SELECT max(position) FROM event_log") or 1
    first = chance.randrange(max(1, last - 500), last + 1)
    body = {"first": first, "last": first + chance.randrange(1, MOST)}
    key = str(chance.getrandbits(100))
    await ground.operator.post(service, "/messaging/resends", OPERATOR, body, key=key)


@kind(weight=8)
async def resend_old_events(ground: Ground, chance: random.Random) -> None:
    """A stretch of one service's log comes again by its relay, behind newer events."""
    await resend_some(ground, chance, chance.choice(PUBLISHERS))


@kind(weight=8)
async def duplicate_records(ground: Ground, chance: random.Random) -> None:
    """Records come again as they are, shuffled among the topics."""
    async with ground.system.held("kafka"):
        records = await _old_records(ground, chance)
        await _produce_again(ground, chance, records, scattered=False)


@kind(weight=6)
async def duplicate_on_other_partitions(ground: Ground, chance: random.Random) -> None:
    """Records come again on partitions where they do not belong, so that two replicas meet over them."""
    async with ground.system.held("kafka"):
        records = await _old_records(ground, chance)
        await _produce_again(ground, chance, records, scattered=True)


async def _old_records(ground: Ground, chance: random.Random) -> list[Any]:
    consumer = AIOKafkaConsumer(bootstrap_servers=ground.system.bootstrap_servers, enable_auto_commit=False)
    await consumer.start()
    try:
        partitions = [TopicPartition(topic, number) for topic in TOPICS for number in range(PARTITIONS)]
        ends = await consumer.end_offsets(partitions)
        filled = [partition for partition in partitions if ends[partition]]
        consumer.assign(filled)
        for partition in filled:
            consumer.seek(partition, chance.randrange(ends[partition]))
        found = await consumer.getmany(timeout_ms=1000, max_records=MOST) if filled else {}
        return [record for records in found.values() for record in records]
    finally:
        await consumer.stop()


async def _produce_again(
    ground: Ground, chance: random.Random, records: list[Any], *, scattered: bool
) -> None:
    fine = [record for record in records if record.value not in VALUES]
    chance.shuffle(fine)
    producer = AIOKafkaProducer(bootstrap_servers=ground.system.bootstrap_servers)
    await producer.start()
    try:
        for record in fine:
            partition = chance.randrange(PARTITIONS) if scattered else record.partition
            headers = [(name, value) for name, value in record.headers if not (scattered and name == STRAY)]
            await producer.send_and_wait(
                record.topic, record.value, record.key, partition=partition, headers=headers
            )
    finally:
        await producer.stop()
