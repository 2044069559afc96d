"""Rebuilds a read model from all of Kafka in shadow tables, then brings the real tables to the same rows.

The shadows are temporary tables of one connection: they stand before the real ones of the same names, so
the projectors fill them unknowingly; the running role may make them; nothing is left of them afterwards.
No inbox is needed: a projection writes its columns only with a newer sequence than theirs, so an event that
comes twice, or that the live reader takes too, changes nothing. Commands are not run: only the read model is
touched.
"""

import asyncio
import gc
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from asyncpg.exceptions import DeadlockDetectedError, LockNotAvailableError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from shared.database import Sessions, driver_error, is_transient, make_engine, transaction
from shared.errors import Conflict
from shared.messaging.delivery import Delivery, deliver
from shared.messaging.handlers import Handlers, Projector
from shared.messaging.shadow import Shadow

log = structlog.get_logger()

Progress: TypeAlias = Callable[[int, int], None]

RECORDS = 20_000
"""A transaction of the rebuild: forty times a reader's, for nobody waits for its locks."""
AT_ONCE = 500
"""Records read in one go, while the database works: more would keep its next statement waiting."""
NEAR = 2_000
"""Once so few events are missing, the live reader is stopped and they are read: about a second."""
STATEMENT_SECONDS = 600
SILENT_SECONDS = 30
KAFKA_SILENT = "Kafka sends nothing more, though it holds more. Look at the broker, then try again."
LOCK_TRIES = 200

SET_ASIDE = text("SELECT event_id FROM parked_event WHERE event_id IS NOT NULL")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild read, could not use, and found wrong in the read model."""

    events: int
    left_out: int
    rows_corrected: int
    rows_removed: int
    seconds: float


@dataclass(slots=True)
class Rebuild:
    """One rebuild of the tables that a service's projectors fill; `progress` is told (read, of how many)."""

    handlers: Handlers
    shadow: Shadow
    database_url: str
    bootstrap_servers: str
    progress: Progress = lambda _read, _total: None
    _next: dict[TopicPartition, int] = field(default_factory=dict)
    _read: int = 0
    _left_out: int = 0
    _parked: dict[UUID, Delivery] = field(default_factory=dict)

    async def run(self) -> Rebuilt:
        """Read everything, catch up, and swap; pages answer from the rows as they were until then."""
        started = time.monotonic()
        with _uncollected():
            corrected, removed = await self._rebuild()
        self.progress(self._read, self._read)
        return Rebuilt(self._read, self._left_out, corrected, removed, time.monotonic() - started)

    async def _rebuild(self) -> tuple[int, int]:
        async with self._consumer() as consumer, self._one_connection() as sessions:
            async with transaction(sessions, timeout_seconds=STATEMENT_SECONDS) as session:
                await self.shadow.create(session)
            while (missing := self._missing(await _ends(consumer))) > NEAR:
                log.info("rebuild_reads", missing=missing)
                await self._read_to(consumer, await _ends(consumer), sessions)
            return await self._swap(consumer, sessions)

    @asynccontextmanager
    async def _consumer(self) -> AsyncIterator[Any]:
        """Every partition from its beginning, in no group: nothing is left behind in Kafka."""
        consumer = AIOKafkaConsumer(
            *self.handlers.topics,
            bootstrap_servers=self.bootstrap_servers,
            group_id=None,
            auto_offset_reset="earliest",
            enable_auto_commit=False,
            max_partition_fetch_bytes=1 << 22,
        )
        await consumer.start()
        try:
            self._next = dict(await consumer.beginning_offsets(list(consumer.assignment())))
            yield consumer
        finally:
            await consumer.stop()

    @asynccontextmanager
    async def _one_connection(self) -> AsyncIterator[Sessions]:
        """Sessions that all use the connection that has the shadows."""
        engine = make_engine(self.database_url, "offset-fund rebuild", timeout_seconds=STATEMENT_SECONDS)
        try:
            async with engine.connect() as connection:
                yield async_sessionmaker(connection, expire_on_commit=False, autoflush=False)
        finally:
            await engine.dispose()

    def _missing(self, ends: dict[TopicPartition, int]) -> int:
        return sum(max(end - self._next[partition], 0) for partition, end in ends.items())

    async def _read_to(self, consumer: Any, ends: dict[TopicPartition, int], sessions: Sessions) -> None:
        """Project up to these offsets, each chunk in a transaction; the next is read meanwhile."""
        total = self._read + self._missing(ends)
        coming = asyncio.ensure_future(self._chunk(consumer, ends))
        try:
            while chunk := await coming:
                coming = asyncio.ensure_future(self._chunk(consumer, ends))
                async with transaction(sessions, timeout_seconds=STATEMENT_SECONDS) as session:
                    await self._project(session, chunk)
                self.progress(self._read, max(total, self._read))
        finally:
            coming.cancel()

    async def _chunk(self, consumer: Any, ends: dict[TopicPartition, int]) -> list[Delivery | None]:
        """The next records, read as they come in; none where nothing is missing up to these ends."""
        chunk: list[Delivery | None] = []
        while len(chunk) < RECORDS and self._missing(ends):
            taken = await consumer.getmany(timeout_ms=SILENT_SECONDS * 1000, max_records=AT_ONCE)
            if not taken:
                message = (
                    "Kafka sends nothing more, though it holds more. Look at the broker, then try again."
                )
                raise Conflict("rebuild.kafka_silent", message)
            for partition, records in taken.items():
                self._next[partition] = records[-1].offset + 1
                chunk += [deliver(record, self.handlers.types) for record in records]
            await asyncio.sleep(0)
        return chunk

    async def _project(self, session: AsyncSession, chunk: Sequence[Delivery | None]) -> None:
        """Apply what the projections handle; what is parked in the live read model is left out, but kept."""
        parked = set((await session.execute(SET_ASIDE)).scalars())
        deliveries: list[Delivery] = []
        for delivery in chunk:
            if delivery is None:
                continue
            if delivery.event is None:
                self._left_out += 1
            elif delivery.event_id is not None and delivery.event_id in parked:
                self._parked[delivery.event_id] = delivery
            else:
                deliveries.append(delivery)
        await self._apply(session, deliveries)
        self._read += len(chunk)

    async def _apply(self, session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
        by_projector: dict[Projector, list[Delivery]] = {}
        for delivery in deliveries:
            projector = self.handlers.projectors.get(delivery.type or "")
            if projector is not None:
                by_projector.setdefault(projector, []).append(delivery)
        for projector, listed in by_projector.items():
            await self._apply_list(session, projector, listed)

    async def _apply_list(
        self, session: AsyncSession, projector: Projector, listed: Sequence[Delivery]
    ) -> None:
        """In one go; where that fails, by halves, and the bad one is left out."""
        try:
            async with session.begin_nested():
                await projector(listed, session)
        except Exception as error:
            if is_transient(error):
                raise
            if len(listed) == 1:
                log.warning("rebuild_leaves_out", topic=listed[0].topic, offset=listed[0].offset)
                self._left_out += 1
                return
            middle = len(listed) // 2
            await self._apply_list(session, projector, listed[:middle])
            await self._apply_list(session, projector, listed[middle:])

    async def _swap(self, consumer: Any, sessions: Sessions) -> tuple[int, int]:
        """Stop the live reader, read what it may have read, and make the real rows equal: one transaction.

        Whatever the live reader has done stands in Kafka below the ends asked for under the lock. What it has
        not yet done it will do after, to rows that have it already: their sequence refuses it.
        """
        async with transaction(sessions, timeout_seconds=STATEMENT_SECONDS) as session:
            await self.shadow.measure(session)
        async with transaction(sessions, timeout_seconds=STATEMENT_SECONDS) as session:
            await self._lock(session)
            ends = await _ends(consumer)
            while chunk := await self._chunk(consumer, ends):
                await self._project(session, chunk)
            await self._apply_replayed(session)
            if await self.shadow.lacking(session):
                message = "Kafka does not hold all that the read model has. Have the topics refilled first."
                raise Conflict("rebuild.kafka_incomplete", message)
            return await self.shadow.carry_over(session)

    async def _lock(self, session: AsyncSession) -> None:
        """Take the tables from the live reader; where it is in the midst of its own, let go and try again."""
        await session.execute(text("SET LOCAL lock_timeout = '200ms'"))
        for _ in range(LOCK_TRIES):
            try:
                async with session.begin_nested():
                    await self.shadow.lock(session)
            except DBAPIError as error:
                if not isinstance(driver_error(error), LockNotAvailableError | DeadlockDetectedError):
                    raise
                await asyncio.sleep(0.02)
            else:
                return
        message = "The read model is being written to without a pause. Try again when it is quieter."
        raise Conflict("rebuild.read_model_busy", message)

    async def _apply_replayed(self, session: AsyncSession) -> None:
        """Apply what was parked when it was read here, and has been replayed in the live read model since."""
        parked = set((await session.execute(SET_ASIDE)).scalars())
        await self._apply(
            session, [each for event_id, each in self._parked.items() if event_id not in parked]
        )
        self._left_out += len(parked & set(self._parked))


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles among many thousand events that have none: it takes as long as all the rest."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


async def _ends(consumer: Any) -> dict[TopicPartition, int]:
    """Where each partition ends now."""
    return dict(await consumer.end_offsets(list(consumer.assignment())))
