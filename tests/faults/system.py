"""The fund as one running system that can be hurt: killed, stopped, frozen, wiped, told the wrong time."""

import asyncio
import os
import signal
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import make_url

from deploy.local.databases import SERVICES
from deploy.local.missing import Missing
from deploy.local.ports import LOOPBACK, free_port
from deploy.local.processes import Program, Running, start
from deploy.local.readiness import wait_until_ready
from deploy.local.settings import SystemSettings
from deploy.local.state import State
from deploy.local.system import System
from deploy.local.topics import create_topics
from tests.faults.points import FOLDER_SETTING
from tests.faults.wrong_clock import SHIFT, clock_file

STATEMENT_TIMEOUT_SECONDS = 2
STARTS = 4


class FaultySystem(System):
    """Runs each service by a wrapper that can be told to die at an exact point, or carries a planted bug."""

    def __init__(self, state: State, plants: Mapping[str, str] | None = None) -> None:
        super().__init__(state, SystemSettings(durable=False, front_end=False))
        self.points = state.folder / "points"
        self.plants = plants or {}
        self._held: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def held(self, name: str) -> AsyncIterator[None]:
        """Hold one part, so that two faults at once do not both restart it."""
        async with self._held[name]:
            yield

    def running(self) -> Mapping[str, Running]:
        """The services that should run."""
        return dict(self._services)

    async def start(self, name: str) -> None:
        """Start a part; what refuses to while another is away is started once more, as a host does."""
        for attempt in range(1, STARTS + 1):
            try:
                await super().start(name)
            except Missing:
                if attempt == STARTS:
                    raise
                with suppress(KeyError):
                    await self._services.pop(name).kill()
            else:
                return

    async def terminate(self, name: str) -> None:
        """End one service by SIGTERM, `postgresql` or `kafka` in order."""
        if name in self._servers:
            await self._servers[name].stop()
        else:
            await self._services.pop(name).stop()

    def signal(self, name: str, number: signal.Signals) -> None:
        """Freeze (SIGSTOP) or thaw (SIGCONT) one part."""
        server = self._servers.get(name)
        running = server.running if server else self._services[name]
        assert running is not None
        os.killpg(running._process.pid, number)

    def set_clock(self, name: str, seconds: int) -> None:
        """Make a running service believe that it is so much later, or earlier, than it is."""
        clock_file(self.points, name).write_text(str(seconds))
        self.signal(name, SHIFT)

    async def wipe_kafka(self) -> None:
        """Kafka comes back with nothing of what it held, not even the places where readers were."""
        kafka: Any = self._servers["kafka"]
        await kafka.wipe()
        await kafka.start()
        await create_topics(self.bootstrap_servers)

    async def ended(self, name: str, *, within_seconds: float) -> bool:
        """Whether a service ended by itself in time."""
        for _ in range(int(within_seconds * 20)):
            if self._services[name].exit_code is not None:
                return True
            await asyncio.sleep(0.05)
        return False

    @asynccontextmanager
    async def replica(self, name: str) -> AsyncIterator[Running]:
        """A second process of a service on the same database, for as long as the block lasts."""
        port = free_port()
        program = replace(self._program(name), name=f"{name}-replica")
        environment = {**program.environment, "OFFSET_FUND_PORT": str(port)}
        running = await start(replace(program, environment=environment))
        try:
            await wait_until_ready({name: f"http://{LOOPBACK}:{port}"}, {name: running})
            yield running
        finally:
            if running.exit_code is None:
                await running.stop()

    @asynccontextmanager
    async def superuser(self, service: str) -> AsyncIterator[asyncpg.Connection]:
        """A connection of the superuser's to one service's database."""
        database = self._databases[service].name
        url = make_url(self.superuser_url).set(database=database)
        connection = await asyncpg.connect(url.render_as_string(hide_password=False))
        try:
            yield connection
        finally:
            await connection.close()

    def runner(self, service: str) -> str:
        """The role that a service works as."""
        return self._databases[service].runner

    def _program(self, name: str) -> Program:
        program = super()._program(name)
        self.points.mkdir(exist_ok=True)
        _keep_log(program.log)
        told = {
            FOLDER_SETTING: str(self.points),
            "OFFSET_FUND_FAULTS_PLANT": self.plants.get(name, ""),
            "OFFSET_FUND_STATEMENT_TIMEOUT_SECONDS": str(STATEMENT_TIMEOUT_SECONDS),
        }
        return replace(
            program,
            command=[sys.executable, "-m", "tests.faults.faulty_service", name],
            environment={**program.environment, **told},
        )


def _keep_log(log: Path) -> None:
    """What a service said before it is started again stays to be looked at."""
    if log.exists():
        with log.with_suffix(".history").open("ab") as history:
            history.write(log.read_bytes())


PUBLISHERS = tuple(name for name in SERVICES if name != "portal")
