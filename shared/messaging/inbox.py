"""Remembers which events a service has taken, so that a second delivery has no second effect."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

TAKE = text(
    "INSERT INTO inbox (event_id) SELECT unnest(CAST(:ids AS uuid[])) "
    "ON CONFLICT DO NOTHING RETURNING event_id"
)


async def take_new(session: AsyncSession, event_ids: Iterable[UUID]) -> set[UUID]:
    """Enter the ids and answer those that were not there; sorted, or two replicas would deadlock."""
    ids = sorted(set(event_ids))
    if not ids:
        return set()
    return set((await session.execute(TAKE, {"ids": ids})).scalars())
