"""One moment of five databases: no event is taken in there that is not in its owner's log there."""

from __future__ import annotations

import asyncio
import time
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg

from deploy.local.missing import Missing

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

CONNECT_SECONDS = 10
TRIES = 10
PAUSE_SECONDS = 0.5
BARRIER = """
    BEGIN;
    SET LOCAL lock_timeout = '2s';
    LOCK TABLE inbox, event_log IN SHARE MODE;
"""
"""Waits for what is about to commit and keeps the rest waiting; a vacuum gives way after one second.

The inbox comes first, as readers take it: nobody can hold one of the two and wait for us.
"""
HELD = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
STANDS = """
    SELECT pg_export_snapshot() AS snapshot,
           (SELECT coalesce(max(position), 0) FROM event_log) AS last_position,
           (SELECT count(*) FROM event_log) AS events,
           (SELECT count(*) FROM inbox) AS taken_in,
           (SELECT array_agg(version_num ORDER BY version_num) FROM alembic_version) AS revisions,
           current_setting('server_version_num')::int / 10000 AS server_version
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """How one database stood: the snapshot to dump, how far its log and inbox had come, its migrations."""

    snapshot: str
    last_position: int
    events: int
    taken_in: int
    revisions: list[str]
    server_version: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The moments of all services, and for how long commits were kept waiting (seconds)."""

    moments: Mapping[str, Moment]
    paused_seconds: float


@asynccontextmanager
async def one_moment(owner_urls: Mapping[str, str]) -> AsyncIterator[Cut]:
    """Snapshots of all databases, of use to other connections for as long as the block lasts.

    Commits that record or take in events wait while the five snapshots are taken, milliseconds; everything
    else goes on, and so does everything afterwards.
    """
    async with AsyncExitStack() as stack:
        barriers = {name: await _connect(stack, url) for name, url in owner_urls.items()}
        holders = {name: await _connect(stack, url) for name, url in owner_urls.items()}
        for _ in range(TRIES):
            cut = await _try(barriers, holders)
            if cut is not None:
                yield cut
                return
            await asyncio.sleep(PAUSE_SECONDS)
    raise Missing("The databases were busy with long transactions each time. Try the backup again later.")


async def _connect(stack: AsyncExitStack, url: str) -> asyncpg.Connection:
    plain = url.replace("postgresql+asyncpg://", "postgresql://", 1)
    connection = await asyncpg.connect(plain, timeout=CONNECT_SECONDS)
    stack.callback(connection.terminate)  # nothing was written: there is nothing to end in order
    return connection


async def _try(
    barriers: Mapping[str, asyncpg.Connection], holders: Mapping[str, asyncpg.Connection]
) -> Cut | None:
    """Take all snapshots behind all barriers; None where one barrier could not be had in time."""
    began = time.monotonic()
    try:
        raised = await asyncio.gather(
            *(each.execute(BARRIER) for each in barriers.values()), return_exceptions=True
        )
        if not _all_closed(raised):
            return None
        moments = await asyncio.gather(*(_moment(each) for each in holders.values()))
    finally:
        await asyncio.gather(*(each.execute("ROLLBACK") for each in barriers.values()))
    return Cut(dict(zip(holders, moments, strict=True)), time.monotonic() - began)


def _all_closed(raised: list[object]) -> bool:
    errors = [each for each in raised if isinstance(each, BaseException)]
    for error in errors:
        if not isinstance(error, asyncpg.LockNotAvailableError | asyncpg.DeadlockDetectedError):
            raise error
    return not errors


async def _moment(connection: asyncpg.Connection) -> Moment:
    await connection.execute(HELD)
    return Moment(**dict(await connection.fetchrow(STANDS)))
