"""`deploy/test`: style, types and boundaries, then every test against real PostgreSQL and Kafka."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.local import frontend
from deploy.local.chromium import CHROMIUM_SETTING, find_chromium
from deploy.local.missing import Missing
from deploy.local.processes import run_in_foreground, run_once
from deploy.local.progress import say, step
from deploy.local.servers import servers

if TYPE_CHECKING:
    from collections.abc import Sequence

PROGRAMS = Path(sys.executable).parent
CHECKS = {
    "Style (ruff check)": ("ruff", "check"),
    "Form (ruff format --check)": ("ruff", "format", "--check"),
    "Types (mypy)": ("mypy",),
    "Boundaries (lint-imports)": ("lint-imports",),
}
AT_ONCE = ("-q", "-n", "auto", "--maxprocesses=4", "--dist=loadfile", "--no-loadscope-reorder")
"""All tests, a worker for each core; the tests of a file stay together and in order."""


async def main(arguments: Sequence[str]) -> int:
    """Run pytest with the arguments; without any, the checks first and then every test."""
    failed = (
        [] if arguments else [title for title, command in CHECKS.items() if not await _passes(title, command)]
    )
    chromium = None if arguments else find_chromium()
    await frontend.build()
    async with servers() as settings:
        browser = {CHROMIUM_SETTING: str(chromium)} if chromium else {}
        environment = {**os.environ, **settings, **browser}
        command = [sys.executable, "-m", "pytest", *(arguments or AT_ONCE)]
        code = await run_in_foreground(command, environment)
    for title in failed:
        say(f"{title} failed; see above.")
    return code or len(failed)


async def _passes(title: str, command: Sequence[str]) -> bool:
    try:
        with step(title):
            await run_once([str(PROGRAMS / command[0]), *command[1:]])
    except Missing as found:
        say(str(found))
        return False
    return True
