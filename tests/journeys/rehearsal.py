"""A running fund is backed up in the midst of its work, and brought back beside itself, Kafka empty."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from fastapi import FastAPI

from deploy.audit import Finding, audit, is_quiet
from deploy.backup import empty_kafka, make_backup, read_manifest, restore_databases, restore_files
from deploy.local.demonstration import money
from deploy.local.demonstration.client import FundClient
from deploy.local.missing import Missing
from deploy.local.settings import SystemSettings
from deploy.local.state import State
from deploy.local.system import System
from deploy.local.temporary import temporary_state
from deploy.operations.__main__ import parser
from deploy.operations.fund import Fund
from services.portal.settings import PortalSettings
from shared.settings import ServiceSettings
from shared.startup import database_refusals
from tests.support.messaging import running, until

PREFIX = "restored"
QUIET_WITHIN_SECONDS = 60
LOG = "SELECT count(*) FROM event_log"


async def officers_go_on(fund: FundClient) -> None:
    """Record one deed with its receipt after the other."""
    for number in count(1):
        await money.record(fund, replace(money.DEEDS[number % 3], application=f"{number}/BACKUP"))


async def backed_up_at_work(system: System, fund: FundClient, folder: Path) -> None:
    """Make a backup while events are recorded, sent and taken in."""
    async with running(officers_go_on(fund)):
        before = await events_of(system.database_urls["contributions"])
        await until(lambda: _more(system, before + 3), "officers are at work")
        await make_backup(system.owner_urls, system.files, folder)
        recorded = read_manifest(folder).databases["contributions"].events
        await until(lambda: _more(system, recorded), "officers went on all the while")


async def _more(system: System, than: int) -> bool:
    return await events_of(system.database_urls["contributions"]) > than


@dataclass(frozen=True)
class Restored:
    """The fund of a backup: where its databases, its own Kafka and its files are."""

    database_urls: Mapping[str, str]
    bootstrap_servers: str
    files: Path


@asynccontextmanager
async def restored(backup: Path, original: System) -> AsyncIterator[Restored]:
    """The fund of the backup at work again in other databases, with a Kafka that has never held anything.

    Its services run in this process: to start five more would take longer than everything else here.
    """
    async with AsyncExitStack() as stack:
        state = await stack.enter_async_context(temporary_state())
        settings = SystemSettings(postgres_url=original.superuser_url, durable=False)
        servers = await stack.enter_async_context(System(state, settings).servers())
        databases = await restore_databases(backup, original.superuser_url, state, PREFIX)
        await refused(backup, original, state, "is not empty. --replace")
        await restore_files(backup, read_manifest(backup), servers.files)
        await empty_kafka(servers.bootstrap_servers)
        for name, database in databases.items():
            assert await database_refusals(name, database.url) == []
            await stack.enter_async_context(_at_work(name, database.url, servers))
        await refused(backup, original, state, "Stop the services first")
        yield Restored(
            {name: database.url for name, database in databases.items()},
            servers.bootstrap_servers,
            state.folder / "files",
        )


async def refused(backup: Path, original: System, state: State, because: str) -> None:
    """Another restore of the same changes nothing, and says why."""
    with pytest.raises(Missing, match=because):
        await restore_databases(backup, original.superuser_url, state, PREFIX)


@asynccontextmanager
async def _at_work(name: str, database_url: str, servers: System) -> AsyncIterator[None]:
    kind = PortalSettings if name == "portal" else ServiceSettings
    settings = kind(
        database_url=database_url,
        kafka_bootstrap_servers=servers.bootstrap_servers,
        port=1,
        demonstration=True,
        files=servers.files[name],
    )
    app: FastAPI = import_module(f"services.{name}.main").create(settings)
    async with app.router.lifespan_context(app):
        yield


async def wrong_once_quiet(fund: Restored) -> list[Finding]:
    """What the auditor finds when all that the backup held to be sent has been sent and taken in."""
    urls, kafka = fund.database_urls, fund.bootstrap_servers
    await until(lambda: _quiet(urls, kafka), "all is quiet", QUIET_WITHIN_SECONDS, every=0.3)
    return await audit(urls, bootstrap_servers=kafka)


async def _quiet(urls: Mapping[str, str], kafka: str) -> bool:
    return await is_quiet(urls, kafka) == []


async def operate(system: System, *command: str) -> int:
    """The exit code of an operator's command on this system."""
    told = {
        "OFFSET_FUND_POSTGRES_URL": system.superuser_url,
        "OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS": system.bootstrap_servers,
        **{f"OFFSET_FUND_{name.upper()}_URL": url for name, url in system.urls.items()},
    }
    given = parser().parse_args(command)
    code: int = await given.run(given, Fund(told, system.state))
    return code


async def events_of(database_url: str) -> int:
    """How many events this service's log holds."""
    connection = await asyncpg.connect(database_url.replace("+asyncpg", "", 1))
    try:
        return int(await connection.fetchval(LOG))
    finally:
        await connection.close()


async def files_in(folder: Path) -> set[str]:
    """The names of the files that people sent, which say what is in them."""
    found = await asyncio.to_thread(lambda: [*folder.rglob("*")])
    return {path.name for path in found if path.is_file()}
