"""How fresh the read model is: whether it has what a command just answered, and as of when it speaks."""

import asyncio
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database import Sessions, transaction

WAIT_SECONDS = 0.5
LOOK_EVERY_SECONDS = 0.025
TIMEOUT_SECONDS = 2
REACHED = text("SELECT 1 FROM progress WHERE topic = :topic AND key = :key AND sequence >= :sequence")
AS_OF = text("SELECT max(projected_at) FROM progress")


async def reached(sessions: Sessions, topic: str, key: object, sequence: int) -> bool:
    """Wait up to half a second for the read model to have this event of the key; whether it has it."""
    until = asyncio.get_running_loop().time() + WAIT_SECONDS
    while not await _has(sessions, {"topic": topic, "key": str(key), "sequence": sequence}):
        if asyncio.get_running_loop().time() >= until:
            return False
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    return True


async def as_of(session: AsyncSession) -> datetime | None:
    """When the read model last took an event in; none before the first."""
    latest: datetime | None = await session.scalar(AS_OF)
    return latest


async def _has(sessions: Sessions, place: dict[str, object]) -> bool:
    async with transaction(sessions, timeout_seconds=TIMEOUT_SECONDS, read_only=True) as session:
        return await session.scalar(REACHED, place) is not None
