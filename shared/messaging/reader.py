"""Reads a service's topics: a batch is one transaction, committed before it is acknowledged."""

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import structlog
from aiokafka import TopicPartition
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import KafkaAckableMessage

from shared.database import Sessions, is_transient, transaction
from shared.messaging.batch import Batch
from shared.messaging.delivery import Record
from shared.messaging.handlers import Handlers
from shared.messaging.replay import release_waiting, replay_key, waiting_keys
from shared.messaging.tracing import NOT_TRACED, Tracing
from shared.observability import BATCH_SECONDS

log = structlog.get_logger()

MAX_RECORDS = 500
FETCH_MILLISECONDS = 100
"""How long Kafka may hold a request back: an event of a partition that the running request leaves out,
because the one before was still being handled, comes with the next request."""
IDLE_MILLISECONDS = 1000
RETRY_FOR_SECONDS = 60.0
WAITING_EVERY_SECONDS = 10.0


@dataclass(slots=True)
class Reader:
    """One consumer group that takes a service's events; at least once delivered, once effective."""

    handlers: Handlers
    sessions: Sessions
    bootstrap_servers: str
    timeout_seconds: int
    committed: Any = lambda: None
    tracing: Tracing = NOT_TRACED
    broker: KafkaBroker | None = field(default=None, init=False)
    consumer: Any = field(default=None, init=False)
    _next: dict[Any, int] = field(default_factory=dict, init=False)

    async def run(self) -> None:
        """Read until cancelled; Kafka may come, go and come back."""
        retrying = asyncio.create_task(self._retry_waiting())
        try:
            await self._start()
            await asyncio.Event().wait()
        finally:
            retrying.cancel()
            with suppress(asyncio.CancelledError):
                await retrying
            if self.broker is not None:
                await self.broker.stop()

    @property
    def assigned(self) -> bool:
        """Whether Kafka has given this reader its partitions."""
        return self.consumer is not None and bool(self.consumer.assignment())

    def lag(self) -> int:
        """Events that Kafka holds and this reader has not yet taken, over its partitions."""
        ends = {at: self.consumer.highwater(at) for at in self.consumer.assignment()} if self.consumer else {}
        return sum(max((end or 0) - self._next[at], 0) for at, end in ends.items() if at in self._next)

    async def take(self, records: Sequence[Record]) -> None:
        """One batch, one transaction; tried again while the cause is passing, else raised for redelivery."""
        started = time.monotonic()
        pause = 0.05
        while True:
            try:
                await self._take_once(records)
            except Exception as error:
                if not is_transient(error) or time.monotonic() - started > RETRY_FOR_SECONDS:
                    log.exception("batch_failed", records=len(records))
                    await asyncio.sleep(1)
                    raise
                log.warning("batch_tried_again", error=repr(error)[:300], pause_seconds=round(pause, 2))
                await asyncio.sleep(pause + random.uniform(0, pause))  # noqa: S311 - spreads retries, guards nothing
                pause = min(pause * 2, 5.0)
            else:
                break
        self._observe(records, time.monotonic() - started)

    async def replay(self, topic: str, key: str) -> None:
        """Try one parked key again now, in a transaction of its own."""
        async with transaction(self.sessions, timeout_seconds=self.timeout_seconds) as session:
            batch = Batch(self.handlers, session, self.tracing)
            await replay_key(batch, topic, key)
            await release_waiting(batch)
        self.committed()

    async def _take_once(self, records: Sequence[Record]) -> None:
        """First straight on; where something fails, all is taken back and done again with savepoints."""
        try:
            await self._transaction(records, straight=True)
        except Exception as error:
            if is_transient(error):
                raise
            await self._transaction(records, straight=False)

    async def _transaction(self, records: Sequence[Record], *, straight: bool) -> None:
        with self.tracing.of_batch(records) as tracing:
            async with transaction(self.sessions, timeout_seconds=self.timeout_seconds) as session:
                batch = Batch(self.handlers, session, tracing)
                await batch.take(records, straight=straight)
                if batch.some_wait:
                    await release_waiting(batch)
        batch.count()
        self.committed()

    def _observe(self, records: Sequence[Record], seconds: float) -> None:
        for record in records:
            self._next[TopicPartition(record.topic, record.partition)] = record.offset + 1
        BATCH_SECONDS.labels(self.handlers.service).observe(seconds)
        log.info("batch", records=len(records), seconds=round(seconds, 4))

    async def _start(self) -> None:
        """Join the group; while Kafka is away, try again with a new broker object each second."""
        while True:
            broker = KafkaBroker(
                self.bootstrap_servers,
                allow_auto_create_topics=False,
                # How soon a topic that was made again after Kafka lost it is read.
                metadata_max_age_ms=5_000,
                graceful_timeout=15.0,
                logger=None,
            )
            subscriber = self._subscribe(broker)
            try:
                await broker.start()
            except Exception as error:
                log.warning("kafka_away", error=repr(error)[:300])
                with suppress(Exception):
                    await broker.stop()
                await asyncio.sleep(1)
            else:
                self.broker, self.consumer = broker, subscriber.consumer
                return

    def _subscribe(self, broker: KafkaBroker) -> Any:
        """A batch subscriber whose parser and decoder cannot raise: the default ones lose whole batches."""

        async def keep_raw(records: Any) -> KafkaAckableMessage:
            return KafkaAckableMessage(
                body=b"",
                headers={},
                batch_headers=[],
                message_id="batch",
                correlation_id="batch",
                raw_message=records,
                consumer=subscriber.consumer,
            )

        async def decode_nothing(_message: Any) -> None:
            return None

        async def receive(message: KafkaMessage) -> None:
            await self.take(message.raw_message)

        async def at_once(consumer: Any) -> tuple[Record, ...]:
            """Wait until something comes: FastStream's own sleeps as long again after a wait in vain."""
            taken = await consumer.getmany(timeout_ms=IDLE_MILLISECONDS, max_records=MAX_RECORDS)
            return tuple(chain.from_iterable(taken.values()))

        subscriber: Any = broker.subscriber(
            *self.handlers.topics,
            group_id=self.handlers.service,
            batch=True,
            max_records=MAX_RECORDS,
            parser=keep_raw,
            decoder=decode_nothing,
            ack_policy=AckPolicy.NACK_ON_ERROR,
            auto_offset_reset="earliest",
            session_timeout_ms=6000,
            heartbeat_interval_ms=500,
            fetch_max_wait_ms=FETCH_MILLISECONDS,
            no_reply=True,
        )
        subscriber(receive)
        subscriber.get_msg = at_once
        return subscriber

    async def _retry_waiting(self) -> None:
        """Behind the event that frees them stands a timer for what waits."""
        while True:
            await asyncio.sleep(WAITING_EVERY_SECONDS)
            try:
                async with self.sessions() as session:
                    keys = await waiting_keys(session)
                for topic, key in keys:
                    await self.replay(topic, key)
            except Exception as error:
                log.warning("waiting_not_retried", error=repr(error)[:300])
