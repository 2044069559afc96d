"""A service refuses to start where its work would go wrong, and waits for what is only away."""

import asyncio
import os
import sys

import pytest

from shared.settings import ServiceSettings
from shared.startup import Refused, Topics, database_refusals, require_fit
from shared.startup.refusing import _once_it_answers
from tests.support.databases import create_database, drop_database

SERVICE = "assessment"
NOWHERE = "127.0.0.1:1"


async def test_the_running_role_on_a_migrated_database_may_start(postgres_url: str) -> None:
    database_url, _ = await create_database(postgres_url, SERVICE)

    assert await database_refusals(SERVICE, database_url) == []

    await drop_database(postgres_url, database_url)


async def test_a_role_that_could_change_the_event_log_may_not(postgres_url: str) -> None:
    database_url, superuser_url = await create_database(postgres_url, SERVICE)

    [refusal] = await database_refusals(SERVICE, superuser_url)

    assert "is a superuser" in refusal
    await drop_database(postgres_url, database_url)


async def test_a_database_of_another_service_is_refused_by_its_level(postgres_url: str) -> None:
    database_url, _ = await create_database(postgres_url, SERVICE)

    [refusal] = await database_refusals("monitoring", database_url)

    assert refusal.startswith("The database of monitoring is at ")
    await drop_database(postgres_url, database_url)


@pytest.mark.parametrize(("wrong", "right"), [("nobody:none@", None), (None, "/no_such_database")])
async def test_a_database_that_lets_nobody_in_is_refused(
    postgres_url: str, wrong: str | None, right: str | None
) -> None:
    place, _, name = postgres_url.removeprefix("postgresql://").rpartition("/")
    login, _, address = place.rpartition("@")

    url = f"postgresql+asyncpg://{wrong or login + '@'}{address}{right or '/' + name}"
    [refusal] = await database_refusals(SERVICE, url)

    assert refusal.startswith(f"PostgreSQL does not let {SERVICE} in")
    assert "OFFSET_FUND_DATABASE_URL" in refusal


def settings(database_url: str) -> ServiceSettings:
    return ServiceSettings(
        database_url=database_url, kafka_bootstrap_servers=NOWHERE, port=1, demonstration=True
    )


async def test_what_is_refused_ends_the_process_with_a_sentence(
    postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database_url, _ = await create_database(postgres_url, SERVICE)

    with pytest.raises(Refused) as refused:
        await asyncio.to_thread(require_fit, "monitoring", settings(database_url))

    assert refused.value.code == 78
    assert capsys.readouterr().err.startswith("monitoring does not start. The database of monitoring is at ")
    await drop_database(postgres_url, database_url)


async def test_a_database_that_is_away_is_waited_for() -> None:
    away = f"postgresql+asyncpg://nobody:none@{NOWHERE}/none"

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(_once_it_answers(SERVICE, away), 0.3)


async def test_a_kafka_that_is_away_is_waited_for() -> None:
    topics = Topics(NOWHERE)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(topics.until_right(), 0.3)

    assert topics.wrong == ["Kafka has not answered yet."]


async def test_a_service_without_settings_ends_with_one_sentence_and_its_own_exit_code() -> None:
    told = {"OFFSET_FUND_PORT": "1", "OFFSET_FUND_DATABASE_URL": "postgresql+asyncpg://a:hidden@b/c"}
    plain = {name: value for name, value in os.environ.items() if not name.startswith("OFFSET_FUND_")}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        f"services.{SERVICE}.main",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**plain, **told},
    )

    output, _ = await process.communicate()

    said = output.decode().splitlines()
    assert process.returncode == 78
    assert said == ["This service does not start. OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS is not set. Set it."]
