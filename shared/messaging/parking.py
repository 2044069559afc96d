"""Events set aside: parked for a person, behind another of their key, or waiting for another event."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.messaging.delivery import Delivery

TopicKey: TypeAlias = tuple[str, str]
Kind: TypeAlias = Literal["parked", "behind", "waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A handler's answer: the event needs the effect of another one that has not come yet."""

    for_type: str
    for_key: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Why an event is set aside."""

    kind: Kind
    reason: str
    waiting: Waiting | None = None


HELD = text(
    """
    SELECT p.topic, p.key FROM parked_key p
    JOIN unnest(CAST(:topics AS text[]), CAST(:keys AS text[])) AS k(topic, key)
      ON p.topic = k.topic AND p.key = k.key
    ORDER BY p.topic, p.key FOR UPDATE OF p
    """
)
HOLD = text("INSERT INTO parked_key (topic, key) VALUES (:topic, :key) ON CONFLICT DO NOTHING")
SET_ASIDE = text(
    """
    INSERT INTO parked_event (topic, key, record_partition, record_offset, event_id, type, headers, value,
                              kind, reason, waiting_for_type, waiting_for_key)
    VALUES (:topic, :key, :partition, :offset, :event_id, :type, :headers, :value,
            :kind, :reason, :for_type, :for_key)
    ON CONFLICT DO NOTHING
    """
)
AWAITING = text(
    """
    SELECT DISTINCT topic, key FROM parked_event
    WHERE kind = 'waiting' AND discarded_at IS NULL
      AND (waiting_for_type, waiting_for_key) IN (
          SELECT * FROM unnest(CAST(:types AS text[]), CAST(:keys AS text[])))
    ORDER BY topic, key
    """
)


async def held_keys(session: AsyncSession, keys: Iterable[TopicKey]) -> set[TopicKey]:
    """Which of the keys are parked; their rows stay locked, so a replay of them waits, or is waited for."""
    wanted = sorted(set(keys))
    if not wanted:
        return set()
    columns = {"topics": [topic for topic, _ in wanted], "keys": [key for _, key in wanted]}
    return {(row.topic, row.key) for row in await session.execute(HELD, columns)}


async def set_aside(session: AsyncSession, delivery: Delivery, aside: Aside) -> None:
    """Keep an event as it came, and hold its key so that its later events line up behind it."""
    await session.execute(HOLD, {"topic": delivery.topic, "key": delivery.key})
    await session.execute(SET_ASIDE, _row(delivery, aside))


def _row(delivery: Delivery, aside: Aside) -> dict[str, Any]:
    return {
        "topic": delivery.topic,
        "key": delivery.key,
        "partition": delivery.partition,
        "offset": delivery.offset,
        "event_id": delivery.event_id,
        "type": delivery.type,
        "headers": json.dumps(delivery.headers),
        "value": delivery.value,
        "kind": aside.kind,
        "reason": aside.reason[:2000],
        "for_type": aside.waiting.for_type if aside.waiting else None,
        "for_key": aside.waiting.for_key if aside.waiting else None,
    }


async def keys_awaiting(session: AsyncSession, done: Sequence[tuple[str, str]]) -> list[TopicKey]:
    """Keys with an event that waits for one of these (type, key) pairs, which have just been handled."""
    columns = {"types": [type_name for type_name, _ in done], "keys": [key for _, key in done]}
    return [(row.topic, row.key) for row in await session.execute(AWAITING, columns)]
