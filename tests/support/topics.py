"""Topics of a test's own: made with settings, taken away, and read to their end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType


@dataclass(frozen=True)
class Sent:
    """One record as it stands in a topic."""

    key: str
    sequence: int
    type: str
    event_id: str
    value: str


@asynccontextmanager
async def administering(bootstrap_servers: str) -> AsyncIterator[Any]:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await admin.start()
    try:
        yield admin
    finally:
        await admin.close()


def a_topic_name() -> str:
    return f"test.{uuid4().hex[:12]}"


async def make_topic(bootstrap_servers: str, name: str, partitions: int = 3, **settings: str) -> None:
    """A topic with these settings; of a name that was just deleted, as soon as Kafka lets go of it."""
    topic = NewTopic(name, partitions, 1, topic_configs={k.replace("_", "."): v for k, v in settings.items()})
    async with administering(bootstrap_servers) as admin:
        for _ in range(100):
            answer = await admin.create_topics([topic])
            if answer.topic_errors[0][1] == 0:
                return
            await asyncio.sleep(0.05)
    raise AssertionError(answer)


async def remove_topic(bootstrap_servers: str, name: str) -> None:
    async with administering(bootstrap_servers) as admin:
        await admin.delete_topics([name])


async def set_on_topic(bootstrap_servers: str, name: str, **settings: str) -> None:
    configs = {k.replace("_", "."): v for k, v in settings.items()}
    async with administering(bootstrap_servers) as admin:
        await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, configs)])


async def standing_in(bootstrap_servers: str, topic: str) -> list[Sent]:
    """What a topic holds now, in the order of each partition."""
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest")
    await consumer.start()
    try:
        await consumer._client.add_topic(topic)
        while not (partitions := consumer.partitions_for_topic(topic)):
            await consumer._client.force_metadata_update()
        places = [TopicPartition(topic, number) for number in partitions]
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        found: list[Sent] = []
        while any([await consumer.position(at) < end for at, end in ends.items()]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += map(_sent, records)
        return found
    finally:
        await consumer.stop()


def _sent(record: Any) -> Sent:
    headers = {name: value.decode() for name, value in record.headers}
    return Sent(
        record.key.decode(),
        int(headers["ce_sequence"]),
        headers["ce_type"],
        headers["ce_id"],
        record.value.decode(),
    )
