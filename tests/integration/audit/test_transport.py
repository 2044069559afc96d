"""What the auditor finds in a real Kafka: what the relay sent is right, and each other thing is found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from aiokafka import AIOKafkaProducer

from deploy.audit.quiet import _acknowledged, _in_kafka
from deploy.audit.snapshot import Logged, Snapshot, opened
from deploy.audit.transport import clients, kafka_holds_the_logs
from shared.messaging.relay import Relay
from tests.support.messaging import Ledger, create_topic, event_on, ledger, running, until

SERVICE = "audited"


@pytest.fixture
async def effects(postgres_url: str) -> Any:
    async with ledger(postgres_url) as made:
        yield made


async def sent(effects: Ledger, kafka_bootstrap_servers: str) -> Snapshot:
    """Three events of one key and one of another, sent by the relay."""
    event = event_on(await create_topic(kafka_bootstrap_servers))
    await effects.record(*((event(counter="one", number=n), n) for n in (1, 2, 3)))
    await effects.record((event(counter="two", number=1), 1))
    relay = Relay(SERVICE, effects.database_url, kafka_bootstrap_servers)

    async def outbox_is_empty() -> bool:
        return not await effects.rows("SELECT 1 FROM outbox")

    async with running(relay.run()):
        await until(outbox_is_empty, "all is sent")
    async with opened({SERVICE: effects.database_url}) as snapshot:
        await snapshot.load()
    return snapshot


FAULTS: tuple[tuple[str, Callable[[list[Logged]], list[Logged]]], ...] = (
    ("in_kafka", lambda log: [*log, replace(log[-1], event_id=log[0].correlation_id, position=99)]),
    ("kafka_equals_log", lambda log: [replace(log[0], payload="{}"), *log[1:]]),
    ("kafka_equals_log", lambda log: [replace(log[0], actor="somebody else"), *log[1:]]),
)


async def test_what_the_relay_sent_is_right_and_what_differs_is_found(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    snapshot = await sent(effects, kafka_bootstrap_servers)
    log = snapshot.logs[SERVICE]

    assert await kafka_holds_the_logs(snapshot, kafka_bootstrap_servers) == []
    for check, fault in FAULTS:
        snapshot.logs[SERVICE] = fault(log)
        findings = await kafka_holds_the_logs(snapshot, kafka_bootstrap_servers)
        assert [finding.check for finding in findings] == [check]


async def test_a_second_copy_is_nothing_and_a_first_one_out_of_order_is_found(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    snapshot = await sent(effects, kafka_bootstrap_servers)
    first, second = snapshot.logs[SERVICE][:2]
    late = replace(second, event_id=second.correlation_id, sequence=4, position=99)
    early = replace(second, event_id=UUID(int=1), sequence=2, position=98)
    third = snapshot.logs[SERVICE][2]
    snapshot.logs[SERVICE] += [late]
    for partition in range(3):
        await send_again(kafka_bootstrap_servers, late, partition=partition)
        await send_again(kafka_bootstrap_servers, first, partition=partition)
    assert await kafka_holds_the_logs(snapshot, kafka_bootstrap_servers) == []

    snapshot.logs[SERVICE] = [first, replace(third, position=97), early]
    await send_again(kafka_bootstrap_servers, early)
    [finding] = await kafka_holds_the_logs(snapshot, kafka_bootstrap_servers)

    assert finding.check == "order_of_key"
    assert "1, 3, 2" in finding.message


async def send_again(bootstrap_servers: str, *events: Logged, partition: int | None = None) -> None:
    """As the relay would, but by hand."""
    async with AIOKafkaProducer(bootstrap_servers=bootstrap_servers) as producer:
        for event in events:
            headers = {
                "ce_specversion": "1.0",
                "ce_id": str(event.event_id),
                "ce_type": event.type,
                "ce_source": SERVICE,
                "ce_subject": event.key,
                "ce_time": event.occurred_at.isoformat(),
                "ce_sequence": str(event.sequence),
                "ce_council": event.council,
                "ce_actor": event.actor,
                "ce_correlationid": str(event.correlation_id),
                "ce_causationid": str(event.causation_id or ""),
                "content-type": "application/json",
            }
            encoded = [(name, value.encode()) for name, value in headers.items()]
            await producer.send_and_wait(
                event.topic,
                key=event.key.encode(),
                value=event.payload.encode(),
                headers=encoded,
                partition=partition,
            )


async def test_a_group_that_has_not_read_is_behind(effects: Ledger, kafka_bootstrap_servers: str) -> None:
    snapshot = await sent(effects, kafka_bootstrap_servers)
    topic = snapshot.logs[SERVICE][0].topic

    assert await _in_kafka(kafka_bootstrap_servers, {f"nobody-{topic}": {topic}}, {}) == [
        f"nobody-{topic}: 4 records to read from Kafka"
    ]


async def test_nothing_is_at_rest_until_a_lost_topic_is_sent_again(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    topic = (await sent(effects, kafka_bootstrap_servers)).logs[SERVICE][0].topic
    async with opened({SERVICE: effects.database_url}) as snapshot:
        acknowledged = await _acknowledged(snapshot)

    assert await _in_kafka(kafka_bootstrap_servers, {}, acknowledged) == []
    async with clients(kafka_bootstrap_servers) as (admin, _):
        await admin.delete_topics([topic])
    assert await _in_kafka(kafka_bootstrap_servers, {}, acknowledged) == [
        f"{SERVICE}: {topic} to be sent again, Kafka has lost it"
    ]


async def test_a_kafka_that_is_away_is_said(effects: Ledger) -> None:
    async with opened({SERVICE: effects.database_url}) as snapshot:
        await snapshot.load()

    [finding] = await kafka_holds_the_logs(snapshot, "127.0.0.1:1")

    assert finding.check == "kafka_answers"
