"""What a transaction costs in round trips, and that saving them has cost no safety."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from shared.database import make_engine, make_sessions, transaction
from shared.messaging import Cause, Handlers, UnitOfWork, Work
from shared.messaging.batch import Batch
from shared.messaging.reader import Reader
from tests.support.messaging import TIMEOUT_SECONDS, Counted, Ledger, count, count_all, handlers_on, until
from tests.support.round_trips import RoundTrips, counting_round_trips
from tests.support.services import KafkaRecord, record

BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def records(prefix: str, many: int) -> list[KafkaRecord]:
    return [record(Counted(counter=f"{prefix} {n}", number=n), 1) for n in range(many)]


async def cost(trips: RoundTrips, act: Callable[[str], Awaitable[None]]) -> int:
    """Round trips of the second time: the first one connects and prepares statements."""
    await act("first")
    before = trips.count
    await act("second")
    return trips.count - before


async def test_nothing_is_asked_of_the_database_that_was_not_needed(effects: Ledger) -> None:
    async with counting_round_trips(effects.database_url) as trips:
        engine = make_engine(trips.url, "tests", timeout_seconds=TIMEOUT_SECONDS)
        sessions = make_sessions(engine)
        projecting, work = Handlers("tests"), Work(sessions, TIMEOUT_SECONDS)
        projecting.project([Counted], count_all)
        projector, commands = (
            Reader(handlers, sessions, "-", TIMEOUT_SECONDS) for handlers in (projecting, handlers_on(count))
        )

        async def read(_: str) -> None:
            async with transaction(sessions, timeout_seconds=TIMEOUT_SECONDS, read_only=True) as session:
                await session.connection()

        async def record_one(name: str) -> None:
            async with work.begin(Cause("tests", "test", uuid4())) as uow:
                uow.record(Counted(counter=name, number=1), sequence=1)

        async def project(name: str) -> None:
            await projector.take(records(f"projected {name}", 1))

        async def command(name: str) -> None:
            await commands.take(records(f"command {name}", 5))

        assert await cost(trips, read) == 2  # begin, end
        assert await cost(trips, record_one) == 3  # begin, the event, commit
        assert await cost(trips, project) == 4  # begin, inbox and parked keys, one effect, commit
        assert await cost(trips, command) == 8  # the same with five effects
        await engine.dispose()


async def test_raw_access_before_any_statement_is_inside_the_transaction(effects: Ledger) -> None:
    async def copy_and_fail() -> None:
        async with effects.work.begin(Cause("tests", "test", uuid4())) as uow:
            await uow.copy("effect", ["counter", "number"], [("a", 1)])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await copy_and_fail()

    assert await effects.effects() == []


async def test_a_time_limit_of_its_own_ends_with_the_transaction(effects: Ledger) -> None:
    engine = make_engine(effects.database_url, "tests", timeout_seconds=TIMEOUT_SECONDS, connections=1)
    sessions = make_sessions(engine)

    async def limit(seconds: int) -> str:
        async with transaction(sessions, timeout_seconds=seconds) as session:
            shown: str = (
                await (await session.connection()).exec_driver_sql("SHOW statement_timeout")
            ).scalar_one()
            return shown

    assert [await limit(seconds) for seconds in (10, 3, 10)] == ["10s", "3s", "10s"]
    await engine.dispose()


async def test_an_event_whose_predecessor_another_replica_is_just_parking_lines_up_behind_it(
    effects: Ledger,
) -> None:
    async def fail_the_first(event: Counted, uow: UnitOfWork) -> None:
        if event.number == 1:
            raise ValueError("never")
        await count(event, uow)

    handlers = handlers_on(fail_the_first)
    first, second = (record(Counted(counter="a", number=n), n) for n in (1, 2))

    async with effects.sessions() as another_replica:
        await Batch(handlers, another_replica).take([first])
        taking = asyncio.create_task(effects.reader(handlers).take([first, second]))
        await until(lambda: is_blocked(effects), "the second replica waits for the first")
        await another_replica.commit()
    await taking

    assert await effects.effects() == []
    assert await effects.parked() == [("parked", "a"), ("behind", "a")]


async def is_blocked(effects: Ledger) -> bool:
    return bool(await effects.rows(BLOCKED))
