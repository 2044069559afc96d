"""The rights in the databases, as the services meet them: tried as the role that the service runs as."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping

import asyncpg
import pytest

from deploy.local.databases import SERVICES, Database, create_databases, drop_databases
from deploy.local.state import State

SERVICE = "contributions"
Made = tuple[Mapping[str, Database], State, str]


def plain(url: str) -> str:
    return url.replace("postgresql+asyncpg://", "postgresql://", 1)


@pytest.fixture(scope="module")
async def databases(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Made]:
    prefix = f"test_{secrets.token_hex(4)}"
    state = State(tmp_path_factory.mktemp("state")).prepare()
    made = await create_databases(postgres_url, state, prefix)
    await asyncio.to_thread(made[SERVICE].migrate)
    yield made, state, prefix
    await drop_databases(postgres_url, prefix)


@pytest.fixture
async def runner(databases: Made) -> AsyncIterator[asyncpg.Connection]:
    made, _, _ = databases
    connection = await asyncpg.connect(plain(made[SERVICE].url))
    yield connection
    await connection.close()


async def test_every_service_has_a_database_of_its_own(databases: Made) -> None:
    made, _, prefix = databases

    assert set(made) == set(SERVICES)
    assert len({database.url for database in made.values()}) == len(SERVICES)
    assert made[SERVICE].name == f"{prefix}_{SERVICE}"


async def test_making_them_again_changes_nothing(databases: Made, postgres_url: str) -> None:
    made, state, prefix = databases

    assert await create_databases(postgres_url, state, prefix) == made


async def test_the_runner_may_not_create_tables(runner: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await runner.execute("CREATE TABLE mine (id int)")


async def test_the_runner_may_not_create_schemas_or_databases_or_roles(runner: asyncpg.Connection) -> None:
    for statement in ("CREATE SCHEMA mine", "CREATE DATABASE mine", "CREATE ROLE mine"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await runner.execute(statement)


@pytest.mark.parametrize("role", ["url", "owner_url"])
async def test_no_role_of_one_service_enters_another_s_database(databases: Made, role: str) -> None:
    made, _, _ = databases
    elsewhere = plain(getattr(made[SERVICE], role)).replace(made[SERVICE].name, made["portal"].name)
    elsewhere = elsewhere.replace(f"//{made['portal'].name}", f"//{made[SERVICE].name}", 1)

    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="CONNECT"):
        await asyncpg.connect(elsewhere)


async def test_the_runner_reads_the_event_log_and_never_changes_it(runner: asyncpg.Connection) -> None:
    assert await runner.fetchval("SELECT count(*) FROM event_log") == 0
    for statement in ("UPDATE event_log SET payload = ''", "DELETE FROM event_log", "TRUNCATE event_log"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await runner.execute(statement)
