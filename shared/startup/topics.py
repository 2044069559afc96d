"""Whether Kafka has every topic of the published language, in its shape; Kafka itself may come later."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field

import structlog
from aiokafka.admin import AIOKafkaAdminClient

from shared.events.topics import PARTITIONS, TOPICS

log = structlog.get_logger()

REQUEST_MS = 5_000
AGAIN_SECONDS = 1.0
NOT_ASKED = "Kafka has not answered yet."


@dataclass(slots=True)
class Topics:
    """What is wrong with Kafka's topics, in sentences, until nothing is: only then are events carried."""

    bootstrap_servers: str
    wrong: list[str] = field(default_factory=lambda: [NOT_ASKED])

    async def until_right(self) -> None:
        """Ask until every topic is there; what is wrong is logged when it changes."""
        while True:
            try:
                found = await topic_refusals(self.bootstrap_servers)
            except Exception as error:
                found = [NOT_ASKED]
                log.warning("kafka_away", error=repr(error)[:300])
            if found not in ([NOT_ASKED], self.wrong):
                log.log(40 if found else 20, "topics_wrong" if found else "topics_right", wrong=found)
            self.wrong = found
            if not found:
                return
            await asyncio.sleep(AGAIN_SECONDS)


async def topic_refusals(bootstrap_servers: str) -> list[str]:
    """What is wrong with the topics, a sentence each; raises where Kafka is away."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers, request_timeout_ms=REQUEST_MS)
    try:
        await admin.start()
        described = await admin.describe_topics(list(TOPICS))
    finally:
        await admin.close()
    partitions = {each["topic"]: len(each["partitions"]) for each in described if each["partitions"]}
    return shape_refusals(partitions)


def shape_refusals(partitions: Mapping[str, int]) -> list[str]:
    """What is wrong where these topics are there with so many partitions."""
    missing = sorted(set(TOPICS) - set(partitions))
    wrong = [topic for topic in TOPICS if partitions.get(topic, PARTITIONS) != PARTITIONS]
    return [*map(_missing, [missing] if missing else []), *(_wrong(each, partitions[each]) for each in wrong)]


def _missing(topics: list[str]) -> str:
    return f"Kafka has no topics {', '.join(topics)}. Make them: ./deploy/operate topics."


def _wrong(topic: str, found: int) -> str:
    return (
        f"Topic {topic} has {found} partitions and needs {PARTITIONS}, or the order of its events breaks. "
        "Delete it and make it again: it is refilled from the event logs."
    )
