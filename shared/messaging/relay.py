"""Carries the event log to Kafka in order: the only producer of a service's events."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer

from shared.observability import EVENTS_SENT

log = structlog.get_logger()

BATCH = 1000
POLL_SECONDS = 0.1
LEADER_RETRY_SECONDS = 1.0
LOCK = 0x0FF5E7

PENDING = """
    SELECT o.position, l.* FROM outbox o JOIN event_log l ON l.position = o.position
    ORDER BY o.position LIMIT $1
"""
"""Always from the beginning: positions commit out of order, so no floor may be kept in this simple form."""


@dataclass(slots=True)
class Relay:
    """Sends what the outbox lists, a batch at a time, and deletes what Kafka acknowledged.

    One relay is active per database: it holds a session lock on the very connection that it reads with. On
    the first error it stops, keeps what was acknowledged, and begins again with a new producer.
    """

    service: str
    database_url: str
    bootstrap_servers: str
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Tell the relay that something was committed in this process."""
        self._wake.set()

    async def run(self) -> None:
        """Relay until cancelled; every failure is logged and tried again with growing pauses."""
        pause = 0.2
        while True:
            try:
                await self._lead()
                pause = LEADER_RETRY_SECONDS
            except Exception as error:
                log.warning("relay_restarts", error=repr(error), pause_seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, 5.0)

    async def _lead(self) -> None:
        connection = await asyncpg.connect(self.database_url.replace("+asyncpg", ""), command_timeout=30)
        try:
            if await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
                await self._produce(connection)
        finally:
            with suppress(Exception):
                await asyncio.wait_for(connection.close(), timeout=2)

    async def _produce(self, connection: asyncpg.Connection) -> None:
        producer = AIOKafkaProducer(
            bootstrap_servers=self.bootstrap_servers,
            client_id=f"{self.service}-relay",
            acks="all",
            enable_idempotence=True,
            linger_ms=0,
            max_batch_size=131_072,
        )
        try:
            await producer.start()
            while True:
                await self._relay_batch(connection, producer)
        finally:
            with suppress(Exception):
                await asyncio.wait_for(producer.stop(), timeout=5)

    async def _relay_batch(self, connection: asyncpg.Connection, producer: AIOKafkaProducer) -> None:
        self._wake.clear()
        pending = await connection.fetch(PENDING, BATCH)
        if not pending:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), POLL_SECONDS)
            return
        acknowledged, error = await self.send(producer, pending)
        await connection.execute("DELETE FROM outbox WHERE position = ANY($1)", acknowledged)
        EVENTS_SENT.labels(self.service).inc(len(acknowledged))
        if error is not None:
            raise error

    async def send(
        self, producer: AIOKafkaProducer, pending: Sequence[Any]
    ) -> tuple[list[int], BaseException | None]:
        """Send rows of the log in order; answers the acknowledged positions and the first error, if any."""
        futures: list[tuple[int, asyncio.Future[Any]]] = []
        error: BaseException | None = None
        for row in pending:
            try:
                futures.append((row["position"], await self._enqueue(producer, row)))
            except Exception as refused:
                error = refused
                break
        results = await asyncio.gather(*(future for _, future in futures), return_exceptions=True)
        acknowledged = []
        for (position, _), result in zip(futures, results, strict=True):
            if isinstance(result, BaseException):
                error = error or result
            else:
                acknowledged.append(position)
        return acknowledged, error

    async def _enqueue(self, producer: AIOKafkaProducer, row: Any) -> asyncio.Future[Any]:
        future: asyncio.Future[Any] = await producer.send(
            row["topic"],
            key=row["key"].encode(),
            value=row["payload"].encode(),
            headers=self._headers(row),
        )
        return future

    def _headers(self, row: Any) -> list[tuple[str, bytes]]:
        """CloudEvents 1.0 binary mode; our own attributes are CloudEvents extensions."""
        attributes = {
            "ce_specversion": "1.0",
            "ce_id": str(row["event_id"]),
            "ce_type": row["type"],
            "ce_source": self.service,
            "ce_subject": row["key"],
            "ce_time": row["occurred_at"].isoformat(),
            "ce_sequence": str(row["sequence"]),
            "ce_council": row["council"],
            "ce_actor": row["actor"],
            "ce_correlationid": str(row["correlation_id"]),
            "ce_causationid": str(row["causation_id"] or ""),
            "content-type": "application/json",
        }
        return [(name, value.encode()) for name, value in attributes.items()]
