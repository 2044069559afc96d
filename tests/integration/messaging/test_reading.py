"""What a reader does with what Kafka brings: once, in order of each key, the bad set aside.

Records are handed to the reader directly, for the faults are in them; test_kafka.py brings them by Kafka.
"""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from shared.database import transaction
from shared.messaging import Handlers, UnitOfWork
from shared.messaging.replay import discard
from tests.support.messaging import (
    Allowed,
    Counted,
    Ledger,
    add_effect,
    count,
    count_all,
    count_when_allowed,
    handlers_on,
)
from tests.support.services import KafkaRecord, record


def with_header(made: KafkaRecord, name: str, value: Any) -> KafkaRecord:
    return replace(made, headers=[(n, v) for n, v in made.headers if n != name] + [(name, value)])


def without_header(made: KafkaRecord, name: str) -> KafkaRecord:
    return replace(made, headers=[(n, v) for n, v in made.headers if n != name])


POISON = {
    "null value": lambda made: replace(made, value=None),
    "bad JSON": lambda made: replace(made, value=b"{not json"),
    "JSON of another shape": lambda made: replace(made, value=b'{"counter": "a"}'),
    "JSON that is no object": lambda made: replace(made, value=b"[1]"),
    "bytes that are no text": lambda made: replace(made, value=b"\xff\xfe\x00"),
    "deeply nested JSON": lambda made: replace(made, value=b"[" * 100_000),
    "null header": lambda made: with_header(made, "ce_type", None),
    "header that is no text": lambda made: with_header(made, "ce_type", b"\xff\xfe"),
    "no headers": lambda made: replace(made, headers=[]),
    "no id": lambda made: without_header(made, "ce_id"),
    "an id that is none": lambda made: with_header(made, "ce_id", b"seven"),
    "no sequence": lambda made: without_header(made, "ce_sequence"),
    "a time that is none": lambda made: with_header(made, "ce_time", b"yesterday"),
    "NUL in the value": lambda made: replace(made, value=b'{"counter": "a\\u0000", "number": 1}'),
    "NUL in the id": lambda made: with_header(made, "ce_id", b"a\x00b"),
    "null key and bad JSON": lambda made: replace(made, key=None, value=b"?"),
    "key that is no text": lambda made: replace(made, key=b"\xff\x00", value=b"?"),
}


async def test_an_event_that_is_delivered_twice_in_one_batch_has_one_effect(effects: Ledger) -> None:
    reader = effects.reader(handlers_on(count))
    made = record(Counted(counter="a", number=1), 1)

    await reader.take([made, made])

    assert await effects.effects() == [1]


async def test_an_event_that_is_delivered_again_later_has_no_second_effect(effects: Ledger) -> None:
    reader = effects.reader(handlers_on(count))
    made = record(Counted(counter="a", number=1), 1)

    await reader.take([made])
    await reader.take([made, record(Counted(counter="a", number=2), 2)])

    assert await effects.effects() == [1, 2]


@pytest.mark.parametrize("kind", POISON)
async def test_poison_of_each_kind_is_parked_and_all_others_take_effect(effects: Ledger, kind: str) -> None:
    reader = effects.reader(handlers_on(count))
    poison = POISON[kind](record(Counted(counter="poisoned", number=1), 1))

    before, after = (record(Counted(counter=name, number=7), 1) for name in ("before", "after"))
    await reader.take([before, poison, after])

    assert await effects.effects() == [7, 7]
    assert [kind for kind, _ in await effects.parked()] == ["parked"]


async def test_a_type_that_the_service_does_not_handle_is_skipped_and_holds_nobody_up(
    effects: Ledger,
) -> None:
    reader = effects.reader(handlers_on(count))
    other = with_header(record(Counted(counter="a", number=1), 1), "ce_type", b"something.else.v9")

    await reader.take([other, record(Counted(counter="a", number=2), 2)])

    assert await effects.effects() == [2]
    assert await effects.parked() == []
    assert len(await effects.rows("SELECT * FROM inbox")) == 1


async def test_later_events_of_a_parked_key_line_up_behind_it_and_other_keys_go_on(effects: Ledger) -> None:
    failing = {"a1"}

    async def count_unless_failing(event: Counted, uow: UnitOfWork) -> None:
        await count(event, uow)
        if f"{event.counter}{event.number}" in failing:
            raise ValueError("not today")

    reader = effects.reader(handlers_on(count_unless_failing))

    await reader.take([record(Counted(counter="a", number=1), 1), record(Counted(counter="b", number=1), 1)])
    await reader.take([record(Counted(counter="a", number=2), 2), record(Counted(counter="b", number=2), 2)])

    assert await effects.effects("a") == []
    assert await effects.effects("b") == [1, 2]
    assert await effects.parked() == [("parked", "a"), ("behind", "a")]

    failing.clear()
    await reader.replay(Counted.topic, "a")
    await reader.take([record(Counted(counter="a", number=3), 3)])

    assert await effects.effects("a") == [1, 2, 3]
    assert await effects.parked() == []
    assert await effects.rows("SELECT * FROM parked_key") == []


async def test_a_replay_that_fails_again_keeps_the_line_and_counts_the_attempt(effects: Ledger) -> None:
    async def never(_event: Counted, _uow: UnitOfWork) -> None:
        raise ValueError("never")

    reader = effects.reader(handlers_on(never))
    await reader.take([record(Counted(counter="a", number=n), n) for n in (1, 2)])

    await reader.replay(Counted.topic, "a")

    assert await effects.parked() == [("parked", "a"), ("behind", "a")]
    [head, _] = await effects.rows("SELECT attempts FROM parked_event ORDER BY id")
    assert head["attempts"] == 2


async def test_a_discarded_event_is_kept_by_name_and_frees_its_key(effects: Ledger) -> None:
    reader = effects.reader(handlers_on(count))
    poison = POISON["bad JSON"](record(Counted(counter="a", number=1), 1))
    await reader.take([poison])
    [row] = await effects.rows("SELECT id FROM parked_event")

    async with transaction(effects.sessions, timeout_seconds=5) as session:
        await discard(session, int(str(row["id"])), "somebody")
    await reader.take([record(Counted(counter="a", number=2), 2)])

    assert await effects.effects() == [2]
    assert [r["discarded_by"] for r in await effects.rows("SELECT * FROM parked_event")] == ["somebody"]


async def test_one_bad_event_of_a_projected_list_is_found_and_only_its_key_is_held(effects: Ledger) -> None:
    handlers = Handlers("tests")
    handlers.project([Counted], count_all)
    reader = effects.reader(handlers)
    numbers = list(range(1, 51))

    records = [record(Counted(counter=f"k{n % 10}", number=n), n) for n in numbers]
    await reader.take(records)

    held = [n for n in numbers if n % 10 == 3 and n >= 13]
    assert sorted(await effects.effects()) == [n for n in numbers if n not in held]
    assert await effects.parked() == [("parked", "k3")] + [("behind", "k3")] * (len(held) - 1)


async def test_what_came_before_the_poison_of_its_key_is_projected_and_what_came_after_lines_up(
    effects: Ledger,
) -> None:
    handlers = Handlers("tests")
    handlers.project([Counted], count_all)
    reader = effects.reader(handlers)
    first, poisoned, last = (record(Counted(counter="a", number=n), n) for n in (1, 2, 3))

    await reader.take([first, POISON["bad JSON"](poisoned), last])

    assert await effects.effects() == [1]
    assert [kind for kind, _ in await effects.parked()] == ["parked", "behind"]


async def test_events_of_two_topics_that_come_in_the_wrong_order_wait_for_each_other(effects: Ledger) -> None:
    reader = effects.reader(handlers_on(count_when_allowed))

    await reader.take([record(Counted(counter="a", number=n), n) for n in (1, 2)])
    assert await effects.effects() == []
    assert await effects.parked() == [("waiting", "a"), ("behind", "a")]

    await reader.take([record(Allowed(counter="a"), 1)])
    assert await effects.effects() == [0, 1, 2]
    assert await effects.parked() == []


async def test_in_one_batch_the_awaited_event_may_stand_after_the_one_that_waits(effects: Ledger) -> None:
    reader = effects.reader(handlers_on(count_when_allowed))

    await reader.take([record(Counted(counter="a", number=1), 1), record(Allowed(counter="a"), 1)])

    assert await effects.effects() == [0, 1]
    assert await effects.parked() == []


async def test_an_event_whose_handler_waits_leaves_no_half_effect(effects: Ledger) -> None:
    async def half(event: Counted, uow: UnitOfWork) -> Any:
        await add_effect(uow.session, "half", 99)
        return await count_when_allowed(event, uow)

    reader = effects.reader(handlers_on(half))

    await reader.take([record(Counted(counter="a", number=1), 1)])

    assert await effects.effects() == []


async def test_what_a_handler_records_names_the_event_that_caused_it(effects: Ledger) -> None:
    async def pass_on(event: Counted, uow: UnitOfWork) -> None:
        uow.record(Allowed(counter=event.counter), sequence=1)

    reader = effects.reader(handlers_on(pass_on))
    cause, correlation = uuid4(), uuid4()

    headers = {"ce_id": str(cause), "ce_correlationid": str(correlation)}
    await reader.take([record(Counted(counter="a", number=1), 1, **headers)])

    [row] = await effects.rows("SELECT * FROM event_log JOIN outbox USING (position)")
    assert (row["causation_id"], row["correlation_id"]) == (cause, correlation)


async def test_a_handler_that_comes_second_to_another_writer_is_run_again(effects: Ledger) -> None:
    runs = 0

    async def second_at_first(event: Counted, uow: UnitOfWork) -> None:
        nonlocal runs
        runs += 1
        await count(event, uow)
        uow.record(Allowed(counter="taken"), sequence=runs)

    await effects.record((Allowed(counter="taken"), 1))
    reader = effects.reader(handlers_on(second_at_first))

    await reader.take([record(Counted(counter="a", number=1), 1)])

    assert runs == 2
    assert await effects.effects() == [1]
    assert await effects.parked() == []


async def test_a_handler_that_always_comes_second_is_parked_in_the_end(effects: Ledger) -> None:
    async def always_second(_event: Counted, uow: UnitOfWork) -> None:
        uow.record(Allowed(counter="taken"), sequence=1)

    await effects.record((Allowed(counter="taken"), 1))
    reader = effects.reader(handlers_on(always_second))

    await reader.take([record(Counted(counter="a", number=1), 1), record(Counted(counter="b", number=2), 1)])

    assert [key for _, key in await effects.parked()] == ["a", "b"]


async def test_the_commands_of_a_batch_tell_their_facts_in_order_and_each_names_its_own_cause(
    effects: Ledger,
) -> None:
    async def count_and_pass_on(event: Counted, uow: UnitOfWork) -> None:
        await count(event, uow)
        uow.record(Allowed(counter=event.counter), sequence=event.number)

    reader = effects.reader(handlers_on(count_and_pass_on))
    causes = [uuid4() for _ in range(120)]

    await reader.take(
        [
            record(Counted(counter=f"{number % 7}", number=number + 1), number // 7 + 1, ce_id=str(cause))
            for number, cause in enumerate(causes)
        ]
    )

    rows = await effects.rows("SELECT * FROM event_log JOIN outbox USING (position) ORDER BY position")
    assert [(row["key"], row["sequence"]) for row in rows] == [(f"{n % 7}", n + 1) for n in range(120)]
    assert [row["causation_id"] for row in rows] == causes


async def test_among_many_commands_the_one_that_fails_is_parked_and_the_others_take_effect_once(
    effects: Ledger,
) -> None:
    async def all_but_thirteen(event: Counted, uow: UnitOfWork) -> None:
        await count(event, uow)
        uow.record(Allowed(counter=event.counter), sequence=1)
        if event.number == 13:
            raise ValueError("thirteen")

    reader = effects.reader(handlers_on(all_but_thirteen))

    await reader.take([record(Counted(counter=f"counter {n}", number=n), 1) for n in range(120)])

    assert await effects.effects() == [n for n in range(120) if n != 13]
    assert await effects.parked() == [("parked", "counter 13")]
    logged = await effects.rows("SELECT key FROM event_log ORDER BY position")
    assert [row["key"] for row in logged] == [f"counter {n}" for n in range(120) if n != 13]
