"""PostgreSQL cuts every connection of a service, as its restart does: whoever asks next need not notice."""

import asyncio
from uuid import uuid4

import asyncpg

from shared.messaging import Handlers, UnitOfWork
from shared.messaging.reader import Reader
from tests.support.messaging import Allowed, Counted, count
from tests.support.people import OFFICER
from tests.support.services import ServiceUnderTest, record

CUT = """
    SELECT count(*) FILTER (WHERE pg_terminate_backend(pid, 5000)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


async def cut_all(service: ServiceUnderTest) -> int:
    """End every connection to the database of the service but the own; answers how many there were."""
    connection = await asyncpg.connect(service.service.settings.database_url.replace("+asyncpg", ""))
    try:
        cut: int = await connection.fetchval(CUT)
        return cut
    finally:
        await connection.close()


async def post_ten(counting: ServiceUnderTest) -> list[int]:
    bodies = [{"id": str(uuid4()), "counter": f"counter {number}"} for number in range(10)]
    answers = await asyncio.gather(
        *(counting.request("POST", "/counts", OFFICER, json=body) for body in bodies)
    )
    return [answer.status_code for answer in answers]


async def test_commands_and_looks_after_a_cut_are_answered_as_if_nothing_had_been(
    counting: ServiceUnderTest,
) -> None:
    for _ in range(3):
        assert await post_ten(counting) == [201] * 10
        assert await cut_all(counting) >= 5

        look = await counting.request("GET", "/looks", OFFICER, params={"number": 1})
        assert look.status_code == 200
        assert await post_ten(counting) == [201] * 10


async def test_a_command_whose_connection_is_cut_in_its_middle_takes_effect_once(
    counting: ServiceUnderTest,
) -> None:
    body = {"id": str(uuid4()), "counter": "slow", "pause_seconds": 0.2}
    posted = asyncio.ensure_future(counting.post("/counts", OFFICER, body))
    await asyncio.sleep(0.1)

    assert await cut_all(counting) >= 1

    assert (await posted)["sequence"] == 1
    assert [row["number"] for row in await counting.rows("SELECT number FROM effect")] == [1]


async def test_a_batch_whose_connection_is_cut_in_its_middle_takes_effect_once(
    counting: ServiceUnderTest,
) -> None:
    cuts = []

    async def count_with_a_cut(event: Counted, uow: UnitOfWork) -> None:
        await count(event, uow)
        uow.record(Allowed(counter=event.counter), sequence=1)
        if not cuts:
            cuts.append(await cut_all(counting))

    handlers = Handlers("tests")
    handlers.on(Counted, count_with_a_cut)
    reader = Reader(handlers, counting.service.sessions, "127.0.0.1:1", 10)

    await reader.take([record(Counted(counter=f"counter {n}", number=n), 1) for n in range(3)])

    assert cuts[0] >= 1
    effects = await counting.rows("SELECT number FROM effect ORDER BY id")
    assert [row["number"] for row in effects] == [0, 1, 2]
    assert len(await counting.rows("SELECT key FROM event_log")) == 3
