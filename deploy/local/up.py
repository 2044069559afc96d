"""`deploy/up`: the whole fund with its kept state and a demonstration council, until Ctrl-C."""

from __future__ import annotations

import argparse
import time
from typing import TYPE_CHECKING

from deploy.local.progress import say, step
from deploy.local.settings import SystemSettings
from deploy.local.state import State, state_folder
from deploy.local.system import System

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


async def main(arguments: Sequence[str]) -> int:
    """Run the fund until it is interrupted or one of its parts ends by itself."""
    argparse.ArgumentParser(prog="deploy/up", description=__doc__).parse_args(arguments)
    began = time.monotonic()
    async with System(State(state_folder()), SystemSettings.from_environment()) as system:
        if system.settings.demonstration:
            await _load_demonstration_once(system)
        say(f"\nOffset Fund runs, ready after {time.monotonic() - began:.0f} s.\n\n{where_to_look(system)}")
        await system.wait()
    return 0


def where_to_look(system: System) -> str:
    """The addresses a person opens first, and where state and logs lie."""
    marker = _marker(system)
    loaded = marker.read_text() if marker.exists() else ""
    services = [f"  {name + ':':<15} {url}/openapi.json" for name, url in system.urls.items()]
    portal, *others = sorted(services, key=lambda line: "portal" not in line)
    lines = [portal.replace("/openapi.json", ""), *others, f"  state and logs: {system.state.folder}"]
    return "\n".join([*lines, loaded, "Ctrl-C stops everything; the next start goes on with what it has."])


async def _load_demonstration_once(system: System) -> None:
    from deploy.local.demonstration import load

    if not _marker(system).exists():
        with step("Loading the demonstration council"):
            loaded = await load(system)
        _marker(system).write_text(f"{loaded or ''}\n")


def _marker(system: System) -> Path:
    return system.state.folder / "demonstration-loaded.txt"
