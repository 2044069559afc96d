"""Two replicas of a reader, one killed: how long until the other does its work.

python -m tests.benchmarks.takeover DATABASE KAFKA TOPIC GROUP   is one replica
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import time
from contextlib import asynccontextmanager, redirect_stdout
from typing import TYPE_CHECKING
from uuid import uuid4

import uvloop
from sqlalchemy import text

from shared.database import make_engine, make_sessions
from shared.events.topics import PARTITIONS
from shared.messaging import Handlers, UnitOfWork
from shared.messaging.reader import Reader
from shared.observability import configure_logging
from tests.benchmarks.fixtures import (
    TIMEOUT_SECONDS,
    Counted,
    Store,
    connect,
    fresh_store,
    on_topic,
    topic_for_counted,
)
from tests.benchmarks.raw_kafka import as_relayed, producing
from tests.benchmarks.rows import Row, Servers, progress
from tests.support.messaging import running, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiokafka import AIOKafkaProducer

ROUNDS = 3
SESSION_SECONDS = 6.0
WITHIN_SECONDS = 60
ADD = text("INSERT INTO effect (number, counter) VALUES (:number, :counter)")
EFFECTIVE = "SELECT count(*) FROM effect WHERE counter = $1"


async def measure(servers: Servers) -> list[Row]:
    """Kill one of two replicas, then wait for an event of every partition to take effect."""
    seconds = []
    for number in range(1, ROUNDS + 1):
        progress(f"takeover: round {number} of {ROUNDS}")
        async with asyncio.timeout(WITHIN_SECONDS):
            seconds.append(await _take_over(servers))
    return [
        Row(
            benchmark="takeover",
            measured=name,
            figure=figure,
            baseline=SESSION_SECONDS,
            unit="s",
            baseline_is="the time after which Kafka gives a silent reader up",
        )
        for name, figure in (
            ("kill -9 to the other's effect, median", statistics.median(seconds)),
            ("kill -9 to the other's effect, longest", max(seconds)),
        )
    ]


async def _take_over(servers: Servers) -> float:
    topic, counted = await topic_for_counted(servers.kafka)
    async with (
        fresh_store(servers.postgres_url) as store,
        producing(servers.kafka) as producer,
        _replica(store, servers.kafka, topic) as (killed, its_partitions),
    ):
        await _until_it_has(its_partitions, PARTITIONS)
        async with _replica(store, servers.kafka, topic) as (_, others_partitions):
            await _until_it_has(others_partitions, PARTITIONS // 2)
            await _until_it_has(its_partitions, PARTITIONS // 2)
            await _all_effective(store, producer, counted, "before")
            killed.kill()
            killed_at = time.monotonic()
            await _all_effective(store, producer, counted, "after")
            return time.monotonic() - killed_at


@asynccontextmanager
async def _replica(
    store: Store, kafka: str, topic: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, asyncio.StreamReader]]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.takeover", store.database_url, kafka, topic, f"of-{topic}"),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        yield process, process.stdout
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _until_it_has(partitions: asyncio.StreamReader, many: int) -> None:
    """A replica writes a line whenever the number of its partitions has changed."""
    while line := await partitions.readline():
        if int(line) == many:
            return
    raise AssertionError("the replica ended by itself")


async def _all_effective(
    store: Store, producer: AIOKafkaProducer, counted: type[Counted], counter: str
) -> None:
    """Send an event to each partition, and wait until all of them have taken effect."""
    for partition in range(PARTITIONS):
        sent = as_relayed(counted(counter=counter, number=partition), 1)
        await producer.send(
            sent.topic, key=uuid4().bytes, value=sent.value, headers=sent.headers, partition=partition
        )
    connection = await connect(store.database_url)
    try:

        async def all_effective() -> bool:
            return bool(await connection.fetchval(EFFECTIVE, counter) >= PARTITIONS)

        await until(all_effective, "an effect of each partition", seconds=WITHIN_SECONDS, every=0.01)
    finally:
        await connection.close()


async def _be_a_replica(database_url: str, kafka: str, topic: str, group: str) -> None:
    handlers = Handlers(group)

    async def count(event: Counted, uow: UnitOfWork) -> None:
        await uow.session.execute(ADD, {"number": event.number, "counter": event.counter})

    handlers.on(on_topic(topic), count)
    engine = make_engine(database_url, "benchmark", timeout_seconds=TIMEOUT_SECONDS)
    reader, told = Reader(handlers, make_sessions(engine), kafka, TIMEOUT_SECONDS), 0
    async with running(reader.run()):
        while True:
            has = len(reader.consumer.assignment()) if reader.assigned else 0
            if has != told:
                sys.stdout.write(f"{has}\n")
                sys.stdout.flush()
                told = has
            await asyncio.sleep(0.02)


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        configure_logging("benchmarks", "WARNING")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_be_a_replica(*sys.argv[1:]))
