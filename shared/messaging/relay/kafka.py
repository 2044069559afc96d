"""What the relay asks of Kafka beside sending: which topics there are, and how far their logs reach."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.conn import CloseReason
from aiokafka.errors import (
    CorruptRecordException,
    InvalidTimestampError,
    MessageSizeTooLargeError,
    PolicyViolationError,
    ProducerClosed,
    RecordListTooLargeError,
)
from aiokafka.protocol.offset import OffsetRequest

REFUSALS = (
    MessageSizeTooLargeError,
    RecordListTooLargeError,
    CorruptRecordException,
    InvalidTimestampError,
    PolicyViolationError,
)
"""Kafka's word on the record itself: sending it again will not help."""

BATCH_BYTES = 256 * 1024
REQUEST_TIMEOUT_MS = 10_000
STOP_SECONDS = 2.0
LATEST = -1


class Producer(AIOKafkaProducer):  # type: ignore[misc]  # aiokafka has no types
    """Gives up at the first connection that is cut: what is reached by the next may have lost its log.

    The library's own would connect again by itself and send what was under way, into an empty topic as well:
    before all that came earlier and has to be sent again. `cut` says whether it happened.
    """

    def __init__(self, on_cut: Callable[[], None], **settings: Any) -> None:
        super().__init__(**settings)
        self.cut = False
        self._on_cut = on_cut
        self.client._on_connection_closed = self._closed_by  # noqa: SLF001 - the library tells nobody else

    def give_up(self) -> None:
        """Fail what is unanswered and send nothing more: by itself an idempotent producer never stops."""
        self._message_accumulator.fail_all(ProducerClosed())
        if (sender := self._sender.sender_task) is not None:
            sender.cancel()

    def _closed_by(self, _connection: Any, reason: CloseReason | None) -> None:
        if reason != CloseReason.SHUTDOWN:
            self.cut = True
            self.give_up()
            self._on_cut()


@asynccontextmanager
async def producing(
    bootstrap_servers: str, client_id: str, on_cut: Callable[[], None] = lambda: None
) -> AsyncIterator[Producer]:
    """An idempotent producer that waits for every replica; left behind for good at the end."""
    producer = Producer(
        on_cut,
        bootstrap_servers=bootstrap_servers,
        client_id=client_id,
        acks="all",
        enable_idempotence=True,
        linger_ms=0,
        max_batch_size=BATCH_BYTES,
        request_timeout_ms=REQUEST_TIMEOUT_MS,
    )
    try:
        await producer.start()
        yield producer
    finally:
        await _abandon(producer)


async def _abandon(producer: Producer) -> None:
    """Stop, and leave nothing behind that goes on trying."""
    await _at_most(STOP_SECONDS, producer.stop())
    producer.give_up()
    await _at_most(STOP_SECONDS, producer.client.close())


async def _at_most(seconds: float, ending: Coroutine[Any, Any, None]) -> None:
    """Wait so long, whatever comes of it: the library cancels parts of its own, and with them who waits."""
    task = asyncio.create_task(ending)
    await asyncio.wait([task], timeout=seconds)
    if task.done():
        task.cancelled() or task.exception()
    else:
        task.cancel()


async def known_topics(client: Any, topics: Collection[str]) -> dict[str, int]:
    """Those of the topics that Kafka has now, with their number of partitions."""
    found: dict[str, int] = {}
    for _ in range(
        2
    ):  # the first answer may be to a question that was on its way already, without these topics
        for topic in topics:
            client.add_topic(topic)
        async with asyncio.timeout(REQUEST_TIMEOUT_MS / 1000):
            await client.force_metadata_update()
        found = {topic: len(client.cluster.partitions_for_topic(topic) or ()) for topic in topics}
        if all(found.values()):
            break
    return {topic: partitions for topic, partitions in found.items() if partitions}


async def log_ends(client: Any, asked: Collection[TopicPartition]) -> dict[TopicPartition, int]:
    """The offset that the next record of each partition will have; those without a leader are left out."""
    by_node: dict[int, dict[str, list[tuple[int, int]]]] = {}
    for at in asked:
        node = client.cluster.leader_for_partition(at)
        if node not in {None, -1}:
            by_node.setdefault(node, {}).setdefault(at.topic, []).append((at.partition, LATEST))
    ends = {}
    for node, topics in by_node.items():
        answer = await client.send(node, OffsetRequest(-1, 0, list(topics.items())))
        for topic, partitions in answer.topics:
            for partition, error, *_, offset in partitions:
                if error == 0:
                    ends[TopicPartition(topic, partition)] = offset
    return ends
