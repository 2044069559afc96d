"""A reader on a real database, held against a plain model of what it should do, in any order of events.

More of it: pytest --hypothesis-profile=thorough.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import asyncpg.exceptions
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

from shared.database import transaction
from shared.messaging import Delivery, Handlers, UnitOfWork, Waiting
from shared.messaging.replay import discard
from tests.support.messaging import Counted, Ledger, add_effect, ledger
from tests.support.services import KafkaRecord, record

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

Place: TypeAlias = tuple[str, str]

WAITING = "waits"
UNREADABLE = ("wrong shape", "no JSON", "without id")
FLAWS = ("none", "none", "none", "none", "fails", *UNREADABLE)
FEW = settings(
    max_examples=12,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
EFFECTS = "SELECT counter, number FROM effect ORDER BY id"
LINES = "SELECT topic, key, kind, record_offset FROM parked_event WHERE discarded_at IS NULL ORDER BY id"
PERMITTED = text("SELECT 1 FROM effect WHERE counter = :counter LIMIT 1")


class Shown(Counted):
    """What feeds a projection."""

    topic: ClassVar[str] = "test.shown"
    name: ClassVar[str] = "test.shown.v1"


class Permitted(Counted):
    """What the events of one key wait for."""

    topic: ClassVar[str] = "test.permission"
    name: ClassVar[str] = "test.permitted.v1"


class Noted(Counted):
    """What a command records: a second time it would break the rule of one writer."""

    topic: ClassVar[str] = "test.noted"
    name: ClassVar[str] = "test.noted.v1"


PLACES: tuple[tuple[type[Counted], str], ...] = (
    (Counted, "a"),
    (Shown, "a"),
    (Shown, "b"),
    (Counted, WAITING),
    (Counted, WAITING),
    (Permitted, WAITING),
)


@dataclass
class Sent:
    """One event; its number is its offset too."""

    type: type[Counted]
    key: str
    number: int
    flaw: str
    record: KafkaRecord
    set_aside: str = ""

    @property
    def place(self) -> Place:
        return (self.type.topic, self.key)


@dataclass
class Model:
    """What a reader should do, without a database, batches or savepoints."""

    failing: set[int] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)
    effects: defaultdict[Place, list[int]] = field(default_factory=lambda: defaultdict(list))
    lines: defaultdict[Place, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    discarded: set[int] = field(default_factory=set)

    def take(self, batch: Sequence[Sent]) -> None:
        for sent in batch:
            if sent.number not in self.taken:
                self.taken.add(sent.number)
                line = self.lines[sent.place]
                sent.set_aside = "behind" if line else self.handle(sent)
                if sent.set_aside:
                    line.append(sent)
        self.release()

    def handle(self, sent: Sent) -> str:
        """Why it is set aside; nothing when it has taken effect."""
        if sent.flaw in UNREADABLE or sent.number in self.failing:
            return "parked"
        if sent.place == (Counted.topic, WAITING) and not self.effects[Permitted.topic, WAITING]:
            return "waiting"
        self.effects[sent.place].append(sent.number)
        return ""

    def replay(self, place: Place) -> None:
        line = self.lines[place]
        while line:
            line[0].set_aside = self.handle(line[0])
            if line[0].set_aside:
                break
            line.pop(0)

    def release(self) -> None:
        line = self.lines[Counted.topic, WAITING]
        if line and line[0].set_aside == "waiting" and self.effects[Permitted.topic, WAITING]:
            self.replay((Counted.topic, WAITING))

    def discard(self, place: Place, index: int) -> Sent:
        given_up = self.lines[place].pop(index)
        self.discarded.add(given_up.number)
        return given_up


class Reading(RuleBasedStateMachine):
    """New, repeated and spoilt events, handlers that fail and are mended, replays and discards."""

    def __init__(self, postgres_url: str) -> None:
        super().__init__()
        self.model, self.loop, self.stack = Model(), asyncio.new_event_loop(), AsyncExitStack()
        self.sent: list[Sent] = []
        self.last_batch: list[Sent] = []
        self.deadlocks = 0
        self.ledger: Ledger = self.run(self.stack.enter_async_context(ledger(postgres_url)))
        handlers = Handlers("tests")
        handlers.on(Counted, self.count)
        handlers.on(Permitted, self.count)
        handlers.project([Shown], self.show)
        self.reader = self.ledger.reader(handlers)

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return self.loop.run_until_complete(coroutine)

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.loop.close()

    @rule(data=st.data(), deadlock=st.booleans())
    def a_batch_comes(self, data: st.DataObject, deadlock: bool) -> None:
        places = st.sampled_from(PLACES)
        batch = []
        for _ in range(data.draw(st.integers(1, 6), label="events")):
            if self.sent and data.draw(st.integers(0, 3), label="again") == 0:
                batch.append(data.draw(st.sampled_from(self.sent), label="which"))
            else:
                batch.append(self.new(*data.draw(places), data.draw(st.sampled_from(FLAWS))))
        self.deliver(batch, deadlock=deadlock)

    @rule(flaw=st.sampled_from(("none", "fails")))
    def the_permission_comes(self, flaw: str) -> None:
        self.deliver([self.new(Permitted, WAITING, flaw)], deadlock=False)

    @rule()
    def the_acknowledgement_is_lost(self) -> None:
        self.deliver(self.last_batch, deadlock=False)

    @rule()
    def the_handlers_are_mended(self) -> None:
        self.model.failing.clear()

    @rule(data=st.data())
    def a_line_is_replayed(self, data: st.DataObject) -> None:
        if place := self.some_line(data):
            self.model.replay(place)
            self.model.release()
            self.run(self.reader.replay(*place))

    @rule(data=st.data())
    def one_is_discarded(self, data: st.DataObject) -> None:
        if place := self.some_line(data):
            index = data.draw(st.integers(0, len(self.model.lines[place]) - 1), label="index")
            self.run(self.discard(self.model.discard(place, index)))

    @invariant()
    def each_effect_is_there_once_and_in_order_of_its_key(self) -> None:
        found = defaultdict(list)
        for row in self.rows(EFFECTS):
            found[row["counter"]].append(row["number"])
        assert found == {f"{topic} {key}": n for (topic, key), n in self.model.effects.items() if n}

    @invariant()
    def every_line_stands_as_it_should(self) -> None:
        found = defaultdict(list)
        for row in self.rows(LINES):
            found[row["topic"], row["key"]].append((row["kind"], row["record_offset"]))
        lines = {place: line for place, line in self.model.lines.items() if line}
        assert found == {
            place: [(each.set_aside, each.number) for each in line] for place, line in lines.items()
        }
        assert {(row["topic"], row["key"]) for row in self.rows("SELECT * FROM parked_key")} == set(lines)

    @invariant()
    def nothing_is_lost_and_commands_tell_of_it_once(self) -> None:
        effective = [number for numbers in self.model.effects.values() for number in numbers]
        aside = [each.number for line in self.model.lines.values() for each in line]
        assert sorted([*effective, *aside, *self.model.discarded]) == [each.number for each in self.sent]
        commands = {each.number for each in self.sent if each.type is not Shown}
        told = [int(row["key"]) for row in self.rows("SELECT key FROM event_log")]
        assert sorted(told) == sorted(commands & set(effective))

    def new(self, kind: type[Counted], key: str, flaw: str) -> Sent:
        number = len(self.sent)
        sequence = 1 + sum(each.place == (kind.topic, key) for each in self.sent)
        made = replace(record(kind(counter=key, number=number), sequence), offset=number)
        if flaw == "without id":
            made = replace(made, headers=[(name, value) for name, value in made.headers if name != "ce_id"])
        elif flaw in UNREADABLE:
            made = replace(made, value=b"{}" if flaw == "wrong shape" else b"?")
        elif flaw == "fails":
            self.model.failing.add(number)
        self.sent.append(Sent(kind, key, number, flaw, made))
        return self.sent[-1]

    def deliver(self, batch: Sequence[Sent], *, deadlock: bool) -> None:
        """What has no legible id cannot be known again: it is brought once only."""
        batch = [each for each in batch if each.flaw != "without id" or each.number not in self.model.taken]
        batch = [each for n, each in enumerate(batch) if each.flaw != "without id" or each not in batch[:n]]
        self.last_batch = batch
        self.deadlocks = int(deadlock)
        self.run(self.reader.take([each.record for each in batch]))
        self.deadlocks = 0
        self.model.take(batch)

    def some_line(self, data: st.DataObject) -> Place | None:
        places = sorted(place for place, line in self.model.lines.items() if line)
        return data.draw(st.sampled_from(places), label="line") if places else None

    def rows(self, sql: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.run(self.ledger.rows(sql))
        return found

    async def count(self, event: Counted, uow: UnitOfWork) -> Waiting | None:
        await self.effect(event, uow.session)
        uow.record(Noted(counter=str(event.number), number=1), sequence=1)
        if (event.topic, event.counter) != (Counted.topic, WAITING):
            return None
        permitted = await uow.session.scalar(PERMITTED, {"counter": f"{Permitted.topic} {WAITING}"})
        return None if permitted else Waiting(Permitted.name, WAITING)

    async def show(self, deliveries: Sequence[Delivery], session: AsyncSession) -> None:
        for delivery in deliveries:
            assert isinstance(delivery.event, Shown)
            await self.effect(delivery.event, session)

    async def effect(self, event: Counted, session: AsyncSession) -> None:
        await add_effect(session, f"{event.topic} {event.counter}", event.number)
        if self.deadlocks:
            self.deadlocks -= 1
            raise asyncpg.exceptions.DeadlockDetectedError("somebody held what it needed")
        if event.number in self.model.failing:
            raise ValueError("not mended yet")

    async def discard(self, sent: Sent) -> None:
        query = f"SELECT id FROM parked_event WHERE record_offset = {sent.number}"  # noqa: S608 - a number
        [row] = await self.ledger.rows(query)
        async with transaction(self.ledger.sessions, timeout_seconds=5) as session:
            await discard(session, int(str(row["id"])), "tests")


def test_a_reader_does_what_its_model_does(postgres_url: str) -> None:
    chosen = FEW if settings.get_current_profile_name() == "default" else settings()

    run_state_machine_as_test(lambda: Reading(postgres_url), settings=chosen)
