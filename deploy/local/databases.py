"""Creates one database per service with two roles: the owner migrates it, the runner works in it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import asyncpg
from sqlalchemy import make_url

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

SERVICES = ("contributions", "applications", "assessment", "monitoring", "portal")


class Secrets(Protocol):
    """Whatever keeps the passwords of the roles."""

    def secret(self, name: str) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """One service's database, as its owner and as its runner reach it (postgresql+asyncpg://...)."""

    service: str
    name: str
    owner_url: str
    url: str

    @property
    def owner(self) -> str:
        """The role that migrates."""
        return f"{self.name}_owner"

    @property
    def runner(self) -> str:
        """The role that the service runs as, which owns nothing."""
        return self.name

    def migrate(self) -> None:
        """Bring the database to its newest schema and grant the runner its rights."""
        from shared.messaging.migrate import migrate  # a second of Alembic, which most commands do without

        migrate(self.service, self.owner_url, self.runner)


async def create_databases(
    superuser_url: str, secrets: Secrets, prefix: str = "offset_fund"
) -> Mapping[str, Database]:
    """Create roles and databases that are absent, set the rights of all; safe to repeat."""
    databases = describe_databases(superuser_url, secrets, prefix)
    async with _connected(superuser_url) as server:
        for database in databases.values():
            await _create(server, database)
    for database in databases.values():
        async with _connected(database.owner_url) as own:
            await own.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    return databases


def describe_databases(
    superuser_url: str, secrets: Secrets, prefix: str = "offset_fund"
) -> Mapping[str, Database]:
    """Say where the databases of this prefix are, whether or not they exist."""
    return {name: _describe(name, superuser_url, secrets, prefix) for name in SERVICES}


async def drop_databases(superuser_url: str, prefix: str) -> None:
    """Remove the databases and roles of this prefix, with all that is in them."""
    async with _connected(superuser_url) as server:
        for name in (f"{prefix}_{service}" for service in SERVICES):
            await server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            for role in (name, f"{name}_owner"):
                await server.execute(f'DROP ROLE IF EXISTS "{role}"')


async def migrate_databases(databases: Mapping[str, Database]) -> None:
    """Bring every service's database to its newest schema, one after the other."""
    for database in databases.values():
        await asyncio.to_thread(database.migrate)


def _describe(service: str, superuser_url: str, secrets: Secrets, prefix: str) -> Database:
    name = f"{prefix}_{service}"
    place = make_url(superuser_url).set(drivername="postgresql+asyncpg", database=name)
    owner, runner = (
        place.set(username=role, password=secrets.secret(f"role-{role}")) for role in (f"{name}_owner", name)
    )
    return Database(
        service=service,
        name=name,
        owner_url=owner.render_as_string(hide_password=False),
        url=runner.render_as_string(hide_password=False),
    )


async def _create(server: asyncpg.Connection, database: Database) -> None:
    for role, url in ((database.owner, database.owner_url), (database.runner, database.url)):
        password = make_url(url).password
        known = await server.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role)
        verb = "ALTER" if known else "CREATE"
        await server.execute(f"{verb} ROLE \"{role}\" LOGIN NOCREATEROLE NOCREATEDB PASSWORD '{password}'")
    await server.execute(f'GRANT "{database.owner}" TO CURRENT_USER')
    if not await server.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", database.name):
        await server.execute(
            f'CREATE DATABASE "{database.name}" OWNER "{database.owner}" ENCODING \'UTF8\' TEMPLATE template0'
        )
    await server.execute(f'REVOKE ALL ON DATABASE "{database.name}" FROM PUBLIC')
    await server.execute(f'GRANT CONNECT ON DATABASE "{database.name}" TO "{database.runner}"')


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url.replace("postgresql+asyncpg://", "postgresql://", 1))
    try:
        yield connection
    finally:
        await connection.close()
