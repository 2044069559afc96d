"""Commands driven by events: events per second in batches of 500, against one transaction for each."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import text

from shared.messaging import Handlers
from shared.messaging.reader import MAX_RECORDS, Reader
from tests.benchmarks.fixtures import TIMEOUT_SECONDS, Answered, Counted, fresh_store
from tests.benchmarks.raw_kafka import as_relayed
from tests.benchmarks.rows import Clock, Row, Servers, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from shared.messaging import UnitOfWork
    from tests.support.services import KafkaRecord

ADD = text("INSERT INTO effect (number, counter) VALUES (:number, :counter)")


async def measure(servers: Servers) -> list[Row]:
    """Each event makes one row and one recorded event; the events are at hand, without Kafka."""
    handlers = Handlers("benchmarks")
    handlers.on(Counted, answer)
    async with fresh_store(servers.postgres_url) as store:
        reader = Reader(handlers, store.sessions, "127.0.0.1:1", TIMEOUT_SECONDS)

        async def batched() -> float:
            return await rate_of_taking(reader, new_records, MAX_RECORDS)

        async def singly() -> float:
            return await rate_of_taking(reader, new_records, 1)

        figure, baseline = await side_by_side("commands", batched, singly)
    return [
        Row(
            benchmark="commands",
            measured="event to command with one event",
            figure=figure,
            baseline=baseline,
            unit="events/s",
            baseline_is="a transaction for each event",
        )
    ]


async def answer(event: Counted, uow: UnitOfWork) -> None:
    """The smallest command that tells of itself."""
    await uow.session.execute(ADD, {"number": event.number, "counter": event.counter})
    uow.record(Answered(counter=event.counter, number=event.number), sequence=1)


def new_records(count: int) -> list[KafkaRecord]:
    """Events of so many counters that nobody has seen."""
    return [as_relayed(Counted(counter=str(uuid4()), number=number), 1) for number in range(count)]


async def rate_of_taking(
    reader: Reader, new_records: Callable[[int], Sequence[KafkaRecord]], size: int
) -> float:
    """Events per second in batches of this size, handed over as Kafka would bring them."""
    taken, clock = 0, Clock()
    while not clock.is_over:
        await reader.take(new_records(size))
        taken += size
    return taken / clock.elapsed
