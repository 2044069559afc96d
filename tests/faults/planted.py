"""Five bugs to be found, put into a running service from outside and never into its code."""

import asyncio
import random
from collections.abc import Callable, Iterable
from typing import Any

from tests.faults.points import BETWEEN_COMMIT_AND_ACKNOWLEDGE, BETWEEN_SEND_AND_DELETE, die_if_told

DELETE = "DELETE FROM outbox WHERE position = ANY($1)"
A_WHILE_SECONDS = 0.03
"""Long enough for another transaction to come between."""


def acknowledge_before_commit(service: str) -> None:
    """Tell Kafka that events are taken before their effect is committed."""
    from aiokafka import AIOKafkaConsumer

    take, acknowledge = AIOKafkaConsumer.getmany, AIOKafkaConsumer.commit

    async def getmany(self: Any, *arguments: Any, **named: Any) -> Any:
        records = await take(self, *arguments, **named)
        if records:
            await acknowledge(self)
            die_if_told(service, BETWEEN_COMMIT_AND_ACKNOWLEDGE)
        return records

    AIOKafkaConsumer.getmany = getmany


def no_inbox(_service: str) -> None:
    """Take every event for new."""
    from shared.messaging import batch

    assert callable(batch.take_new)

    async def all_of_them(_session: Any, event_ids: Iterable[Any]) -> set[Any]:
        return set(event_ids)

    batch.take_new = all_of_them


def mark_before_send(service: str) -> None:
    """Delete from the outbox what is only about to be sent."""
    import asyncpg

    fetch, execute = asyncpg.Connection.fetch, asyncpg.Connection.execute

    async def marked(self: Any, statement: str, *arguments: Any, **named: Any) -> Any:
        rows = await fetch(self, statement, *arguments, **named)
        if rows and "FROM outbox o" in statement and "payload" in dict(rows[0]):
            await execute(self, DELETE, [row["position"] for row in rows])
            die_if_told(service, BETWEEN_SEND_AND_DELETE)
        return rows

    asyncpg.Connection.fetch = marked


def no_lock_on_balances(service: str) -> None:
    """Reserve from balances that another may be reserving from."""
    if service != "contributions":
        return
    from sqlalchemy import text

    from services.contributions.repository import books

    async def lock(_self: Any, _organisation: str) -> None:
        await asyncio.sleep(0)

    lawful = books.Books.lawful_pots

    async def lawful_pots(self: Any, award: Any) -> Any:
        pots = await lawful(self, award)
        await asyncio.sleep(10 * A_WHILE_SECONDS)
        return pots

    books.Books.lock, books.Books.lawful_pots = lock, lawful_pots
    for name in ("LOCK_POTS", "LAWFUL"):
        unlocked = getattr(books, name).text.replace("FOR UPDATE OF p", "").replace("FOR UPDATE", "")
        setattr(books, name, text(unlocked))


def unsorted_inbox_ids(_service: str) -> None:
    """Enter event ids in whatever order they came."""
    from shared.messaging import inbox

    def shuffled(ids: Iterable[Any]) -> list[Any]:
        return random.sample(list(ids), len(list(ids)))

    vars(inbox)["sorted"] = shuffled


PLANTS: dict[str, Callable[[str], None]] = {
    plant.__name__: plant
    for plant in (
        acknowledge_before_commit,
        no_inbox,
        mark_before_send,
        no_lock_on_balances,
        unsorted_inbox_ids,
    )
}
