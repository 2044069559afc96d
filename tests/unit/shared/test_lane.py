"""A partition's line: what may be handed to Kafka, and when."""

import asyncio

from aiokafka import TopicPartition
from aiokafka.errors import MessageSizeTooLargeError
from aiokafka.partitioner import DefaultPartitioner
from aiokafka.producer.message_accumulator import BatchBuilder
from aiokafka.structs import RecordMetadata
from hypothesis import given
from hypothesis import strategies as st

from shared.messaging.relay.lane import Lane
from shared.messaging.relay.records import Outgoing, partition_of

AT = TopicPartition("topic", 0)


def batch(size: int = 100_000) -> BatchBuilder:
    return BatchBuilder(size, 0)


def line(*positions: int, size: int = 10) -> Lane:
    lane = Lane(AT)
    lane.waiting.extend(
        Outgoing(p, completes=True, key=b"key", value=b"x" * size, headers=[]) for p in positions
    )
    return lane


def packed(lane: Lane) -> list[int]:
    return [record.position for record in lane.packed]


def test_what_waits_goes_in_one_batch_in_its_order() -> None:
    lane = line(1, 2, 3)

    lane.pack(batch(), alone=set())

    assert packed(lane) == [1, 2, 3]


def test_what_does_not_fit_waits_for_the_next_batch() -> None:
    lane = line(1, 2, 3, size=400)

    lane.pack(batch(1000), alone=set())

    assert packed(lane) == [1, 2]
    assert [record.position for record in lane.waiting] == [3]


def test_one_larger_than_any_batch_goes_by_itself_for_kafka_to_judge() -> None:
    lane = line(1, 2, size=5000)

    lane.pack(batch(1000), alone=set())

    assert packed(lane) == [1]


def test_an_event_that_was_refused_in_company_travels_alone() -> None:
    lane, batches = line(1, 2, 3), []

    while lane.waiting:
        lane.packed = []
        lane.pack(batch(), alone={2})
        batches.append(packed(lane))

    assert batches == [[1], [2], [3]]


async def test_nothing_is_handed_over_while_a_batch_is_under_way_or_its_failure_unseen() -> None:
    lane = line(1, 2)
    lane.pack(batch(), alone={1})
    lane.answer = asyncio.get_running_loop().create_future()
    ready_while_under_way = lane.ready
    lane.answer.set_exception(MessageSizeTooLargeError())

    ready_before_the_answer_was_read = lane.ready
    records, error, offset = lane.unpack()

    assert not ready_while_under_way
    assert not ready_before_the_answer_was_read
    assert [record.position for record in records] == [1]
    assert isinstance(error, MessageSizeTooLargeError)
    assert offset == -1
    assert lane.ready


async def test_an_acknowledged_batch_says_where_it_begins() -> None:
    lane = line(1, 2)
    lane.pack(batch(), alone=set())
    lane.answer = asyncio.get_running_loop().create_future()
    lane.answer.set_result(RecordMetadata("topic", 0, AT, 17, -1, 0, 0))

    _, error, offset = lane.unpack()

    assert (error, offset, lane.ready) == (None, 17, False)


@given(st.text(), st.integers(1, 50))
def test_a_key_goes_where_every_kafka_client_puts_it(key: str, partitions: int) -> None:
    every = list(range(partitions))

    assert partition_of(key, partitions) == DefaultPartitioner()(key.encode(), every, every)
