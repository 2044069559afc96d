"""A topic of 1,000,000 events that Kafka lost: how long until the relay has seen it and filled it again."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any

from prometheus_client import REGISTRY

from shared.events.topics import PARTITIONS
from shared.messaging.relay import Relay
from tests.benchmarks.fixtures import REASONS, Store, connect, fresh_store, topic_for_counted
from tests.benchmarks.raw_kafka import as_relayed, send_all
from tests.benchmarks.rows import Clock, Row, Servers, progress
from tests.support.messaging import running, until
from tests.support.topics import make_topic, remove_topic

if TYPE_CHECKING:
    from tests.benchmarks.fixtures import Counted

EVENTS = 1_000_000
KEYS = 20_000
AT_MOST_SECONDS = 600
NAME = "benchmark-refill"
SENT_BARE, BARE_SECONDS = 50_000, 5
LOG = """
    INSERT INTO event_log (event_id, topic, type, key, sequence, payload, occurred_at, council, actor,
                           correlation_id)
    SELECT gen_random_uuid(), $1, $2, key, sequence,
           json_build_object('counter', key, 'number', number, 'first_id', $1::text, 'reasons', $3::text),
           now(), 'benchmark', 'benchmarks', gen_random_uuid()
    FROM (SELECT number, 'counter ' || number % $4 AS key, number / $4 + 1 AS sequence
          FROM generate_series(0, $5::bigint - 1) number) numbered
"""
FIRST = "INSERT INTO outbox SELECT position FROM event_log ORDER BY position LIMIT 1000"


async def measure(servers: Servers) -> list[Row]:
    """Take the topic away under the running relay, make it again empty, and wait until all is back."""
    topic, counted = await topic_for_counted(servers.kafka)
    async with fresh_store(servers.postgres_url) as store:
        progress(f"writing {EVENTS:,} events to the log")
        await _log(store, topic, counted)
        progress("sending the same bytes with a bare producer")
        bare = await _bare_rate(servers.kafka, counted)
        await remove_topic(servers.kafka, topic)
        await make_topic(servers.kafka, topic, PARTITIONS)
        seconds = await _refilled(store, servers.kafka, topic)
    return [
        Row(
            benchmark="refill",
            measured=f"{EVENTS:,} events, topic wiped",
            figure=seconds,
            baseline=EVENTS / bare,
            unit="s",
            baseline_is="raw idempotent sends, known at once",
        )
    ]


async def _log(store: Store, topic: str, counted: type[Counted]) -> None:
    connection = await connect(store.owner_url)
    try:
        values: tuple[Any, ...] = (topic, counted.name, REASONS, KEYS, EVENTS)
        await connection.execute(LOG, *values, timeout=AT_MOST_SECONDS)
        await connection.execute(FIRST)
        await connection.execute("ANALYZE event_log")
    finally:
        await connection.close()


async def _bare_rate(kafka: str, counted: type[Counted]) -> float:
    """Records a second; so many as go out in a few seconds."""
    records = [
        as_relayed(counted(counter=f"counter {number % KEYS}", number=number), number // KEYS + 1)
        for number in range(SENT_BARE)
    ]
    clock = Clock(BARE_SECONDS)
    sent = await send_all(kafka, takewhile(lambda _: not clock.is_over, records))
    return sent / clock.elapsed


async def _refilled(store: Store, kafka: str, topic: str) -> float:
    """From the topic's loss, which the relay must notice for itself, until the outbox is empty again."""
    relay, before = Relay(NAME, store.database_url, kafka), _sent()
    async with running(relay.run()):
        await until(lambda: _sent_since(before, 1000), "the first events are sent", every=0.05)
        progress("taking the topic away")
        await remove_topic(kafka, topic)
        clock = Clock()
        await make_topic(kafka, topic, PARTITIONS)
        await until(
            lambda: _sent_since(before, 1000 + EVENTS),
            "all are sent again",
            seconds=AT_MOST_SECONDS,
            every=0.05,
        )
        return clock.elapsed


async def _sent_since(before: float, count: int) -> bool:
    return _sent() >= before + count


def _sent() -> float:
    return REGISTRY.get_sample_value("offset_fund_events_sent_total", {"service": NAME}) or 0.0
