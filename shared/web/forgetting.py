"""Forgets what commands were answered once nobody will send them again; the event log keeps what they did."""

import asyncio
import random
from typing import Any

import structlog
from sqlalchemy import CursorResult, text

from shared.database import Sessions
from shared.observability import ANSWERS_FORGOTTEN

log = structlog.get_logger()

KEPT_DAYS = 30
"""How long a repeat gets the first answer: far longer than a session or a token lives. After that a repeat is
a new request, and the ids in it still keep it from making anything twice."""
AT_ONCE = 1000
EVERY_SECONDS = 3600
FORGET = text(
    """
    DELETE FROM answered_command WHERE ctid = ANY (ARRAY (
        SELECT ctid FROM answered_command WHERE answered_at < now() - make_interval(days => :days)
        LIMIT :many FOR UPDATE SKIP LOCKED))
    """
)


async def forget_old_answers(service: str, sessions: Sessions) -> None:
    """Once an hour, until cancelled; replicas begin at different times."""
    while True:
        await asyncio.sleep(random.uniform(0.5, 1) * EVERY_SECONDS)  # noqa: S311 - spreads work, guards nothing
        try:
            if forgotten := await forget(service, sessions):
                log.info("answers_forgotten", answers=forgotten)
        except Exception as error:
            log.warning("answers_not_forgotten", error=repr(error)[:300])


async def forget(service: str, sessions: Sessions) -> int:
    """Delete old answers, a thousand in a transaction, until none is left; how many they were."""
    forgotten = 0
    while True:
        async with sessions.begin() as session:
            result: CursorResult[Any] = await session.execute(FORGET, {"days": KEPT_DAYS, "many": AT_ONCE})  # type: ignore[assignment]
        forgotten += result.rowcount
        ANSWERS_FORGOTTEN.labels(service).inc(result.rowcount)
        if result.rowcount < AT_ONCE:
            return forgotten
