"""What the relay promises whatever Kafka and the database do meanwhile, on real servers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar
from uuid import uuid4

import asyncpg

from shared.events import Event
from shared.events.versions import with_older_versions
from shared.messaging import Cause, Handlers
from shared.messaging.relay import Relay
from shared.messaging.relay.outbox import CHANNEL
from shared.messaging.relay.sending import Stir
from shared.messaging.replay import unblock
from tests.support.messaging import Counted, Ledger, count, event_on, ledger, running, until
from tests.support.topics import (
    Sent,
    a_topic_name,
    make_topic,
    remove_topic,
    set_on_topic,
    standing_in,
)

SOMEBODY = Cause("tests", "test", uuid4())


def relay_of(effects: Ledger, kafka: str) -> Relay:
    relay = Relay("tests", effects.database_url, kafka, refill_after_seconds=0.5, watch_seconds=0.2)
    effects.work = type(effects.work)(effects.sessions, 10, relay.wake)
    return relay


@asynccontextmanager
async def topic_and_relay(effects: Ledger, kafka: str, **settings: str) -> AsyncIterator[type[Counted]]:
    topic = a_topic_name()
    await make_topic(kafka, topic, **settings)
    async with running(relay_of(effects, kafka).run()):
        yield event_on(topic)


async def outbox_is(effects: Ledger, left: int) -> None:
    async def so() -> bool:
        return len(await effects.rows("SELECT * FROM outbox")) == left

    await until(so, f"{left} left in the outbox", every=0.02)


async def blocked_are(effects: Ledger, number: int) -> None:
    async def so() -> bool:
        return len(await effects.rows("SELECT * FROM blocked_event")) == number

    await until(so, f"{number} blocked", every=0.02)


def sequences(sent: list[Sent], key: str) -> list[int]:
    return [record.sequence for record in sent if record.key == key]


async def test_an_event_whose_position_commits_late_is_sent_and_before_the_next_of_its_key(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    async with topic_and_relay(effects, kafka_bootstrap_servers) as event:
        async with effects.work.begin(SOMEBODY) as late:
            late.record(event(counter="late", number=1), sequence=1)
            await late.flush()
            for n in range(1, 4):
                await effects.record((event(counter="quick", number=n), n))
            await outbox_is(effects, 0)
        await effects.record((event(counter="late", number=2), 2))
        await outbox_is(effects, 0)

    sent = await standing_in(kafka_bootstrap_servers, event.topic)
    assert sequences(sent, "quick") == [1, 2, 3]
    assert sequences(sent, "late") == [1, 2]


async def test_more_than_is_under_way_at_once_is_sent_once_and_in_order(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    async with topic_and_relay(effects, kafka_bootstrap_servers) as event:
        numbered = [(event(counter=f"key {n % 7}", number=n), n // 7 + 1) for n in range(4_200)]
        await effects.record(*numbered)
        await outbox_is(effects, 0)

    sent = await standing_in(kafka_bootstrap_servers, event.topic)
    assert {n: sequences(sent, f"key {n}") for n in range(7)} == {n: list(range(1, 601)) for n in range(7)}


async def test_an_event_that_kafka_refuses_holds_up_its_own_key_only_and_goes_when_it_may(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    kafka = kafka_bootstrap_servers
    async with topic_and_relay(effects, kafka, max_message_bytes="20000") as event:
        large = type("Large", (event,), {"__annotations__": {"words": str}, "__module__": __name__})
        await effects.record(
            *((event(counter=key, number=n), n) for n in (1, 2) for key in "abcdef"),
            (large(counter="a", number=3, words="x" * 30_000), 3),
            *((event(counter=key, number=n), n) for n in (3, 4, 5) for key in "bcdef"),
            *((event(counter="a", number=n), n) for n in (4, 5)),
        )
        await blocked_are(effects, 1)
        await outbox_is(effects, 3)
        before = await standing_in(kafka, event.topic)
        [blocked] = await effects.rows("SELECT * FROM blocked_event")

        await set_on_topic(kafka, event.topic, max_message_bytes="100000")
        async with effects.sessions.begin() as session:
            await unblock(session, int(str(blocked["position"])))
        await outbox_is(effects, 0)

    assert (blocked["topic"], blocked["key"]) == (event.topic, "a")
    assert "MessageSizeTooLarge" in str(blocked["reason"])
    assert sequences(before, "a") == [1, 2]
    assert {key: sequences(before, key) for key in "bcdef"} == {key: [1, 2, 3, 4, 5] for key in "bcdef"}
    assert sequences(await standing_in(kafka, event.topic), "a") == [1, 2, 3, 4, 5]


async def test_a_missing_topic_holds_up_only_itself_until_it_is_made(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    missing = event_on(a_topic_name())
    async with topic_and_relay(effects, kafka_bootstrap_servers) as event:
        await effects.record(*((missing(counter="m", number=n), n) for n in (1, 2)))
        await effects.record(*((event(counter="p", number=n), n) for n in (1, 2)))
        await outbox_is(effects, 2)
        present = await standing_in(kafka_bootstrap_servers, event.topic)

        await make_topic(kafka_bootstrap_servers, missing.topic)
        await outbox_is(effects, 0)

    assert sequences(present, "p") == [1, 2]
    assert sequences(await standing_in(kafka_bootstrap_servers, missing.topic), "m") == [1, 2]


async def test_a_topic_that_kafka_lost_is_refilled_in_order_though_nothing_new_is_sent(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    kafka = kafka_bootstrap_servers
    async with topic_and_relay(effects, kafka) as event:
        await effects.record(*((event(counter=key, number=n), n) for n in range(1, 21) for key in "ab"))
        await outbox_is(effects, 0)

        await remove_topic(kafka, event.topic)
        await make_topic(kafka, event.topic)

        async def refilled() -> bool:
            return len(await standing_in(kafka, event.topic)) == 40

        await until(refilled, "the topic is full again")
        await outbox_is(effects, 0)
    sent = await standing_in(kafka, event.topic)
    assert {key: sequences(sent, key) for key in "ab"} == {key: list(range(1, 21)) for key in "ab"}


async def test_a_running_reader_has_every_effect_once_when_a_topic_is_lost_between_two_events(
    effects: Ledger, postgres_url: str, kafka_bootstrap_servers: str
) -> None:
    kafka = kafka_bootstrap_servers
    async with ledger(postgres_url) as other, topic_and_relay(effects, kafka) as event:
        handlers = Handlers(f"reader-{event.topic}")
        handlers.on(event, count)

        async def counted(last: int) -> None:
            async def so() -> bool:
                return len(await other.effects()) >= last

            await until(so, f"{last} effects", every=0.02)

        async with running(other.reader(handlers, kafka).run()):
            await effects.record(*((event(counter="a", number=n), n) for n in range(1, 11)))
            await counted(10)
            await remove_topic(kafka, event.topic)
            await make_topic(kafka, event.topic)
            await effects.record((event(counter="a", number=11), 11))
            await counted(11)
            await outbox_is(effects, 0)
            await effects.record((event(counter="a", number=12), 12))
            await counted(12)
        assert await other.effects() == list(range(1, 13))
    sent = await standing_in(kafka, event.topic)
    assert set(sequences(sent, "a")) == set(range(1, 13))


async def test_a_relay_that_does_not_lead_tells_the_leader_once_for_many_commits(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    told: list[object] = []
    heard = asyncio.Event()
    listening = await asyncpg.connect(effects.database_url.replace("+asyncpg", ""))
    leader, follower = relay_of(effects, kafka_bootstrap_servers), relay_of(effects, kafka_bootstrap_servers)
    leader._stir = Heard(heard)
    try:
        await listening.add_listener(CHANNEL, lambda *arguments: told.append(arguments))
        async with running(leader.run()):
            await until(lambda: _leads(effects), "the first leads", every=0.02)
            async with running(follower.run()):
                for _ in range(200):
                    follower.wake()
                await asyncio.wait_for(heard.wait(), 10)
    finally:
        await listening.close()
    assert 1 <= len(told) <= 3


class Heard(Stir):
    """What the leader is woken by, for looking at."""

    def __init__(self, heard: asyncio.Event) -> None:
        super().__init__()
        self.heard = heard

    def commit(self) -> None:
        self.heard.set()


async def _leads(effects: Ledger) -> bool:
    return bool(await effects.rows("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"))


class Named(Counted):
    """The older version: a name and a number."""

    name: ClassVar[str] = "test.named.v1"


class NamedWithUnit(Counted):
    """The newest: the number has a unit now."""

    name: ClassVar[str] = "test.named.v2"

    unit: str

    def as_older_versions(self) -> tuple[Event, ...]:
        return (type("Named", (Named,), {"topic": self.topic})(counter=self.counter, number=self.number),)


async def test_an_older_version_is_sent_beside_the_newest_under_the_same_id_and_each_reader_takes_one(
    effects: Ledger, postgres_url: str, kafka_bootstrap_servers: str
) -> None:
    kafka, topic = kafka_bootstrap_servers, a_topic_name()
    await make_topic(kafka, topic)
    newest = type("Newest", (NamedWithUnit,), {"topic": topic, "__module__": __name__})
    older = type("Older", (Named,), {"topic": topic, "__module__": __name__})
    relay = Relay("tests", effects.database_url, kafka, cast=with_older_versions([newest]))
    await effects.record(*((newest(counter="a", number=n, unit="kWh"), n) for n in (1, 2)))

    async with running(relay.run()):
        await outbox_is(effects, 0)
    sent = await standing_in(kafka, topic)

    assert [(r.type, r.sequence) for r in sent] == [
        ("test.named.v2", 1), ("test.named.v1", 1), ("test.named.v2", 2), ("test.named.v1", 2),
    ]  # fmt: skip
    assert [r.event_id for r in sent[::2]] == [r.event_id for r in sent[1::2]]
    assert ["unit" in r.value for r in sent] == [True, False, True, False]
    for version in (older, newest):
        handlers = Handlers(f"reader-{uuid4().hex[:8]}")
        handlers.on(version, count)
        async with ledger(postgres_url) as other, running(other.reader(handlers, kafka).run()):

            async def arrived(reading: Ledger = other) -> bool:
                return await reading.effects() == [1, 2]

            await until(arrived, f"two effects of {version.name}")


class Untellable(Counted):
    """A down-cast with a mistake in it."""

    def as_older_versions(self) -> tuple[Event, ...]:
        raise KeyError(self.counter)


async def test_an_event_that_cannot_be_told_in_its_older_version_is_blocked_and_others_flow(
    effects: Ledger, kafka_bootstrap_servers: str
) -> None:
    kafka, topic = kafka_bootstrap_servers, a_topic_name()
    await make_topic(kafka, topic)
    wrong = type("Wrong", (Untellable,), {"topic": topic, "name": "test.wrong.v2", "__module__": __name__})
    right = event_on(topic)
    relay = Relay("tests", effects.database_url, kafka, cast=with_older_versions([wrong]))
    await effects.record(
        (right(counter="a", number=1), 1),
        (wrong(counter="a", number=2), 2),
        (right(counter="a", number=3), 3),
        (right(counter="b", number=1), 1),
    )

    async with running(relay.run()):
        await outbox_is(effects, 2)
        await blocked_are(effects, 1)

    sent = await standing_in(kafka, topic)
    assert (sequences(sent, "a"), sequences(sent, "b")) == ([1], [1])
    [blocked] = await effects.rows("SELECT * FROM blocked_event")
    assert "KeyError" in str(blocked["reason"])
