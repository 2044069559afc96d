"""The topics as the broker keeps them."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from deploy.backup import empty_kafka, refuse_full_kafka
from deploy.local import topics
from deploy.local.missing import Missing
from shared.events.topics import PARTITIONS, TOPICS
from shared.startup import Topics, topic_refusals


@pytest.fixture
async def admin(kafka_bootstrap_servers: str) -> AsyncIterator[AIOKafkaAdminClient]:
    client = AIOKafkaAdminClient(bootstrap_servers=kafka_bootstrap_servers)
    await client.start()
    yield client
    await client.close()


async def test_every_declared_topic_is_made_with_its_partitions_and_kept_for_ever(
    admin: AIOKafkaAdminClient, kafka_bootstrap_servers: str
) -> None:
    await topics.create_topics(kafka_bootstrap_servers)

    described = await admin.describe_topics(list(TOPICS))
    assert {topic["topic"]: len(topic["partitions"]) for topic in described} == dict.fromkeys(
        TOPICS, PARTITIONS
    )
    [answer] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, TOPICS[0])])
    settings = {entry[0]: entry[1] for entry in answer.resources[0][4]}
    assert settings["retention.ms"] == "-1"


async def test_making_the_topics_again_changes_nothing(kafka_bootstrap_servers: str) -> None:
    await topics.create_topics(kafka_bootstrap_servers)

    await topics.create_topics(kafka_bootstrap_servers)


async def test_a_topic_with_another_number_of_partitions_is_refused_by_name(
    admin: AIOKafkaAdminClient, kafka_bootstrap_servers: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = f"odd.{secrets.token_hex(4)}"
    await admin.create_topics([NewTopic(odd, 3, 1)])
    monkeypatch.setattr(topics, "TOPICS", (odd,))

    with pytest.raises(Missing, match=f"{odd} has 3 partitions"):
        await topics.create_topics(kafka_bootstrap_servers)

    await admin.delete_topics([odd])


async def test_a_service_asks_for_the_topics_until_they_are_there(kafka_bootstrap_servers: str) -> None:
    await topics.create_topics(kafka_bootstrap_servers)
    watch = Topics(kafka_bootstrap_servers)

    await asyncio.wait_for(watch.until_right(), 20)

    assert watch.wrong == []
    assert await topic_refusals(kafka_bootstrap_servers) == []


async def test_a_restore_is_refused_over_records_until_kafka_is_emptied(kafka_bootstrap_servers: str) -> None:
    await topics.create_topics(kafka_bootstrap_servers)
    producer = AIOKafkaProducer(bootstrap_servers=kafka_bootstrap_servers)
    await producer.start()
    await producer.send_and_wait(TOPICS[0], b"of a future that a restored fund has not had")
    await producer.stop()

    with pytest.raises(Missing, match=f"Kafka holds records in {TOPICS[0]}."):
        await refuse_full_kafka(kafka_bootstrap_servers)
    await empty_kafka(kafka_bootstrap_servers)

    await refuse_full_kafka(kafka_bootstrap_servers)
    assert await topic_refusals(kafka_bootstrap_servers) == []
