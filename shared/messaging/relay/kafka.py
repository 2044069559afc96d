"""What the relay asks of Kafka beside sending: which topics there are, and how far their logs reach."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    CorruptRecordException,
    InvalidTimestampError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    ProducerClosed,
    RecordListTooLargeError,
)
from aiokafka.protocol.offset import OffsetRequest

REFUSALS = (
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    CorruptRecordException,
    InvalidTimestampError,
    PolicyViolationError,
)
"""Kafka's word on the record itself: sending it again will not help."""

BATCH_BYTES = 256 * 1024
REQUEST_TIMEOUT_MS = 10_000
STOP_SECONDS = 2.0
LATEST = -1


@asynccontextmanager
async def producing(bootstrap_servers: str, client_id: str) -> AsyncIterator[AIOKafkaProducer]:
    """An idempotent producer that waits for every replica; left behind for good at the end."""
    producer = AIOKafkaProducer(
        bootstrap_servers=bootstrap_servers,
        client_id=client_id,
        acks="all",
        enable_idempotence=True,
        linger_ms=0,
        max_batch_size=BATCH_BYTES,
        request_timeout_ms=REQUEST_TIMEOUT_MS,
    )
    try:
        await producer.start()
        yield producer
    finally:
        await _abandon(producer)


async def _abandon(producer: AIOKafkaProducer) -> None:
    """Stop, and leave nothing behind that goes on trying: an idempotent producer never gives up by itself."""
    with suppress(Exception):
        await asyncio.wait_for(producer.stop(), STOP_SECONDS)
    producer._message_accumulator.fail_all(ProducerClosed())  # noqa: SLF001 - the library has no way to give up
    if (sender := producer._sender.sender_task) is not None:  # noqa: SLF001 - as above
        sender.cancel()
    with suppress(Exception):
        await asyncio.wait_for(producer.client.close(), STOP_SECONDS)


async def known_topics(client: Any, topics: Collection[str]) -> dict[str, int]:
    """Those of the topics that Kafka has now, with their number of partitions."""
    found: dict[str, int] = {}
    for _ in range(
        2
    ):  # the first answer may be to a question that was on its way already, without these topics
        for topic in topics:
            client.add_topic(topic)
        await client.force_metadata_update()
        found = {topic: len(client.cluster.partitions_for_topic(topic) or ()) for topic in topics}
        if all(found.values()):
            break
    return {topic: partitions for topic, partitions in found.items() if partitions}


async def lost_topics(client: Any, acknowledged: Mapping[TopicPartition, int]) -> set[str]:
    """Topics whose log now ends before what Kafka had acknowledged: it has lost them, in whole or in part."""
    asked = dict(acknowledged)
    ends = await _ends(client, asked)
    return {at.topic for at, end in ends.items() if end <= asked[at]}


async def _ends(client: Any, asked: Collection[TopicPartition]) -> dict[TopicPartition, int]:
    """The offset that the next record of each partition will have; those without a leader are left out."""
    by_node: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for at in asked:
        node = client.cluster.leader_for_partition(at)
        if node not in {None, -1}:
            by_node.setdefault(node, {}).setdefault(at.topic, []).append((at.partition, LATEST))
    ends = {}
    for node, topics in by_node.items():
        answer = await client.send(node, OffsetRequest(-1, 0, list(topics.items())))
        for topic, partitions in answer.topics:
            for partition, error, *_, offset in partitions:
                if error == 0:
                    ends[TopicPartition(topic, partition)] = offset
    return ends
