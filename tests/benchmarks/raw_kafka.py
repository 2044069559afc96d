"""Kafka without the fund's messaging: the baselines, and topics filled for readers."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from tests.support.services import KafkaRecord

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from shared.events import Event


@asynccontextmanager
async def producing(kafka: str) -> AsyncIterator[AIOKafkaProducer]:
    """An idempotent producer with the relay's settings."""
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka, acks="all", enable_idempotence=True, linger_ms=0, max_batch_size=131_072
    )
    await producer.start()
    try:
        yield producer
    finally:
        await producer.stop()


@asynccontextmanager
async def consuming(kafka: str, topic: str) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer from the beginning of a topic, in a group of its own, that commits when told to."""
    consumer = AIOKafkaConsumer(
        topic,
        bootstrap_servers=kafka,
        group_id=f"benchmark-{uuid4().hex[:8]}",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        yield consumer
    finally:
        await consumer.stop()


async def send_all(kafka: str, records: Iterable[KafkaRecord]) -> int:
    """Send records as fast as one producer can, wait until all are acknowledged, and answer how many."""
    async with producing(kafka) as producer:
        futures = [
            await producer.send(each.topic, key=each.key, value=each.value, headers=each.headers)
            for each in records
        ]
        await asyncio.gather(*futures)
    return len(futures)


def as_relayed(event: Event, sequence: int) -> KafkaRecord:
    """The record that the relay would send, with all its headers."""
    headers = {
        "ce_specversion": "1.0",
        "ce_id": str(uuid4()),
        "ce_type": event.name,
        "ce_source": "benchmarks",
        "ce_subject": event.key,
        "ce_time": datetime.now(UTC).isoformat(),
        "ce_sequence": str(sequence),
        "ce_council": "benchmark",
        "ce_actor": "benchmarks",
        "ce_correlationid": str(uuid4()),
        "ce_causationid": "",
        "content-type": "application/json",
    }
    encoded = [(name, value.encode()) for name, value in headers.items()]
    return KafkaRecord(event.topic, event.key.encode(), event.model_dump_json().encode(), encoded)
