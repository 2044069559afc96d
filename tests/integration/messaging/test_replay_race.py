"""A parked key is replayed while new events of it arrive: none is left behind, none overtakes."""

import asyncio

from shared.database import transaction
from shared.messaging import UnitOfWork
from shared.messaging.batch import Batch
from shared.messaging.replay import discard
from tests.support.messaging import Counted, Ledger, count, handlers_on
from tests.support.services import record

ROUNDS = 15


async def test_new_events_of_a_key_and_its_replay_wait_for_each_other(effects: Ledger) -> None:
    failing: set[str] = set()

    async def count_slowly_unless_failing(event: Counted, uow: UnitOfWork) -> None:
        await asyncio.sleep(0.005)
        if event.counter in failing:
            raise ValueError("not yet")
        await count(event, uow)

    reader = effects.reader(handlers_on(count_slowly_unless_failing))
    for attempt in range(ROUNDS):
        key = f"key {attempt}"
        failing.add(key)
        await reader.take([record(Counted(counter=key, number=n), n) for n in (1, 2)])
        failing.clear()

        async def newcomers(key: str = key) -> None:
            for n in range(3, 7):
                await reader.take([record(Counted(counter=key, number=n), n)])

        await asyncio.gather(newcomers(), reader.replay(Counted.topic, key))

        assert await effects.effects(key) == [1, 2, 3, 4, 5, 6]
        assert await effects.parked() == []


async def test_an_event_that_lines_up_while_the_one_before_is_discarded_keeps_its_key(
    effects: Ledger,
) -> None:
    async def fail(_event: Counted, _uow: UnitOfWork) -> None:
        raise ValueError("never")

    handlers = handlers_on(fail)
    await effects.reader(handlers).take([record(Counted(counter="a", number=1), 1)])
    [parked] = await effects.rows("SELECT id FROM parked_event")

    async with effects.sessions() as session:
        await Batch(handlers, session).take([record(Counted(counter="a", number=2), 2)])
        discarding = asyncio.create_task(give_up(effects, int(str(parked["id"]))))
        await asyncio.sleep(0.3)
        await session.commit()
    await discarding

    assert await effects.parked() == [("behind", "a")]
    assert len(await effects.rows("SELECT key FROM parked_key")) == 1


async def give_up(effects: Ledger, parked_id: int) -> None:
    async with transaction(effects.sessions, timeout_seconds=5) as session:
        await discard(session, parked_id, "operator")
