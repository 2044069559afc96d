"""Installs a part that the machine lacks, from PyPI, by our own list of hashes, into a kept folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.local.processes import run_once
from deploy.local.progress import step
from deploy.local.state import CHECKOUT, parts_folder, remove

if TYPE_CHECKING:
    from collections.abc import Sequence

INSTALLED_FROM = "installed-from.lock"


async def install_part(name: str, title: str, lock: Path | None = None) -> Path:
    """Give the folder of a part, installing it when it is absent or its lock has changed."""
    locked = lock or CHECKOUT / "deploy" / "parts" / f"{name}.lock"
    folder = parts_folder() / name
    if not is_installed(folder, locked):
        with step(f"Fetching {title}"):
            await _install(folder, locked)
    return folder


def is_installed(folder: Path, lock: Path) -> bool:
    """Whether the folder holds what this very lock names."""
    stamp = folder / INSTALLED_FROM
    return stamp.exists() and stamp.read_bytes() == lock.read_bytes()


async def _install(folder: Path, lock: Path) -> None:
    fresh = folder.with_name(f"{folder.name}.fresh")
    remove(fresh)
    await run_once(_command(fresh, lock))
    _put_in_place(fresh, folder, lock)


def _put_in_place(fresh: Path, folder: Path, lock: Path) -> None:
    (fresh / INSTALLED_FROM).write_bytes(lock.read_bytes())
    remove(folder)
    fresh.replace(folder)


def _command(folder: Path, lock: Path) -> Sequence[str]:
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable]
    return [*uv, "--require-hashes", "--requirement", str(lock), "--target", str(folder)]
