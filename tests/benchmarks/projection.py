"""The reader: events per second from Kafka through the inbox into a projection, against a bare COPY."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import text

from shared.messaging import Handlers
from shared.messaging.reader import MAX_RECORDS, Reader
from tests.benchmarks.fixtures import TIMEOUT_SECONDS, Counted, Store, connect, fresh_store, topic_for_counted
from tests.benchmarks.raw_kafka import as_relayed, consuming, send_all
from tests.benchmarks.rows import Clock, Row, Servers, side_by_side
from tests.support.messaging import running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from shared.messaging import Delivery

EVENTS = 30_000
KEYS = 3_000
PROJECT = text(
    """
    INSERT INTO projected (counter, number, sequence)
    SELECT * FROM unnest(CAST(:counters AS text[]), CAST(:numbers AS bigint[]), CAST(:sequences AS bigint[]))
    ON CONFLICT (counter) DO UPDATE SET number = excluded.number, sequence = excluded.sequence
    WHERE projected.sequence < excluded.sequence
    """
)


class Pace:
    """How fast events came after the first batch, so that joining the group does not count."""

    def __init__(self) -> None:
        self.count, self._first, self._ended = 0, 0, 0.0
        self._clock: Clock | None = None

    def mark(self) -> None:
        """So many were committed by now."""
        if self._clock is None:
            self._clock, self._first = Clock(), self.count
        self._ended = self._clock.elapsed

    @property
    def is_over(self) -> bool:
        """Whether all were read, or enough."""
        return self.count >= EVENTS or (self._clock is not None and self._clock.is_over)

    @property
    def rate(self) -> float:
        """Events per second from the first commit to the last."""
        return (self.count - self._first) / self._ended


async def measure(servers: Servers) -> list[Row]:
    """Read a topic of 30,000 from its beginning, each time as a new group into a fresh database."""
    topic, counted = await topic_for_counted(servers.kafka)
    records = [
        as_relayed(counted(counter=f"counter {number % KEYS}", number=number), number // KEYS + 1)
        for number in range(EVENTS)
    ]
    await send_all(servers.kafka, records)

    async def read() -> float:
        async with fresh_store(servers.postgres_url) as store:
            return await _read(store, servers.kafka, counted)

    async def raw() -> float:
        async with fresh_store(servers.postgres_url) as store:
            return await _copy(store, servers.kafka, topic)

    figure, baseline = await side_by_side("projection", read, raw)
    return [
        Row(
            benchmark="projection",
            measured="Kafka to projection, with inbox",
            figure=figure,
            baseline=baseline,
            unit="events/s",
            baseline_is="raw consumer and COPY of 500",
        )
    ]


async def _read(store: Store, kafka: str, counted: type[Counted]) -> float:
    pace, done = Pace(), asyncio.Event()
    handlers = Handlers(f"benchmark-{uuid4().hex[:8]}")

    async def project(deliveries: Sequence[Delivery], session: AsyncSession) -> None:
        await session.execute(PROJECT, _newest(deliveries))
        pace.count += len(deliveries)

    def committed() -> None:
        pace.mark()
        if pace.is_over:
            done.set()

    handlers.project([counted], project)
    async with running(Reader(handlers, store.sessions, kafka, TIMEOUT_SECONDS, committed).run()):
        await done.wait()
    return pace.rate


def _newest(deliveries: Sequence[Delivery]) -> dict[str, list[object]]:
    newest = {delivery.key: delivery for delivery in deliveries}
    numbers = [delivery.event.number for delivery in newest.values() if isinstance(delivery.event, Counted)]
    return {
        "counters": list(newest),
        "numbers": [*numbers],
        "sequences": [delivery.sequence for delivery in newest.values()],
    }


async def _copy(store: Store, kafka: str, topic: str) -> float:
    """At least once too, so the offset is committed after the database; nothing is read of the event."""
    pace = Pace()
    connection = await connect(store.database_url)
    try:
        async with consuming(kafka, topic) as consumer:
            while not pace.is_over:
                taken = await consumer.getmany(timeout_ms=1000, max_records=MAX_RECORDS)
                rows = [(r.key.decode(), r.offset, r.value.decode()) for some in taken.values() for r in some]
                if not rows:
                    continue
                async with connection.transaction():
                    await connection.copy_records_to_table("copied", records=rows)
                await consumer.commit()
                pace.count += len(rows)
                pace.mark()
    finally:
        await connection.close()
    return pace.rate
