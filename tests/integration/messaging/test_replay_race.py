"""A parked key is replayed while new events of it arrive: none is left behind, none overtakes."""

import asyncio

from shared.messaging import UnitOfWork
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
