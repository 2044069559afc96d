"""Brings one service's database to its newest schema, as the owner role, and grants the runner its rights."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine

import services

MESSAGING = Path(__file__).parent / "migrations"
SERVICES = Path(services.__path__[0])

APPEND_ONLY = text(
    "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind = 'r' "
    "AND c.relnamespace = 'public'::regnamespace AND obj_description(c.oid, 'pg_class') LIKE 'append-only%'"
)
"""Tables whose comment says so: the runner may add and read rows there, nothing else."""


def migrate(service: str, owner_url: str, runner_role: str) -> None:
    """Run the messaging chain and the service's own, each revision in its transaction; safe to repeat."""
    asyncio.run(_migrate(service, owner_url, runner_role))


async def _migrate(service: str, owner_url: str, runner_role: str) -> None:
    engine = create_async_engine(owner_url)
    async with engine.connect() as connection:
        await connection.run_sync(_upgrade, service)
        await connection.run_sync(_grant, runner_role)
        await connection.commit()
    await engine.dispose()


def alembic_config(service: str) -> Config:
    """Alembic's settings for one service: the shared messaging chain beside the service's own."""
    config = Config()
    config.set_main_option("script_location", str(MESSAGING))
    config.set_main_option("path_separator", "newline")
    own = SERVICES / service / "migrations"
    config.set_main_option("version_locations", f"{MESSAGING / 'versions'}\n{own}")
    return config


def _upgrade(connection: Connection, service: str) -> None:
    connection.execute(text("SET lock_timeout = '5s'"))
    connection.commit()
    config = alembic_config(service)
    config.attributes["connection"] = connection
    command.upgrade(config, "heads")


def _grant(connection: Connection, runner_role: str) -> None:
    connection.execute(text(f'GRANT USAGE ON SCHEMA public TO "{runner_role}"'))
    connection.execute(
        text(f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{runner_role}"')
    )
    connection.execute(text(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{runner_role}"'))
    database = connection.execute(text("SELECT quote_ident(current_database())")).scalar_one()
    connection.execute(text(f'GRANT TEMPORARY ON DATABASE {database} TO "{runner_role}"'))
    connection.execute(text(f'REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM "{runner_role}"'))
    for table in connection.execute(APPEND_ONLY).scalars().all():
        connection.execute(text(f'REVOKE UPDATE, DELETE ON {table} FROM "{runner_role}"'))
