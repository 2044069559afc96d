"""The relay's statements on the connection that holds its lock."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
from aiokafka import TopicPartition

LOCK = 0x0FF5E7
CHANNEL = "offset_fund_outbox"

PENDING = """
    SELECT l.* FROM outbox o CROSS JOIN LATERAL (
        SELECT position, event_id::text AS event_id, topic, type, key, sequence, payload, occurred_at,
               council, actor, correlation_id::text AS correlation_id, causation_id::text AS causation_id,
               traceparent
        FROM event_log WHERE event_log.position = o.position
    ) l
    WHERE o.position <> ALL ($1::bigint[]) AND l.topic <> ALL ($2::text[])
        AND NOT EXISTS (
            SELECT 1 FROM blocked_event b
            WHERE b.topic = l.topic AND b.key = l.key AND b.position <= l.position
        )
    ORDER BY o.position LIMIT $3
"""
"""Always from the beginning, less what is under way: positions commit out of order, so there is no floor."""
SETTLE = """
    WITH acknowledged AS (DELETE FROM outbox WHERE position = ANY ($1::bigint[]))
    INSERT INTO acknowledged_offset AS known (topic, record_partition, last_offset)
    SELECT * FROM unnest($2::text[], $3::integer[], $4::bigint[])
    ON CONFLICT (topic, record_partition) DO UPDATE SET last_offset = excluded.last_offset
"""
BLOCK = """
    INSERT INTO blocked_event (position, topic, key, reason)
    SELECT position, topic, key, $2 FROM event_log WHERE position = $1 ON CONFLICT DO NOTHING
"""
REFILL = (
    "INSERT INTO outbox (position) SELECT position FROM event_log WHERE topic = $1 ON CONFLICT DO NOTHING"
)
REFILL_SECONDS = 900

SETTINGS = {
    "application_name": "offset-fund relay",
    # A deletion that is lost with the server is a second sending, which readers know: it waits for no disk.
    "synchronous_commit": "off",
    # The outbox is read along its key with one look into the log for each row, whatever the statistics say
    # of tables that are full in one minute and empty in the next.
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "enable_sort": "off",
}


async def connect(database_url: str) -> asyncpg.Connection:
    """The relay's own connection; its end gives the lock back."""
    return await asyncpg.connect(
        database_url.replace("+asyncpg", ""), timeout=10, command_timeout=30, server_settings=SETTINGS
    )


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits to be sent, as one connection sees it."""

    connection: asyncpg.Connection

    async def lock(self) -> bool:
        """Become the database's only active relay, until the connection ends; whether it was free."""
        return bool(await self.connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK))

    async def tell(self) -> None:
        """Wake the active relay in another process; never inside a business transaction."""
        await self.connection.execute(f"NOTIFY {CHANNEL}")

    async def pending(self, under_way: Collection[int], held: Collection[str], limit: int) -> Sequence[Any]:
        """The first rows of the log to send, in the order of their positions."""
        rows: Sequence[Any] = await self.connection.fetch(PENDING, list(under_way), list(held), limit)
        return rows

    async def settle(self, positions: Collection[int], offsets: Mapping[TopicPartition, int]) -> None:
        """Take out what Kafka acknowledged, and remember how far each partition had come."""
        await self.connection.execute(
            SETTLE,
            list(positions),
            [at.topic for at in offsets],
            [at.partition for at in offsets],
            list(offsets.values()),
        )

    async def offsets(self) -> dict[TopicPartition, int]:
        """The last acknowledged offset of each partition."""
        rows = await self.connection.fetch("SELECT * FROM acknowledged_offset")
        return {TopicPartition(row["topic"], row["record_partition"]): row["last_offset"] for row in rows}

    async def block(self, position: int, reason: str) -> None:
        """Set an event that Kafka refuses for itself aside; the later ones of its key wait behind it."""
        async with self.connection.transaction():
            await self.connection.execute("SET LOCAL synchronous_commit = on")
            await self.connection.execute(BLOCK, position, reason.replace("\0", "")[:2000])

    async def refill(self, topic: str) -> None:
        """Put every event of a topic that Kafka has lost back into the outbox, from the first on.

        In one durable transaction with forgetting its offsets: a loss is never half remembered.
        """
        async with asyncio.timeout(REFILL_SECONDS), self.connection.transaction():
            await self.connection.execute("SET LOCAL synchronous_commit = on")
            await self.connection.execute("DELETE FROM acknowledged_offset WHERE topic = $1", topic)
            await self.connection.execute(REFILL, topic, timeout=REFILL_SECONDS)
