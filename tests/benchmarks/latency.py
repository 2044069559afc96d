"""From a commit in one database to the effect committed in another, at 100 events a second."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

from shared.messaging.relay import Relay
from tests.benchmarks.fixtures import connect, fresh_store, somebody, topic_for_counted
from tests.benchmarks.raw_kafka import as_relayed, producing
from tests.benchmarks.rows import Row, Servers, percentile, progress
from tests.support.messaging import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from tests.benchmarks.fixtures import Counted, Store

PER_SECOND = 100
WARM_UP = 100
EVENTS = 900
PERCENTILES = (50, 95, 99)


async def measure(servers: Servers) -> list[Row]:
    """Writer and reader are two processes, as two services are; the first second does not count."""
    progress(f"the bare path, {EVENTS} events")
    bare = await _measure_bare(servers)
    progress(f"by relay and reader, {EVENTS} events")
    real = await _measure_real(servers)
    return [
        Row(
            benchmark="latency",
            measured=f"commit to effect at {PER_SECOND}/s, p{percent}",
            figure=percentile(real, percent),
            baseline=percentile(bare, percent),
            unit="ms",
            baseline_is="insert, send, consume, insert by hand",
        )
        for percent in PERCENTILES
    ]


async def _measure_real(servers: Servers) -> list[float]:
    topic, counted = await topic_for_counted(servers.kafka)
    async with fresh_store(servers.postgres_url) as source, fresh_store(servers.postgres_url) as target:
        relay = Relay(f"benchmark-{uuid4().hex[:8]}", source.database_url, servers.kafka)
        work = replace(source.work, committed=relay.wake)

        async def commit(event: Counted) -> int:
            async with work.begin(somebody()) as uow:
                uow.record(event, sequence=1)
            return time.monotonic_ns()

        async with running(relay.run()), _reading("reader", target, servers.kafka, topic) as effects:
            return await _latencies(counted, commit, effects)


async def _measure_bare(servers: Servers) -> list[float]:
    topic, counted = await topic_for_counted(servers.kafka)
    async with fresh_store(servers.postgres_url) as source, fresh_store(servers.postgres_url) as target:
        connection, lock = await connect(source.database_url), asyncio.Lock()
        async with (
            producing(servers.kafka) as producer,
            _reading("bare", target, servers.kafka, topic) as effects,
        ):

            async def commit(event: Counted) -> int:
                async with lock:
                    await connection.execute("INSERT INTO effect VALUES ($1, $2)", event.number, event.key)
                committed_ns = time.monotonic_ns()
                record = as_relayed(event, 1)
                await producer.send(topic, key=record.key, value=record.value, headers=record.headers)
                return committed_ns

            try:
                return await _latencies(counted, commit, effects)
            finally:
                await connection.close()


async def _latencies(
    counted: type[Counted],
    commit: Callable[[Counted], Awaitable[int]],
    effects: Callable[[], Awaitable[dict[int, int]]],
) -> list[float]:
    """Milliseconds of each event; each is committed at its time, whatever became of the one before."""
    loop = asyncio.get_running_loop()
    began, commits = loop.time(), []
    for number in range(EVENTS):
        await asyncio.sleep(began + number / PER_SECOND - loop.time())
        commits.append(asyncio.ensure_future(commit(counted(counter=f"counter {number}", number=number))))
    committed = await asyncio.gather(*commits)
    effective = await effects()
    return [(effective[number] - committed[number]) / 1e6 for number in range(WARM_UP, EVENTS)]


@asynccontextmanager
async def _reading(
    kind: str, target: Store, kafka: str, topic: str
) -> AsyncIterator[Callable[[], Awaitable[dict[int, int]]]]:
    """The reading side in its own process; answers when each number had taken effect."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.reading_side"),
        *(kind, target.database_url, kafka, topic, str(EVENTS)),
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
    assert process.stdout is not None
    out = process.stdout
    try:
        assert await out.readline() == b"ready\n"
        yield lambda: _effects(out)
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _effects(out: asyncio.StreamReader) -> dict[int, int]:
    async with asyncio.timeout(30):
        return {int(number): at for number, at in json.loads(await out.readline()).items()}
