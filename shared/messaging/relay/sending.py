"""One producer's life: reads what is pending, sends it down its lanes, takes out what was acknowledged."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import structlog
from aiokafka import TopicPartition
from aiokafka.errors import KafkaConnectionError, ProducerClosed

from shared.events import Event
from shared.messaging.relay.kafka import REFUSALS, Producer, known_topics, log_ends
from shared.messaging.relay.lane import Lane
from shared.messaging.relay.outbox import Outbox
from shared.messaging.relay.records import Outgoing, partition_of, records_of
from shared.messaging.relay.trouble import StopSendingError, Trouble
from shared.observability import EVENTS_SENT

log = structlog.get_logger()

BATCH = 1000
UNDER_WAY = 4 * BATCH
POLL_SECONDS = 0.1
FINISH_SECONDS = 2.0


@dataclass(slots=True)
class Stir:
    """Wakes the relay: something was committed, or Kafka answered."""

    event: asyncio.Event = field(default_factory=asyncio.Event)
    committed: bool = False

    def commit(self) -> None:
        """Something may wait in the outbox."""
        self.committed = True
        self.event.set()


@dataclass(slots=True)
class Sending:
    """Runs until the first error; then what is under way is awaited, and what was acknowledged taken out."""

    service: str
    outbox: Outbox
    producer: Producer
    stir: Stir
    trouble: Trouble
    cast: Mapping[str, type[Event]]
    watch_seconds: float
    offsets: dict[TopicPartition, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    lanes: dict[tuple[str, int], Lane] = field(default_factory=dict)
    answered: list[Lane] = field(default_factory=list)
    partitions: dict[str, int] = field(default_factory=dict)
    more: bool = True
    due_at: float = 0.0
    watched: BaseException | None = None

    async def run(self) -> None:
        """Send until something fails or the relay ends; StopSendingError asks for a new producer."""
        self.offsets = await self.outbox.offsets()
        watching = asyncio.create_task(self._watch())
        try:
            while True:
                self.stir.event.clear()
                await self._settle()
                await self._read()
                await self._send()
                await self._rest()
        finally:
            watching.cancel()
            await self._finish()

    @property
    def has_room(self) -> bool:
        """Whether another batch may be read beside what is under way."""
        return len(self.taken) <= UNDER_WAY - BATCH

    async def _read(self) -> None:
        now = asyncio.get_running_loop().time()
        due = self.more or self.stir.committed or now >= self.due_at
        if not due or not self.has_room:
            return
        self.stir.committed = False
        await self._refill()
        rows = await self.outbox.pending(self.taken, self.trouble.waiting, BATCH)
        self.more, self.due_at = len(rows) == BATCH, now + POLL_SECONDS
        for topic in {row["topic"] for row in rows} - self.partitions.keys():
            await self._admit(topic)
        await self._line_up([row for row in rows if row["topic"] in self.partitions])

    async def _refill(self) -> None:
        for topic in self.trouble.to_refill():
            await self.outbox.refill(topic)
            self.offsets = {at: last for at, last in self.offsets.items() if at.topic != topic}
            self.trouble.refilled(topic)

    async def _line_up(self, rows: Sequence[Any]) -> None:
        position = 0
        try:
            for row in rows:
                position = row["position"]
                self._lane_of(row).waiting.extend(records_of(self.service, row, self.cast))
                self.taken.add(position)
        except Exception as error:
            await self._block(position, f"cannot be sent: {error!r}")

    def _lane_of(self, row: Any) -> Lane:
        topic = row["topic"]
        place = (topic, partition_of(row["key"], self.partitions[topic]))
        return self.lanes.get(place) or self.lanes.setdefault(place, Lane(TopicPartition(*place)))

    async def _admit(self, topic: str) -> None:
        """Look at a topic before the first event goes there: it may be missing, or another than it was."""
        known = await known_topics(self.producer.client, [topic])
        before = {at: last for at, last in self.offsets.items() if at.topic == topic}
        ends = await log_ends(self.producer.client, before) if known else {}
        if not known:
            self.trouble.hold(topic, "Kafka has no such topic: the deploy command makes it")
        elif ends.keys() != before.keys():
            self.trouble.hold(topic, "Kafka does not say yet how much of it it holds")
        elif shorter(ends, before):
            self.trouble.lost([topic])
        else:
            self.partitions.update(known)
            self.trouble.flows(topic)

    async def _send(self) -> None:
        for lane in self.lanes.values():
            if not lane.ready:
                continue
            if not self.producer.client.cluster.partitions_for_topic(lane.at.topic):
                self.trouble.hold(lane.at.topic, "Kafka has the topic no more")
                raise StopSendingError
            await self._hand_over(lane)

    async def _hand_over(self, lane: Lane) -> None:
        batch = self.producer.create_batch()
        lane.pack(batch, self.trouble.alone)
        topic, partition = lane.at
        try:
            lane.answer = await self.producer.send_batch(batch, topic, partition=partition)
        except ProducerClosed as error:
            raise StopSendingError from error
        lane.answer.add_done_callback(partial(self._answered, lane))

    def _answered(self, lane: Lane, answer: "asyncio.Future[Any]") -> None:
        if not answer.cancelled():
            answer.exception()  # seen, or asyncio would complain of one that nobody asks for any more
        self.answered.append(lane)
        self.stir.event.set()

    async def _rest(self) -> None:
        """Until something was committed, Kafka answered, or the next poll is due."""
        if self.more and self.has_room:
            return
        until_due = self.due_at - asyncio.get_running_loop().time()
        with suppress(TimeoutError):
            async with asyncio.timeout(max(until_due, 0) if self.has_room else POLL_SECONDS):
                await self.stir.event.wait()

    async def _settle(self) -> None:
        """Take out what was acknowledged, then stop if anything failed or Kafka lost a topic."""
        if self.watched is not None:
            raise self.watched
        failures = await self._take_out()
        if self.producer.cut:
            raise StopSendingError from KafkaConnectionError("a connection was cut")
        for lane, packed, error in failures:
            await self._learn(lane, packed, error)
        if failures:
            raise StopSendingError from failures[0][2]

    async def _take_out(self) -> list[tuple[Lane, list[Outgoing], BaseException]]:
        answered, self.answered = self.answered, []
        positions, offsets, failures, lost = set[int](), dict[TopicPartition, int](), [], set[str]()
        for lane in answered:
            packed, error, first = lane.unpack()
            if error is not None:
                failures.append((lane, packed, error))
                continue
            positions.update(record.position for record in packed if record.completes)
            if lane.at.topic in lost or 0 <= first <= self.offsets.get(lane.at, -1):
                lost.add(lane.at.topic)
            elif first >= 0 and not self.trouble.is_lost(lane.at.topic):
                offsets[lane.at] = first + len(packed) - 1
        if positions:
            await self.outbox.settle(positions, {at: o for at, o in offsets.items() if at.topic not in lost})
        self.offsets.update(offsets)
        self.taken -= positions
        self.trouble.alone -= positions
        EVENTS_SENT.labels(self.service).inc(len(positions))
        if lost:
            self.trouble.lost(lost)
            raise StopSendingError
        return failures

    async def _learn(self, lane: Lane, packed: list[Outgoing], error: BaseException) -> None:
        if not isinstance(error, REFUSALS):
            self.trouble.hold(lane.at.topic, repr(error))
        elif len(packed) > 1:
            self.trouble.alone.update(record.position for record in packed)
        else:
            await self._block(packed[0].position, f"Kafka refuses it: {error!r}")

    async def _block(self, position: int, reason: str) -> None:
        log.error("event_blocked", position=position, reason=reason[:300])
        await self.outbox.block(position, reason)
        self.trouble.alone.discard(position)
        raise StopSendingError

    async def _finish(self) -> None:
        """Await what is under way and take out what was acknowledged, so that little is sent twice."""
        under_way = [lane.answer for lane in self.lanes.values() if lane.answer is not None]
        if under_way:
            await asyncio.wait(under_way, timeout=FINISH_SECONDS)
        with suppress(Exception):
            await asyncio.sleep(0)  # the lanes' own callbacks
            for lane, packed, error in await self._take_out():
                if isinstance(error, REFUSALS):
                    await self._learn(lane, packed, error)

    async def _watch(self) -> None:
        """Every few seconds see whether a topic is gone or shorter than it was, busy or idle."""
        client = self.producer.client
        while True:
            try:
                seen = {at: o for at, o in self.offsets.items() if not self.trouble.is_lost(at.topic)}
                known = await known_topics(client, {at.topic for at in seen} | set(self.partitions))
                gone = [topic for topic in self.partitions if topic not in known]
                lost = shorter(await log_ends(client, seen), seen)
            except Exception as error:
                log.warning("kafka_not_watched", error=repr(error)[:300])
            else:
                for topic in gone:
                    self.trouble.hold(topic, "Kafka has the topic no more")
                self.trouble.lost(lost)
                if gone or lost:
                    self.watched = StopSendingError()
                    self.stir.event.set()
                    return
            await asyncio.sleep(self.watch_seconds)


def shorter(ends: Mapping[TopicPartition, int], acknowledged: Mapping[TopicPartition, int]) -> set[str]:
    """Topics whose log now ends before what Kafka had acknowledged: it has lost them, in whole or in part."""
    return {at.topic for at, end in ends.items() if end <= acknowledged[at]}
