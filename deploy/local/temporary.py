"""State folders for tests: thrown away at the end, and after a crash by the next that starts."""

from __future__ import annotations

import fcntl
import secrets
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.local.processes import stop_left_over
from deploy.local.state import State, remove, state_folder

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HOLDER = "temporary"


@asynccontextmanager
async def temporary_state() -> AsyncIterator[State]:
    """Give a state folder of its own that is deleted at the end; clear away those of crashed runs first."""
    home = State(state_folder()).prepare().folder / "temporary"
    for abandoned in home.glob("*"):
        await _clear(abandoned)
    with State(home / secrets.token_hex(6)).locked(HOLDER) as state:
        try:
            yield state
        finally:
            remove(state.folder)


async def _clear(folder: Path) -> None:
    with suppress(OSError), (folder / "run" / f"{HOLDER}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for pid_file in (folder / "run").glob("*.pid"):
            await stop_left_over(pid_file)
        remove(folder)
