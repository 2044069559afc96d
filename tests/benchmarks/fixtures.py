"""What the messaging benchmarks stand on: an event of ordinary size, topics and databases of their own."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

import asyncpg

from shared.database import CONNECTIONS, make_engine, make_sessions
from shared.events import Event
from shared.events.topics import PARTITIONS
from shared.messaging import Cause, Work
from tests.support.databases import EMPTY, RUNNER, create_database, drop_database
from tests.support.messaging import create_topic

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shared.database import Sessions

TIMEOUT_SECONDS = 30
REASONS = "Saves much carbon for the money and keeps a well-used hall warm through the winter. " * 5
TABLES = f"""
    CREATE TABLE effect (number bigint NOT NULL, counter text NOT NULL);
    CREATE TABLE projected (counter text PRIMARY KEY, number bigint NOT NULL, sequence bigint NOT NULL);
    CREATE TABLE copied (counter text NOT NULL, number bigint NOT NULL, value text NOT NULL);
    CREATE TABLE account (name text PRIMARY KEY, pence bigint NOT NULL, version bigint NOT NULL);
    GRANT SELECT, INSERT, UPDATE, DELETE ON effect, projected, copied, account TO {RUNNER};
"""


class Counted(Event):
    """An event of about the size of an award: 550 bytes with its reasons."""

    topic: ClassVar[str] = "benchmark.counter"
    name: ClassVar[str] = "benchmark.counted.v1"
    key_field: ClassVar[str] = "counter"

    counter: str
    number: int
    first_id: str = "6f1d3c0e-6f0a-5a53-8f0e-0d2b8c7a4c11"
    reasons: str = REASONS


class Answered(Counted):
    """What a command records in answer to an event."""

    topic: ClassVar[str] = "benchmark.answer"
    name: ClassVar[str] = "benchmark.answered.v1"


@dataclass(frozen=True, slots=True)
class Store:
    """A database with the messaging tables and the tables of the benchmarks, used as its running role."""

    database_url: str
    owner_url: str
    sessions: Sessions
    work: Work

    async def execute(self, sql: str, *values: Any) -> None:
        """Run SQL as the owner."""
        connection = await connect(self.owner_url)
        try:
            await connection.execute(sql, *values)
        finally:
            await connection.close()


@asynccontextmanager
async def fresh_store(postgres_url: str, connections: int = CONNECTIONS) -> AsyncIterator[Store]:
    """A fresh database and a pool of connections to it, set up as the services' pools are."""
    forget_used_databases()
    database_url, owner_url = await create_database(postgres_url, "benchmarks")
    engine = make_engine(database_url, "benchmarks", timeout_seconds=TIMEOUT_SECONDS, connections=connections)
    sessions = make_sessions(engine)
    store = Store(database_url, owner_url, sessions, Work(sessions, TIMEOUT_SECONDS))
    try:
        await store.execute(TABLES)
        yield store
    finally:
        await engine.dispose()
        await drop_database(postgres_url, database_url)


def forget_used_databases() -> None:
    """Have the next database be a new one: an emptied one still holds dead rows, which would count."""
    EMPTY.clear()


async def connect(url: str) -> asyncpg.Connection:
    """A bare connection of the driver."""
    return await asyncpg.connect(url.replace("+asyncpg", ""))


async def topic_for_counted(kafka: str) -> tuple[str, type[Counted]]:
    """A topic with as many partitions as the fund's, and the event that goes there."""
    topic = await create_topic(kafka, PARTITIONS)
    return topic, on_topic(topic)


def on_topic(topic: str) -> type[Counted]:
    """Counted, on another topic."""
    return type("Counted", (Counted,), {"topic": topic, "__module__": __name__, "__annotations__": {}})


def somebody() -> Cause:
    """Who asks for the changes."""
    return Cause("benchmarks", "benchmark", uuid4())
