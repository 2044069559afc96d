"""Remembers which events a service has taken, so that a second delivery has no second effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.messaging.delivery import Delivery
from shared.messaging.parking import TopicKey, held_keys

# `held` looks only when `taken` is complete, so that every batch locks inbox rows before parked keys.
TAKE = text(
    """
    WITH taken AS (
        INSERT INTO inbox (event_id) SELECT unnest(CAST(:ids AS uuid[]))
        ON CONFLICT DO NOTHING RETURNING event_id
    ), held AS (
        SELECT p.topic, p.key FROM parked_key p
        JOIN unnest(CAST(:topics AS text[]), CAST(:keys AS text[])) AS k(topic, key)
          ON p.topic = k.topic AND p.key = k.key
        WHERE (SELECT count(*) FROM taken) >= 0
        ORDER BY p.topic, p.key FOR UPDATE OF p
    )
    SELECT new.many, CASE WHEN new.many < cardinality(CAST(:ids AS uuid[])) THEN new.ids END AS ids,
        held.topics, held.keys,
        EXISTS (SELECT 1 FROM parked_event WHERE kind = 'waiting' AND discarded_at IS NULL) AS some_wait
    FROM (SELECT count(*) AS many, array_agg(event_id) AS ids FROM taken) new,
         (SELECT array_agg(topic) AS topics, array_agg(key) AS keys FROM held) held
    """
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What of a batch is new, which of its keys are parked, and whether anything waits for another event."""

    deliveries: list[Delivery]
    held: set[TopicKey]
    some_wait: bool


async def take_new(session: AsyncSession, deliveries: Sequence[Delivery]) -> Taken:
    """Enter the events in the inbox, each once, and lock the parked keys among theirs: one statement.

    Ids and keys are sorted, or two replicas would deadlock. Where an event was there already, another replica
    may have parked it after this statement began to look: then the keys are looked up again.
    """
    ids = sorted({d.event_id for d in deliveries if d.event_id is not None}, key=attrgetter("int"))
    keys = sorted({(delivery.topic, delivery.key) for delivery in deliveries})
    columns = {"topics": [topic for topic, _ in keys], "keys": [key for _, key in keys]}
    row = (await session.execute(TAKE, {"ids": ids, **columns})).one()
    held = set(zip(row.topics or (), row.keys or (), strict=True))
    if row.many == len(ids) and len(ids) == len(deliveries):
        return Taken(list(deliveries), held, row.some_wait)
    fresh = _first_of_each(deliveries, set(ids) if row.many == len(ids) else set(row.ids or ()))
    if row.many < len(ids):
        held |= await held_keys(session, ((delivery.topic, delivery.key) for delivery in fresh))
    return Taken(fresh, held, row.some_wait)


def _first_of_each(deliveries: Sequence[Delivery], new: set[UUID]) -> list[Delivery]:
    """What is new, the second copy of an event left out; what has no legible id counts as new."""
    fresh = []
    for delivery in deliveries:
        if delivery.event_id is None or delivery.event_id in new:
            fresh.append(delivery)
            new.discard(delivery.event_id) if delivery.event_id else None
    return fresh
