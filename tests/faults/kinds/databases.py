"""Faults of PostgreSQL."""

import asyncio
import random

from deploy.local.databases import SERVICES
from shared.messaging.relay.outbox import LOCK
from tests.faults.kinds.kind import Ground, kind
from tests.faults.system import PUBLISHERS, STATEMENT_TIMEOUT_SECONDS

CUT = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
DISK_IS_FULL = """
    CREATE OR REPLACE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$
"""
FILLED = ("event_log", "inbox", "outbox", "answered_command")
LOCKED = ("event_log", "inbox", "outbox", "parked_key")
END_THE_RELAY = """
    SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE locktype = 'advisory' AND datname = current_database() AND objid = $1 AND classid = 0
"""


@kind(weight=3)
async def restart_postgresql(ground: Ground, chance: random.Random) -> None:
    """The server ends every connection, stops in order and comes back."""
    async with ground.system.held("postgresql"):
        await ground.system.terminate("postgresql")
        await asyncio.sleep(chance.uniform(0, 1))
        await ground.system.start("postgresql")


@kind(weight=3)
async def crash_postgresql(ground: Ground, _chance: random.Random) -> None:
    """The server ends without a checkpoint and recovers from its log."""
    async with ground.system.held("postgresql"):
        await ground.system.kill("postgresql")
        await ground.system.start("postgresql")


@kind(weight=10)
async def cut_connections(ground: Ground, chance: random.Random) -> None:
    """Every connection of one service is cut in the middle of what it does, some times over."""
    system, name = ground.system, chance.choice(SERVICES)
    async with system.held("postgresql"), system.superuser(name) as superuser:
        for _ in range(chance.choice([1, 1, 2, 4])):
            await superuser.execute(CUT)
            await asyncio.sleep(chance.uniform(0, 0.3))


@kind(weight=5)
async def disk_is_full(ground: Ground, chance: random.Random) -> None:
    """One table takes no more rows for a while."""
    system, name, table = ground.system, chance.choice(SERVICES), chance.choice(FILLED)
    async with system.held("postgresql"), system.superuser(name) as superuser:
        await superuser.execute(DISK_IS_FULL)
        await superuser.execute(
            f"CREATE TRIGGER disk_is_full BEFORE INSERT ON {table} EXECUTE FUNCTION disk_is_full()"
        )
        await asyncio.sleep(chance.uniform(0.5, 3))
        await superuser.execute(f"DROP TRIGGER disk_is_full ON {table}")


@kind(weight=4)
async def no_connections_left(ground: Ground, chance: random.Random) -> None:
    """The database takes no new connections of a service for a while, and cuts those there are."""
    system, name = ground.system, chance.choice(SERVICES)
    async with system.held("postgresql"), system.superuser(name) as superuser:
        await superuser.execute(f'ALTER ROLE "{system.runner(name)}" CONNECTION LIMIT 0')
        await superuser.execute(CUT)
        await asyncio.sleep(chance.uniform(0.5, 2))
        await superuser.execute(f'ALTER ROLE "{system.runner(name)}" CONNECTION LIMIT -1')


@kind(weight=5)
async def statements_time_out(ground: Ground, chance: random.Random) -> None:
    """A table is locked for longer than a statement may wait."""
    system, name, table = ground.system, chance.choice(SERVICES), chance.choice(LOCKED)
    async with system.held("postgresql"), system.superuser(name) as superuser, superuser.transaction():
        await superuser.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        await asyncio.sleep(STATEMENT_TIMEOUT_SECONDS + chance.uniform(0, 1))


@kind(weight=5)
async def events_are_late(ground: Ground, chance: random.Random) -> None:
    """One service's events come after what others did later: another holds the place of its relay."""
    system, name = ground.system, chance.choice(PUBLISHERS)
    async with system.held("postgresql"), system.superuser(name) as superuser:
        await superuser.execute(END_THE_RELAY, LOCK)
        await superuser.execute("SELECT pg_advisory_lock($1)", LOCK)
        await asyncio.sleep(chance.uniform(0.5, 4))
