"""The relay: events per second from the outbox to Kafka, against raw sends of the same bytes."""

from __future__ import annotations

from itertools import takewhile

from prometheus_client import REGISTRY

from shared.messaging.relay import Relay
from tests.benchmarks.fixtures import Store, fresh_store, somebody, topic_for_counted
from tests.benchmarks.raw_kafka import as_relayed, send_all
from tests.benchmarks.rows import Clock, Row, Servers, side_by_side
from tests.support.messaging import running, until

EVENTS = 30_000
KEYS = 3_000
NAME = "benchmark-relay"
RESEND = "INSERT INTO outbox SELECT position FROM event_log"


async def measure(servers: Servers) -> list[Row]:
    """Drain an outbox of 30,000 again and again, as a replay would fill it."""
    _, counted = await topic_for_counted(servers.kafka)
    events = [
        (counted(counter=f"counter {number % KEYS}", number=number), number // KEYS + 1)
        for number in range(EVENTS)
    ]
    records = [as_relayed(event, sequence) for event, sequence in events]
    async with fresh_store(servers.postgres_url) as store:
        async with store.work.begin(somebody()) as uow:
            for event, sequence in events:
                uow.record(event, sequence=sequence)

        async def relay() -> float:
            await store.execute(f"TRUNCATE outbox; {RESEND}")
            return await _drain(store, servers.kafka)

        async def raw() -> float:
            clock = Clock()
            sent = await send_all(servers.kafka, takewhile(lambda _: not clock.is_over, records))
            return sent / clock.elapsed

        figure, baseline = await side_by_side("relay", relay, raw)
    return [
        Row(
            benchmark="relay",
            measured="outbox to Kafka",
            figure=figure,
            baseline=baseline,
            unit="events/s",
            baseline_is="raw idempotent sends of the same bytes",
        )
    ]


async def _drain(store: Store, kafka: str) -> float:
    relay, before, clock = Relay(NAME, store.database_url, kafka), _sent(), Clock()
    async with running(relay.run()):
        await until(lambda: _is(_sent() >= before + EVENTS or clock.is_over), "the relay's end", every=0.005)
        return (_sent() - before) / clock.elapsed


def _sent() -> float:
    return REGISTRY.get_sample_value("offset_fund_events_sent_total", {"service": NAME}) or 0.0


async def _is(condition: bool) -> bool:
    return condition
