"""Five bugs to be found, put into a running service from outside and never into its code."""

import asyncio
import random
from collections.abc import Callable, Iterable
from typing import Any

from tests.faults.points import BETWEEN_COMMIT_AND_ACKNOWLEDGE, BETWEEN_SEND_AND_DELETE, die_if_told

DELETE = "DELETE FROM outbox WHERE position = ANY($1)"
A_WHILE_SECONDS = 1.0
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
    """Enter events in the inbox, but take every one for new."""
    from shared.messaging import batch

    remember = batch.take_new

    async def all_of_them(session: Any, deliveries: Any) -> Any:
        taken = await remember(session, deliveries)
        taken.deliveries[:] = deliveries
        return taken

    vars(batch)["take_new"] = all_of_them


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
    from services.contributions.repository import books

    async def lock(_self: Any, _organisations: Iterable[str]) -> None:
        await asyncio.sleep(0)

    lawful = books.Books.lawful_pots

    async def lawful_pots(self: Any, awards: Any) -> Any:
        pots = await lawful(self, awards)
        await asyncio.sleep(A_WHILE_SECONDS)
        return pots

    vars(books)["Books"].lock = lock
    vars(books)["Books"].lawful_pots = lawful_pots


def unsorted_inbox_ids(_service: str) -> None:
    """Enter event ids in whatever order they came, one by one."""
    from sqlalchemy import text

    from shared.messaging import inbox

    def shuffled(ids: Iterable[Any], **_order: Any) -> list[Any]:
        listed = list(ids)
        return random.sample(listed, len(listed))

    slowly = "SELECT id FROM unnest(CAST(:ids AS uuid[])) AS one(id) WHERE pg_sleep(0.005) IS NOT NULL"
    at_once = "SELECT unnest(CAST(:ids AS uuid[]))"
    assert at_once in inbox.TAKE.text
    vars(inbox)["TAKE"] = text(inbox.TAKE.text.replace(at_once, slowly, 1))
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
