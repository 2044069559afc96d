"""A small pretend service for the tests of messaging: counters that events raise, on a real database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import ClassVar
from uuid import uuid4

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from shared.database import Sessions, make_engine, make_sessions
from shared.events import Event
from shared.messaging import Cause, Delivery, Handlers, UnitOfWork, Waiting, Work
from shared.messaging.reader import Reader
from tests.support.databases import create_database, drop_database

TIMEOUT_SECONDS = 10


class Counted(Event):
    """One more was counted under a name."""

    topic: ClassVar[str] = "test.counter"
    name: ClassVar[str] = "test.counted.v1"
    key_field: ClassVar[str] = "counter"

    counter: str
    number: int


class Allowed(Event):
    """A counter, on another topic, may be counted from now on."""

    topic: ClassVar[str] = "test.permission"
    name: ClassVar[str] = "test.allowed.v1"
    key_field: ClassVar[str] = "counter"

    counter: str


@dataclass
class Ledger:
    """A database with the messaging tables and one table of effects, as its running role sees it."""

    database_url: str
    sessions: Sessions
    work: Work

    def reader(self, handlers: Handlers, bootstrap_servers: str = "127.0.0.1:1") -> Reader:
        return Reader(handlers, self.sessions, bootstrap_servers, TIMEOUT_SECONDS)

    async def record(self, *numbered: tuple[Event, int]) -> None:
        """Commit events with their sequences, as a command would."""
        async with self.work.begin(Cause("tests", "test", uuid4())) as uow:
            for event, sequence in numbered:
                uow.record(event, sequence=sequence)

    async def effects(self, counter: str | None = None) -> list[int]:
        """The numbers that took effect, in the order in which they did."""
        sql = "SELECT number FROM effect WHERE CAST(:c AS text) IS NULL OR counter = :c ORDER BY id"
        return [row["number"] for row in await self.rows(sql, c=counter)]

    async def parked(self) -> list[tuple[str, str]]:
        """What is set aside: kind and key, in order."""
        rows = await self.rows("SELECT kind, key FROM parked_event WHERE discarded_at IS NULL ORDER BY id")
        return [(row["kind"], row["key"]) for row in rows]

    async def rows(self, sql: str, **parameters: object) -> list[dict[str, object]]:
        async with self.sessions() as session:
            return [dict(row) for row in (await session.execute(text(sql), parameters)).mappings()]


@asynccontextmanager
async def ledger(postgres_url: str) -> AsyncIterator[Ledger]:
    """A fresh database with an `effect` table, used as the running role."""
    database_url, owner_url = await create_database(postgres_url, "messaging_tests")
    await _add_effects(make_engine(owner_url, "tests"))
    engine = make_engine(database_url, "tests")
    sessions = make_sessions(engine)
    try:
        yield Ledger(database_url, sessions, Work(sessions, TIMEOUT_SECONDS))
    finally:
        await engine.dispose()
        await drop_database(postgres_url, database_url)


async def _add_effects(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(
            text(
                "CREATE TABLE IF NOT EXISTS effect (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                " counter text NOT NULL, number integer NOT NULL)"
            )
        )
        await connection.execute(text("GRANT SELECT, INSERT ON effect TO PUBLIC"))
    await engine.dispose()


async def add_effect(session: AsyncSession, counter: str, number: int) -> None:
    await session.execute(
        text("INSERT INTO effect (counter, number) VALUES (:counter, :number)"),
        {"counter": counter, "number": number},
    )


async def count(event: Counted, uow: UnitOfWork) -> None:
    """The plainest handler: one effect for one event."""
    await add_effect(uow.session, event.counter, event.number)


async def count_when_allowed(event: Counted, uow: UnitOfWork) -> Waiting | None:
    """Count only what has been allowed; else wait for the permission."""
    allowed = await uow.session.scalar(
        text("SELECT 1 FROM effect WHERE counter = :c AND number = 0"), {"c": event.counter}
    )
    if not allowed:
        return Waiting(Allowed.name, event.counter)
    await add_effect(uow.session, event.counter, event.number)
    return None


async def allow(event: Allowed, uow: UnitOfWork) -> None:
    await add_effect(uow.session, event.counter, 0)


async def count_all(deliveries: Sequence[Delivery], session: AsyncSession) -> None:
    """A projector that refuses a list with a thirteen in it."""
    for delivery in deliveries:
        assert isinstance(delivery.event, Counted)
        if delivery.event.number == 13:
            raise ValueError("thirteen")
        await add_effect(session, delivery.event.counter, delivery.event.number)


def handlers_on(command: Callable[[Counted, UnitOfWork], Awaitable[Waiting | None]]) -> Handlers:
    handlers = Handlers(f"tests-{uuid4().hex[:8]}")
    handlers.on(Counted, command)
    handlers.on(Allowed, allow)
    return handlers


async def create_topic(bootstrap_servers: str, partitions: int = 3) -> str:
    """A topic of the test's own."""
    name = f"test.{uuid4().hex[:12]}"
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap_servers)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(name, partitions, 1)])
    finally:
        await admin.close()
    return name


def event_on(topic: str) -> type[Counted]:
    """Counted, but on a topic of the test's own."""
    return type("Counted", (Counted,), {"topic": topic, "__module__": __name__, "__annotations__": {}})


@asynccontextmanager
async def running(*coroutines: Awaitable[None]) -> AsyncIterator[None]:
    """Run these beside the test and cancel them at its end."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until(
    condition: Callable[[], Awaitable[bool]], what: str, seconds: float = 20, every: float = 0.05
) -> None:
    """Wait for something that must come true."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not await condition():
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"not within {seconds} s: {what}")
        await asyncio.sleep(every)
