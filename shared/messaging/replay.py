"""Tries again what was set aside, key by key and in order; and sends parts of the log once more."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.errors import NotFound
from shared.messaging.batch import Batch
from shared.messaging.delivery import deliver
from shared.messaging.parking import Aside, TopicKey, keys_awaiting

LOCK_KEY = text("SELECT 1 FROM parked_key WHERE topic = :topic AND key = :key FOR UPDATE")
LOCK_KEY_OF = text(
    "SELECT 1 FROM parked_key k JOIN parked_event e USING (topic, key) WHERE e.id = :id FOR UPDATE OF k"
)
LINE = text(
    "SELECT * FROM parked_event WHERE topic = :topic AND key = :key AND discarded_at IS NULL ORDER BY id"
)
DONE = text("DELETE FROM parked_event WHERE id = :id")
STILL = text(
    """
    UPDATE parked_event SET kind = :kind, reason = :reason, attempts = attempts + 1,
        waiting_for_type = :for_type, waiting_for_key = :for_key
    WHERE id = :id
    """
)
RELEASE_KEY = text(
    """
    DELETE FROM parked_key WHERE topic = :topic AND key = :key AND NOT EXISTS (
        SELECT 1 FROM parked_event e
        WHERE e.topic = :topic AND e.key = :key AND e.discarded_at IS NULL)
    """
)
DISCARD = text(
    """
    UPDATE parked_event SET discarded_at = now(), discarded_by = :by, discarded_because = :because
    WHERE id = :id AND discarded_at IS NULL RETURNING topic, key
    """
)
WAITING_KEYS = text(
    "SELECT DISTINCT topic, key FROM parked_event WHERE kind = 'waiting' AND discarded_at IS NULL"
)
RESEND = text(
    """
    INSERT INTO outbox (position) SELECT position FROM event_log
    WHERE position BETWEEN :first AND :last ON CONFLICT DO NOTHING
    """
)
NO_PARKED_EVENT = "There is no such parked event. It may have been replayed."
UNBLOCK = text("DELETE FROM blocked_event WHERE position = :position RETURNING position")


@dataclass(frozen=True, slots=True)
class KeptRecord:
    """A record as it was set aside."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Any


async def replay_key(batch: Batch, topic: str, key: str) -> None:
    """Handle the line of one parked key from its head, up to the first that still cannot be handled.

    Takes the key's row first, as the reader does: one of the two waits for the other, and no new event of
    the key can slip in between.
    """
    place = {"topic": topic, "key": key}
    await batch.session.execute(LOCK_KEY, place)
    for row in (await batch.session.execute(LINE, place)).all():
        aside = await _try_again(batch, row)
        if aside is not None:
            await batch.session.execute(STILL, _still(row.id, aside))
            return
        await batch.session.execute(DONE, {"id": row.id})
    await batch.session.execute(RELEASE_KEY, place)


async def release_waiting(batch: Batch) -> None:
    """Replay the keys whose events waited for what this batch handled, and those that waited for them."""
    while batch.handled:
        done, batch.handled = batch.handled, []
        for topic, key in await keys_awaiting(batch.session, done):
            await replay_key(batch, topic, key)


async def waiting_keys(session: AsyncSession) -> list[TopicKey]:
    """Every key at whose head an event waits for another."""
    return [(row.topic, row.key) for row in await session.execute(WAITING_KEYS)]


async def discard(session: AsyncSession, parked_id: int, by: str, because: str = "") -> None:
    """Give one parked event up, for good, by name and with a reason.

    Its key is free when nothing else is parked there.

    Takes the key's row first, as a replay does: what a reader lines up meanwhile is seen, not left behind.
    """
    await session.execute(LOCK_KEY_OF, {"id": parked_id})
    row = (await session.execute(DISCARD, {"id": parked_id, "by": by, "because": because})).one_or_none()
    if row is None:
        raise NotFound("parked_event.not_found", NO_PARKED_EVENT)
    await session.execute(RELEASE_KEY, {"topic": row.topic, "key": row.key})


async def resend(session: AsyncSession, first: int, last: int) -> None:
    """Send a range of the event log to Kafka again, by the same relay and in the same order."""
    await session.execute(RESEND, {"first": first, "last": last})


async def unblock(session: AsyncSession, position: int) -> None:
    """Let the relay try an event again that Kafka refused, and with it the later ones of its key."""
    if (await session.execute(UNBLOCK, {"position": position})).one_or_none() is None:
        raise NotFound("blocked_event.not_found", "There is no such blocked event. It may have been sent.")


async def _try_again(batch: Batch, row: Any) -> Aside | None:
    headers = [(name, value.encode()) for name, value in json.loads(row.headers).items()]
    record = KeptRecord(
        row.topic, row.record_partition, row.record_offset, row.key.encode(), row.value, headers
    )
    delivery = deliver(record, batch.handlers.types)
    if delivery is None:
        return None
    if delivery.event is None:
        return Aside("parked", delivery.unreadable_because or "cannot be read")
    aside = await batch.run(delivery)
    if aside is None:
        batch.handled.append((delivery.event.name, delivery.key))
    return aside


def _still(parked_id: int, aside: Aside) -> dict[str, Any]:
    waiting = aside.waiting
    return {
        "id": parked_id,
        "kind": aside.kind,
        "reason": aside.reason[:2000],
        "for_type": waiting.for_type if waiting else None,
        "for_key": waiting.for_key if waiting else None,
    }
