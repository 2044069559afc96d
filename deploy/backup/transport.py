"""Empties Kafka for a restored fund: topics made anew, and with the old ones the places of all readers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from deploy.local.missing import Missing
from deploy.local.topics import create_topics
from shared.events.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Collection

GONE_WITHIN_SECONDS = 30


async def refuse_full_kafka(bootstrap_servers: str) -> None:
    """Complain where topics hold records: those tell of a future that a restored fund has not had."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await admin.start()
    try:
        there = sorted(set(TOPICS) & set(await admin.list_topics()))
    finally:
        await admin.close()
    if there and (full := await _full(bootstrap_servers, there)):
        raise Missing(f"Kafka holds records in {', '.join(full)}. --replace deletes them.")


async def empty_kafka(bootstrap_servers: str) -> None:
    """Make every topic anew, without a record and without the places that readers had reached."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await admin.start()
    try:
        if there := sorted(set(TOPICS) & set(await admin.list_topics())):
            await admin.delete_topics(there)
            await _until_gone(admin, there)
    finally:
        await admin.close()
    await create_topics(bootstrap_servers)


async def _until_gone(admin: AIOKafkaAdminClient, topics: Collection[str]) -> None:
    for _ in range(GONE_WITHIN_SECONDS * 10):
        if not set(topics) & set(await admin.list_topics()):
            return
        await asyncio.sleep(0.1)
    raise Missing("Kafka still shows topics that were deleted. See its log, then try again.")


async def _full(bootstrap_servers: str, topics: Collection[str]) -> list[str]:
    consumer = AIOKafkaConsumer(*topics, bootstrap_servers=bootstrap_servers)
    await consumer.start()
    try:
        places: list[TopicPartition] = list(consumer.assignment())
        ends = await consumer.end_offsets(places)
    finally:
        await consumer.stop()
    return sorted({place.topic for place, end in ends.items() if end})
