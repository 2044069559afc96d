"""`deploy/up` with what it already has: seconds until all is ready, and the memory of the idle services."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.local.databases import SERVICES
from deploy.local.kafka import KafkaServer
from deploy.local.postgres import PostgresServer
from deploy.local.system import System
from deploy.local.temporary import temporary_state
from tests.benchmarks.rows import Clock, NotMeasuredError, Row, Servers, progress

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from deploy.local.state import State

IDLE_SECONDS = 5
SMAPS = Path("/proc/self/smaps_rollup")
BARE = """
import sys, aiokafka, asyncpg, fastapi, faststream.kafka, sqlalchemy.ext.asyncio, sqlmodel, structlog, uvicorn
fastapi.FastAPI()
print("ready", flush=True)
sys.stdin.read()
"""


async def measure(_servers: Servers) -> list[Row]:
    """Start everything once so that it is there, and once more to be measured.

    On a loop of asyncio's own as `up` does: uvloop starts no program as another user.
    """
    return await asyncio.to_thread(_measure)


def _measure() -> list[Row]:
    if not SMAPS.exists():
        message = f"only Linux tells in {SMAPS} what memory a process has for itself."
        raise NotMeasuredError(message)
    return asyncio.run(_rows())


async def _rows() -> list[Row]:
    async with temporary_state() as state:
        progress("the first start, which makes everything")
        async with System(state):
            pass
        progress("PostgreSQL and Kafka alone")
        bare_seconds = await _servers_alone(state)
        progress("the second start")
        clock = Clock()
        async with System(state):
            seconds = clock.elapsed
            await asyncio.sleep(IDLE_SECONDS)
            megabytes = sum(_megabytes(_pid(state, name)) for name in SERVICES)
    async with AsyncExitStack() as stack:
        pids = [await stack.enter_async_context(_bare_process()) for _ in SERVICES]
        bare_megabytes = sum(map(_megabytes, pids))
    return [
        _row("up, warm, until all is ready", seconds, bare_seconds, "s", "PostgreSQL and Kafka alone"),
        _row(
            "five services idle, PSS", megabytes, bare_megabytes, "MB", "five processes of the same packages"
        ),
    ]


def _row(measured: str, figure: float, baseline: float, unit: str, baseline_is: str) -> Row:
    return Row(
        benchmark="start",
        measured=measured,
        figure=figure,
        baseline=baseline,
        unit=unit,
        baseline_is=baseline_is,
    )


async def _servers_alone(state: State) -> float:
    """With the state that the first start left, one after the other."""
    postgres, kafka = PostgresServer(state, durable=True), KafkaServer(state, short_lived=False)
    clock = Clock()
    try:
        await postgres.start()
        await kafka.start()
        return clock.elapsed
    finally:
        await kafka.stop()
        await postgres.stop()


@asynccontextmanager
async def _bare_process() -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", BARE), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    try:
        await process.stdout.readline()
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


def _pid(state: State, name: str) -> int:
    return int((state.run / f"{name}.pid").read_text().split()[0])


def _megabytes(pid: int) -> float:
    """The proportional set size: shared pages count by their share."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    message = f"The kernel tells no proportional set size of process {pid}."
    raise NotMeasuredError(message)
