"""From one service's transaction to another's, over a real broker, with processes killed in between."""

import asyncio
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from aiokafka import AIOKafkaConsumer

from shared.messaging import Handlers
from shared.messaging.relay import Relay
from tests.support.messaging import Ledger, count, create_topic, event_on, ledger, running, until

CHECKOUT = Path(__file__).parents[3]
END_WAITING_DELETE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE '%DELETE FROM outbox%'
        AND pid <> pg_backend_pid()
"""


@asynccontextmanager
async def process(module: str, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of our own, killed at the end if it still runs."""
    started = await asyncio.create_subprocess_exec(sys.executable, "-m", module, *arguments, cwd=CHECKOUT)
    try:
        yield started
    finally:
        if started.returncode is None:
            started.send_signal(signal.SIGKILL)
        await started.wait()


async def sent(bootstrap_servers: str, topic: str, at_least: int) -> list[tuple[str, int]]:
    """(key, sequence) of what stands in a topic, in the order of each partition."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap_servers, auto_offset_reset="earliest")
    await consumer.start()
    found: list[tuple[str, int]] = []
    try:
        while True:
            batches = await consumer.getmany(timeout_ms=1500)
            if not batches and len(found) >= at_least:
                return found
            for records in batches.values():
                found += [(got.key.decode(), int(dict(got.headers)["ce_sequence"])) for got in records]
    finally:
        await consumer.stop()


async def test_eight_writers_events_reach_kafka_once_and_in_order_of_each_key(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    topic = await create_topic(kafka_bootstrap_servers)
    event = event_on(topic)

    async def write(key: str) -> None:
        for n in range(1, 41):
            await effects.record((event(counter=key, number=n), n))

    relay = Relay("tests", effects.database_url, kafka_bootstrap_servers)
    async with running(relay.run()):
        await asyncio.gather(*(write(f"key {n}") for n in range(8)))
        found = await sent(kafka_bootstrap_servers, topic, at_least=320)

    by_key = defaultdict(list)
    for key, sequence in found:
        by_key[key].append(sequence)
    assert by_key == {f"key {n}": list(range(1, 41)) for n in range(8)}
    assert await effects.rows("SELECT * FROM outbox") == []


async def test_a_commit_in_one_service_takes_effect_in_another(
    effects: Ledger, postgres_url: str, kafka_bootstrap_servers: str
) -> None:
    event = event_on(await create_topic(kafka_bootstrap_servers))
    handlers = Handlers(f"reader-{event.topic}")
    handlers.on(event, count)
    async with ledger(postgres_url) as other:
        relay = Relay("tests", effects.database_url, kafka_bootstrap_servers)
        reader = other.reader(handlers, kafka_bootstrap_servers)
        async with running(relay.run(), reader.run()):
            await effects.record(*((event(counter="a", number=n), n) for n in range(1, 4)))

            async def arrived() -> bool:
                return await other.effects() == [1, 2, 3]

            await until(arrived, "three effects")
            assert reader.assigned
            assert reader.lag() == 0


async def test_a_relay_that_is_killed_between_send_and_delete_sends_again_and_nothing_is_lost(
    effects: Ledger, postgres_url: str, kafka_bootstrap_servers: str
) -> None:
    event = event_on(await create_topic(kafka_bootstrap_servers))
    await effects.record(*((event(counter="a", number=n), n) for n in range(1, 6)))
    blocker = await asyncpg.connect(effects.database_url.replace("+asyncpg", ""))
    try:
        async with blocker.transaction():
            await blocker.execute("SELECT * FROM outbox FOR UPDATE")
            arguments = (effects.database_url, kafka_bootstrap_servers)
            async with process("tests.support.relay_process", *arguments) as relay_process:
                first = await sent(kafka_bootstrap_servers, event.topic, at_least=5)
                relay_process.send_signal(signal.SIGKILL)
                await relay_process.wait()
            # The server would still carry out the DELETE that it was sent by a client that is gone.
            await blocker.execute(END_WAITING_DELETE)
    finally:
        await blocker.close()
    assert first == [("a", n) for n in range(1, 6)]
    assert len(await effects.rows("SELECT * FROM outbox")) == 5

    handlers = Handlers(f"reader-{event.topic}")
    handlers.on(event, count)
    async with ledger(postgres_url) as other:
        relay = Relay("tests", effects.database_url, kafka_bootstrap_servers)
        async with running(relay.run(), other.reader(handlers, kafka_bootstrap_servers).run()):
            again = await sent(kafka_bootstrap_servers, event.topic, at_least=10)

            async def arrived() -> bool:
                return len(await other.effects()) >= 5

            await until(arrived, "five effects")
        assert again == first * 2
        assert await other.effects() == [1, 2, 3, 4, 5]
    assert await effects.rows("SELECT * FROM outbox") == []


async def test_a_reader_that_is_killed_between_commit_and_acknowledge_has_no_second_effect(
    effects: Ledger, postgres_url: str, kafka_bootstrap_servers: str
) -> None:
    event = event_on(await create_topic(kafka_bootstrap_servers))
    await effects.record(*((event(counter="a", number=n), n) for n in range(1, 6)))
    group = f"reader-{event.topic}"
    relay = Relay("tests", effects.database_url, kafka_bootstrap_servers)
    async with ledger(postgres_url) as other, running(relay.run()):
        arguments = (other.database_url, kafka_bootstrap_servers, event.topic, group)
        async with process("tests.support.reader_process", *arguments) as reader_process:
            assert await asyncio.wait_for(reader_process.wait(), 30) == -signal.SIGKILL
        committed_before = await other.effects()
        assert committed_before

        handlers = Handlers(group)
        handlers.on(event, count)
        async with running(other.reader(handlers, kafka_bootstrap_servers).run()):
            await effects.record((event(counter="a", number=6), 6))

            async def arrived() -> bool:
                return 6 in await other.effects()

            await until(arrived, "the sixth effect", seconds=30)
        assert await other.effects() == [1, 2, 3, 4, 5, 6]
