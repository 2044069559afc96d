"""The reading side of the latency benchmark, in a process of its own as another service would be.

python -m tests.benchmarks.reading_side reader|bare DATABASE KAFKA TOPIC COUNT
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import redirect_stdout
from uuid import uuid4

import uvloop
from sqlalchemy import text

from shared.database import make_engine, make_sessions
from shared.messaging import Handlers, UnitOfWork
from shared.messaging.reader import Reader
from shared.observability import configure_logging
from tests.benchmarks.fixtures import TIMEOUT_SECONDS, Counted, connect, on_topic
from tests.benchmarks.raw_kafka import consuming
from tests.support.messaging import running, until

ADD = text("INSERT INTO effect (number, counter) VALUES (:number, :counter)")


class Effects:
    """When each number's effect was committed, in nanoseconds of the clock that all processes share."""

    def __init__(self, count: int) -> None:
        self._count, self._at, self._open = count, dict[int, int](), list[int]()
        self.complete = asyncio.Event()

    def add(self, number: int) -> None:
        """An effect is in the open transaction."""
        self._open.append(number)

    def committed(self) -> None:
        """What was open is committed."""
        self._at.update(dict.fromkeys(self._open, time.monotonic_ns()))
        self._open.clear()
        if len(self._at) >= self._count:
            self.complete.set()

    async def tell(self) -> None:
        """Print all, once they are complete."""
        await self.complete.wait()
        sys.stdout.write(json.dumps(self._at) + "\n")
        sys.stdout.flush()


async def read(database_url: str, kafka: str, topic: str, effects: Effects) -> None:
    """A service: one command for each event."""
    handlers = Handlers(f"benchmark-{uuid4().hex[:8]}")

    async def count(event: Counted, uow: UnitOfWork) -> None:
        await uow.session.execute(ADD, {"number": event.number, "counter": event.counter})
        effects.add(event.number)

    handlers.on(on_topic(topic), count)
    sessions = make_sessions(make_engine(database_url, "benchmark", timeout_seconds=TIMEOUT_SECONDS))
    reader = Reader(handlers, sessions, kafka, TIMEOUT_SECONDS, effects.committed)
    async with running(reader.run()):
        await until(lambda: _is(reader.assigned), "the reader has its partitions", every=0.02)
        _ready()
        await effects.tell()


async def read_bare(database_url: str, kafka: str, topic: str, effects: Effects) -> None:
    """The same effect by hand: no inbox, no parking, no checks."""
    connection = await connect(database_url)
    async with consuming(kafka, topic) as consumer:
        _ready()
        while not effects.complete.is_set():
            taken = await consumer.getmany(timeout_ms=1000)
            events = [json.loads(record.value) for records in taken.values() for record in records]
            if not events:
                continue
            async with connection.transaction():
                for event in events:
                    await connection.execute(
                        "INSERT INTO effect VALUES ($1, $2)", event["number"], event["counter"]
                    )
                    effects.add(event["number"])
            effects.committed()
            await consumer.commit()
    await effects.tell()


async def _is(condition: bool) -> bool:
    return condition


def _ready() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with redirect_stdout(sys.stderr):
        configure_logging("benchmarks", "WARNING")
    kind, database, bootstrap_servers, topic_name, count_text = sys.argv[1:]
    reading = {"reader": read, "bare": read_bare}[kind]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(reading(database, bootstrap_servers, topic_name, Effects(int(count_text))))
