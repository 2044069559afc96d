"""An empty database for a test in a few milliseconds: a copy of one that was migrated once, used again."""

import asyncio
import functools
from collections import defaultdict
from uuid import uuid4

import asyncpg

from shared.messaging.migrate import migrate

RUNNER = "offset_fund_test_runner"
PASSWORD = "invented"
MAKE_RUNNER = f"""
    DO $$ BEGIN CREATE ROLE {RUNNER} LOGIN PASSWORD '{PASSWORD}';
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
"""
END_CONNECTIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
MAKE_EMPTY = """
    DO $$ DECLARE one regclass; BEGIN
        SET LOCAL session_replication_role = replica; -- no triggers, no foreign keys
        FOR one IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            AND c.relkind = 'r' AND c.relname <> 'alembic_version' LOOP
            EXECUTE format('DELETE FROM %s', one);
        END LOOP;
        FOR one IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
            AND c.relkind = 'S' LOOP
            EXECUTE format('ALTER SEQUENCE %s RESTART', one);
        END LOOP;
    END $$
"""
EMPTY: dict[str, list[str]] = defaultdict(list)
"""Databases that tests have given back, by the template that they are copies of."""


@functools.cache
def template(postgres_url: str, service: str) -> str:
    """The name of a database with the newest schema of the service, made once per test run."""
    name = f"template_{service}_{uuid4().hex[:8]}"
    asyncio.run(_run(postgres_url, MAKE_RUNNER))
    asyncio.run(_run(postgres_url, f'CREATE DATABASE "{name}"'))
    migrate(service, _async_url(postgres_url, name), RUNNER)
    return name


async def _run(postgres_url: str, statement: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def create_database(postgres_url: str, service: str) -> tuple[str, str]:
    """An empty database: the URL that the service runs with (never as owner), and the superuser's."""
    template_name = await asyncio.to_thread(template, postgres_url, service)
    if EMPTY[template_name]:
        name = EMPTY[template_name].pop()
    else:
        name = f"{template_name.replace('template', 'test')}_{uuid4().hex[:12]}"
        await _run(postgres_url, f'CREATE DATABASE "{name}" TEMPLATE "{template_name}"')
    owner = _async_url(postgres_url, name)
    place = owner.rpartition("@")[2]
    return f"postgresql+asyncpg://{RUNNER}:{PASSWORD}@{place}", owner


async def drop_database(postgres_url: str, database_url: str) -> None:
    """Take a test's database back: emptied, it serves the next test, which is far quicker than a new one."""
    name = database_url.rpartition("/")[2]
    await _run(postgres_url, END_CONNECTIONS.format(name=name))
    await _run(f"{postgres_url.rpartition('/')[0]}/{name}", MAKE_EMPTY)
    EMPTY[name.rpartition("_")[0].replace("test", "template", 1)].append(name)


def _async_url(postgres_url: str, database: str) -> str:
    base = postgres_url.rpartition("/")[0].replace("postgresql://", "postgresql+asyncpg://")
    return f"{base}/{database}"
