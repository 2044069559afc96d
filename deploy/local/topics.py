"""Creates the Kafka topics that the published language declares, and refuses ones of another shape."""

from __future__ import annotations

import asyncio
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import NoError, TopicAlreadyExistsError

from deploy.local.missing import Missing
from shared.events.topics import PARTITIONS, TOPIC_SETTINGS, TOPICS

MOST_REPLICAS = 3
KNOWN_WITHIN_SECONDS = 20
MADE = (NoError.errno, TopicAlreadyExistsError.errno)


async def create_topics(bootstrap_servers: str) -> None:
    """Make every topic that is absent; an existing one with another number of partitions is refused."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await admin.start()
    try:
        await _create(admin, sorted(set(TOPICS) - set(await admin.list_topics())))
        _refuse_other_shapes(await _describe(admin))
    finally:
        await admin.close()


async def _describe(admin: AIOKafkaAdminClient) -> list[dict[str, Any]]:
    for _ in range(KNOWN_WITHIN_SECONDS * 10):
        topics: list[dict[str, Any]] = await admin.describe_topics(list(TOPICS))
        if not any(topic["error_code"] for topic in topics):
            return topics
        await asyncio.sleep(0.1)
    raise Missing("Kafka does not show the topics that were created. See its log, then start again.")


def _refuse_other_shapes(topics: list[dict[str, Any]]) -> None:
    for topic in topics:
        found = len(topic["partitions"])
        if found != PARTITIONS:
            raise Missing(
                f"Topic {topic['topic']} has {found} partitions; the fund needs {PARTITIONS}, since another "
                "number breaks the order of events. Delete the topic: it is refilled from the event logs."
            )


async def _create(admin: AIOKafkaAdminClient, names: list[str]) -> None:
    if not names:
        return
    brokers = (await admin.describe_cluster())["brokers"]
    replicas = min(len(brokers), MOST_REPLICAS)
    answer = await admin.create_topics(
        [NewTopic(name, PARTITIONS, replicas, topic_configs=TOPIC_SETTINGS) for name in names]
    )
    refused = [f"{name}: {message}" for name, code, message in answer.topic_errors if code not in MADE]
    if refused:
        raise Missing("Kafka refused to create topics. " + "; ".join(refused))
