"""What the relay does when a broker comes back with nothing of what it held."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from deploy.local.kafka import KafkaServer
from deploy.local.temporary import temporary_state
from shared.messaging.relay import Relay
from tests.support.messaging import Ledger, event_on, running, until
from tests.support.topics import a_topic_name, make_topic, standing_in

LAST = 200


@pytest.fixture
async def kafka() -> AsyncIterator[KafkaServer]:
    async with temporary_state() as state:
        server = KafkaServer(state, short_lived=True)
        await server.start()
        yield server
        await server.stop()


async def test_what_is_committed_while_kafka_loses_its_disk_comes_behind_what_came_before(
    effects: Ledger, kafka: KafkaServer
) -> None:
    topic, servers = a_topic_name(), kafka.bootstrap_servers
    event = event_on(topic)
    await make_topic(servers, topic)
    relay = Relay("tests", effects.database_url, servers, refill_after_seconds=0.5)
    effects.work = type(effects.work)(effects.sessions, 10, relay.wake)

    async def all_is_sent() -> bool:
        return not await effects.rows("SELECT 1 FROM outbox")

    async def go_on() -> None:
        for number in range(6, LAST + 1):
            await effects.record((event(counter="a", number=number), number))
            await asyncio.sleep(0.02)

    async def lose_the_disk() -> None:
        await kafka.wipe()
        await kafka.start()
        await make_topic(servers, topic)

    async with running(relay.run()):
        await effects.record(*((event(counter="a", number=n), n) for n in range(1, 6)))
        await until(all_is_sent, "five events are sent")
        await asyncio.gather(go_on(), lose_the_disk())

        async def refilled() -> bool:
            return len(await standing_in(servers, topic)) >= LAST and await all_is_sent()

        await until(refilled, "the topic is full again", seconds=30)
    sent = [record.sequence for record in await standing_in(servers, topic)]
    assert list(dict.fromkeys(sent)) == list(range(1, LAST + 1))
