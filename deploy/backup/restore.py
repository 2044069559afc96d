"""Restores a backup: five databases, their logs back in the outboxes, and the files."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import asyncpg

from deploy.backup.files import copy_kept
from deploy.backup.manifest import Manifest, read_manifest, require_whole
from deploy.backup.programs import find_programs, load
from deploy.local.databases import Database, Secrets, create_databases, describe_databases
from deploy.local.missing import Missing
from deploy.local.progress import step

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

TABLES = "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
USERS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = $1 AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""
SEND_ALL_AGAIN = """
    DELETE FROM acknowledged_offset;
    INSERT INTO outbox (position) SELECT position FROM event_log ON CONFLICT DO NOTHING;
"""
"""Kafka is empty: everything is sent again, and each reader's inbox knows what it has had."""
SIGN_EVERYBODY_OUT = "DELETE FROM sign_in_session"
"""Who has signed out since the backup must not be signed in again by it."""


async def restore_databases(
    backup: Path, superuser_url: str, secrets: Secrets, prefix: str, *, replace: bool = False
) -> Mapping[str, Database]:
    """Make the databases what they were, at this version's migrations, with every event to be sent again.

    Refuses a damaged backup, a fund that runs, and databases that hold something unless they are replaced.
    """
    manifest = read_manifest(backup)
    with step("Checking the backup"):
        await asyncio.to_thread(require_whole, backup, manifest)
    await _make_way(superuser_url, describe_databases(superuser_url, secrets, prefix), replace=replace)
    databases = await create_databases(superuser_url, secrets, prefix)
    programs = await find_programs(manifest.server_version)
    for service, database in databases.items():
        dumped = manifest.databases[service]
        with step(f"Restoring {service}, {dumped.events} events"):
            await load(programs, database.owner_url, backup / dumped.dump)
            await asyncio.to_thread(database.migrate)
            await _begin_anew(database)
    return databases


async def restore_files(backup: Path, manifest: Manifest, folders: Mapping[str, Path]) -> None:
    """Put the files back where their services look for them; what is there already stays."""
    for service in manifest.files:
        source = backup / "files" / service
        if source.exists():
            with step(f"Restoring the files of {service}"):
                await asyncio.to_thread(copy_kept, source, folders[service])


async def _make_way(superuser_url: str, databases: Mapping[str, Database], *, replace: bool) -> None:
    async with _connected(superuser_url) as server:
        known = {row["datname"] for row in await server.fetch("SELECT datname FROM pg_database")}
        there = [database for database in databases.values() if database.name in known]
        for database in there:
            if users := await server.fetchval(USERS, database.name):
                raise Missing(f"{users} programs use the database {database.name}. Stop the services first.")
        for database in there:
            if not replace and await _tables(database):
                raise Missing(f"The database {database.name} is not empty. --replace takes its place.")
        for database in there:
            await server.execute(f'DROP DATABASE "{database.name}"')


async def _tables(database: Database) -> int:
    async with _connected(database.owner_url) as own:
        return int(await own.fetchval(TABLES))


async def _begin_anew(database: Database) -> None:
    async with _connected(database.owner_url) as own, own.transaction():
        await own.execute(SEND_ALL_AGAIN)
        if database.service == "portal":
            await own.execute(SIGN_EVERYBODY_OUT)


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg://", "postgresql://", 1), timeout=10)
    try:
        yield connection
    finally:
        await connection.close()
