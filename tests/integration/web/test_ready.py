"""A service without Kafka, or without a topic, says that it is not ready, answers all the same, and stops."""

import asyncio

from tests.support.services import ServiceUnderTest


async def test_readiness_names_what_is_wrong_with_the_topics(counting: ServiceUnderTest) -> None:
    counting.service.topics.wrong = ["Kafka has no topics contributions.pot."]

    lacking = await counting.request("GET", "/health/ready", None)
    counting.service.topics.wrong = []
    ready = await counting.request("GET", "/health/ready", None)

    assert (lacking.status_code, ready.status_code) == (503, 200)
    assert lacking.json()["topics"] == ["Kafka has no topics contributions.pot."]


async def test_a_service_without_kafka_answers_requests_and_stops_at_once(counting: ServiceUnderTest) -> None:
    async with asyncio.timeout(5), counting.service.running(counting.app):
        answer = await counting.request("GET", "/health/ready", None)
        alive = await counting.request("GET", "/health/live", None)

    assert answer.json()["topics"] == ["Kafka has not answered yet."]
    assert (answer.status_code, alive.status_code) == (503, 200)
