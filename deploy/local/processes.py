"""Runs other programs, each as a process group of its own, and ends them whatever happens."""

from __future__ import annotations

import asyncio
import os
import pwd
import shlex
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deploy.local.missing import Missing
from deploy.local.state import CHECKOUT, State

TAIL_LINES = 20
SECRETS_OF_OURS = ("OFFSET_FUND_POSTGRES_URL", "OFFSET_FUND_TEST_POSTGRES_URL")


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What to run: command, environment, user, and the signal that asks it to stop."""

    name: str
    command: Sequence[str]
    state: State
    environment: Mapping[str, str] = field(default_factory=dict)
    user: str | None = None
    folder: Path = CHECKOUT
    stop_signal: signal.Signals = signal.SIGTERM
    kill_signal: signal.Signals = signal.SIGKILL
    patience_seconds: float = 20

    @property
    def log(self) -> Path:
        """What the program said since its last start."""
        return self.state.logs / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        """Process id, stop signal and command line, by which a left-over program is recognised."""
        return self.state.run / f"{self.name}.pid"

    def tail(self, lines: int = TAIL_LINES) -> str:
        """Give the last lines of the log, indented."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(f"    {line}" for line in text.splitlines()[-lines:])


class Running:
    """A program that was started and not yet stopped by us."""

    def __init__(self, program: Program, process: asyncio.subprocess.Process) -> None:
        self.program = program
        self._process = process

    @property
    def exit_code(self) -> int | None:
        """How it ended, or None while it runs."""
        return self._process.returncode

    async def stop(self) -> None:
        """Ask the whole group to stop, then insist."""
        _signal_group(self._process.pid, self.program.stop_signal)
        try:
            await asyncio.wait_for(self._process.wait(), self.program.patience_seconds)
        except TimeoutError:
            _signal_group(self._process.pid, signal.SIGKILL)
            await self._process.wait()
        _signal_group(self._process.pid, signal.SIGKILL)
        self.program.pid_file.unlink(missing_ok=True)

    async def kill(self) -> None:
        """End the whole group at once, as a power cut would."""
        _signal_group(self._process.pid, self.program.kill_signal)
        await self._process.wait()

    def require_running(self) -> None:
        """Complain, with the end of its log, when the program ended by itself."""
        if self.exit_code is not None:
            name, log = self.program.name, self.program.log
            end = f"The end of {log}:\n{self.program.tail()}"
            raise Missing(f"{name} stopped by itself (exit code {self.exit_code}). {end}")


async def start(program: Program) -> Running:
    """Start the program in its own process group, after ending one left over from an earlier run."""
    await stop_left_over(program.pid_file)
    if program.log.exists():
        program.log.replace(program.log.with_suffix(".previous.log"))
    with program.log.open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *program.command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**inherited_environment(), **program.environment},
            cwd=program.folder,
            start_new_session=True,
            **as_user(program.user),
        )
    number = program.stop_signal.value
    program.pid_file.write_text(f"{process.pid} {number}\n{shlex.join(program.command)}")
    return Running(program, process)


async def run_once(
    command: Sequence[str],
    *,
    user: str | None = None,
    folder: Path = CHECKOUT,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run a command to its end; when it fails, show what it said."""
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**inherited_environment(), **(environment or {})},
        cwd=folder,
        **as_user(user),
    )
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    if process.returncode:
        said = output.decode(errors="replace").strip()
        raise Missing(f"{shlex.join(command)[:160]} failed (exit code {process.returncode}):\n{said}")


async def run_in_foreground(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command that talks to the person at the terminal; give its exit code."""
    process = await asyncio.create_subprocess_exec(*command, env=environment, cwd=CHECKOUT)
    try:
        return await process.wait()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGINT)
        await process.wait()
        raise


async def stop_left_over(pid_file: Path) -> None:
    """End the program that this file names, if it still runs and is the same program."""
    pid, stop_signal, command = _read(pid_file)
    if pid and _command_of(pid) == command:
        _signal_group(pid, stop_signal)
        await _wait_until_gone(pid, command, seconds=10)
        _signal_group(pid, signal.SIGKILL)
        await _wait_until_gone(pid, command, seconds=5)


def inherited_environment() -> dict[str, str]:
    """Give our environment without the superuser's password, which no program that we start may know."""
    return {name: value for name, value in os.environ.items() if name not in SECRETS_OF_OURS}


def as_user(user: str | None) -> dict[str, Any]:
    """Give the arguments that make a subprocess run as this user, with no group of ours."""
    return {} if user is None else {"user": user, "group": _group_of(user), "extra_groups": []}


def _read(pid_file: Path) -> tuple[int, signal.Signals, str]:
    text = pid_file.read_text() if pid_file.exists() else ""
    first, _, command = text.partition("\n")
    pid, number = (int(word) for word in (first or f"0 {signal.SIGTERM}").split())
    return pid, signal.Signals(number), command


def _group_of(user: str) -> int:
    return pwd.getpwnam(user).pw_gid


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)


def _command_of(pid: int) -> str:
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        return shlex.join(word.decode(errors="replace") for word in words)
    return ""


async def _wait_until_gone(pid: int, command: str, *, seconds: float) -> None:
    for _ in range(int(seconds * 10)):
        if _command_of(pid) != command:
            return
        await asyncio.sleep(0.1)
