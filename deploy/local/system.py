"""The whole fund as one thing: PostgreSQL, Kafka, topics, databases, pages and the five services."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Self

from deploy.local import frontend
from deploy.local.databases import SERVICES, Database, create_databases, migrate_databases
from deploy.local.kafka import KafkaServer
from deploy.local.ports import LOOPBACK, choose_port
from deploy.local.postgres import PostgresServer
from deploy.local.processes import Program, Running, start, stop_left_over
from deploy.local.progress import step
from deploy.local.readiness import wait_until_ready
from deploy.local.settings import SystemSettings, port_setting
from deploy.local.topics import create_topics

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from deploy.local.state import State

LOOK_EVERY_SECONDS = 0.5


class System:
    """Brings everything up on entering, in order, and stops everything that it started on leaving."""

    def __init__(self, state: State, settings: SystemSettings | None = None) -> None:
        self.state = state
        self.settings = settings or SystemSettings()
        self.urls: dict[str, str] = {}
        self.superuser_url = ""
        self.bootstrap_servers = ""
        self._databases: Mapping[str, Database] = {}
        self._servers: dict[str, PostgresServer | KafkaServer] = {}
        self._services: dict[str, Running] = {}
        self._stack = AsyncExitStack()

    @property
    def database_urls(self) -> dict[str, str]:
        """Where each service's database is, as its runner reaches it (postgresql+asyncpg://...)."""
        return {name: database.url for name, database in self._databases.items()}

    @property
    def owner_urls(self) -> dict[str, str]:
        """Where each service's database is, as its owner reaches it (postgresql+asyncpg://...)."""
        return {name: database.owner_url for name, database in self._databases.items()}

    @property
    def files(self) -> dict[str, Path]:
        """Where each service keeps the files that people send."""
        return {name: self.state.folder / "files" / name for name in SERVICES}

    async def __aenter__(self) -> Self:
        """Start everything; when one part fails, stop what was started before it."""
        async with self._stack as stack:
            stack.enter_context(self.state.locked("system"))
            await self._begin(stack)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the services, then Kafka, then PostgreSQL."""
        with step("Stopping"):
            await self._stack.__aexit__(kind, error, trace)

    @asynccontextmanager
    async def servers(self) -> AsyncIterator[Self]:
        """PostgreSQL and Kafka alone, for what must be done while no service runs."""
        async with AsyncExitStack() as stack:
            stack.enter_context(self.state.locked("system"))
            await self._start_postgres(stack)
            await self._start_kafka(stack)
            yield self

    async def start(self, name: str) -> None:
        """Start one service, `postgresql` or `kafka` again, and wait until it is ready."""
        if name in self._servers:
            await self._servers[name].start()
            return
        self._services[name] = await start(self._program(name))
        await wait_until_ready({name: self.urls[name]}, self._services)

    async def kill(self, name: str) -> None:
        """End one service, `postgresql` or `kafka` as kill -9 does."""
        if name in self._servers:
            await self._servers[name].kill()
            return
        await self._services.pop(name).kill()

    async def wait(self) -> None:
        """Wait for ever; complain by name as soon as one part that should run has ended."""
        while True:
            servers = [server.running for server in self._servers.values() if server.running]
            for running in (*servers, *self._services.values()):
                running.require_running()
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def _begin(self, stack: AsyncExitStack) -> None:
        for pid_file in self.state.run.glob("*.pid"):
            await stop_left_over(pid_file)
        self._choose_urls()
        await self._start_postgres(stack)
        await self._start_kafka(stack)
        await self._prepare()
        stack.push_async_callback(self._stop_services)
        with step("Starting the five services"):
            for name in SERVICES:
                self._services[name] = await start(self._program(name))
            await wait_until_ready(self.urls, self._services)

    def _choose_urls(self) -> None:
        for name in SERVICES:
            port = choose_port(self.settings.ports[name], f"the service {name}", port_setting(name))
            self.urls[name] = f"http://{LOOPBACK}:{port}"

    async def _start_postgres(self, stack: AsyncExitStack) -> None:
        settings = self.settings
        if settings.postgres_url:
            self.superuser_url = settings.postgres_url
            return
        server = PostgresServer(self.state, port=settings.ports["postgres"], durable=settings.durable)
        self._servers["postgresql"] = server
        stack.push_async_callback(server.stop)
        await server.start()
        self.superuser_url = server.superuser_url

    async def _start_kafka(self, stack: AsyncExitStack) -> None:
        settings = self.settings
        if settings.kafka_bootstrap_servers:
            self.bootstrap_servers = settings.kafka_bootstrap_servers
            return
        port, controller_port = settings.ports["kafka"], settings.ports["kafka_controller"]
        server = KafkaServer(
            self.state, port=port, controller_port=controller_port, short_lived=not settings.durable
        )
        self._servers["kafka"] = server
        stack.push_async_callback(server.stop)
        await server.start()
        self.bootstrap_servers = server.bootstrap_servers

    async def _prepare(self) -> None:
        with step("Preparing topics and databases"):
            await create_topics(self.bootstrap_servers)
            self._databases = await create_databases(self.superuser_url, self.state, self.settings.prefix)
            await migrate_databases(self._databases)
        if self.settings.front_end:
            await frontend.build()

    async def _stop_services(self) -> None:
        await asyncio.gather(*(running.stop() for running in self._services.values()))
        self._services.clear()

    def _program(self, name: str) -> Program:
        return Program(
            name=name,
            command=[sys.executable, "-m", f"services.{name}.main"],
            state=self.state,
            environment=self._environment(name),
        )

    def _environment(self, name: str) -> dict[str, str]:
        told = {
            "OFFSET_FUND_DATABASE_URL": self._databases[name].url,
            "OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS": self.bootstrap_servers,
            "OFFSET_FUND_PORT": self.urls[name].rpartition(":")[2],
            "OFFSET_FUND_DEMONSTRATION": str(self.settings.demonstration).lower(),
            "OFFSET_FUND_FILES": str(self.files[name]),
            "PYTHONUNBUFFERED": "1",
            "PYTHONDONTWRITEBYTECODE": "",  # or each start compiles the services again
        }
        if name == "portal":
            others = (service for service in SERVICES if service != "portal")
            told |= {f"OFFSET_FUND_{other.upper()}_URL": self.urls[other] for other in others}
        return told
