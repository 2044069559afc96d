"""Finds and runs PostgreSQL's own pg_dump and pg_restore, the password never on a command line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from sqlalchemy import make_url

from deploy.local.missing import Missing
from deploy.local.postgres import find_binaries, folders_of_this_machine
from deploy.local.processes import run_once

SETTING = "OFFSET_FUND_POSTGRES_PROGRAMS"
REFUSED_BEFORE = 17


async def find_programs(server_version: int) -> Path:
    """Give a folder with pg_dump and pg_restore of the server's major version, or of the next newer one."""
    named = os.environ.get(SETTING)
    versions = {folder: _version(folder) for folder in ([Path(named)] if named else _usual_folders())}
    if fit := [folder for folder, version in versions.items() if _fits(version, server_version)]:
        return min(fit, key=lambda folder: versions[folder])
    if not named and _fits(_version(binaries := await find_binaries()), server_version):
        return binaries
    raise Missing(
        f"There is no pg_dump here that fits PostgreSQL {server_version}. Install "
        f"postgresql-client-{server_version}, or name the folder of its programs: {SETTING}=FOLDER"
    )


def _fits(version: int, server_version: int) -> bool:
    """No older than the server; and pg_restore from 17 on sets a parameter that older servers refuse."""
    return version >= server_version and (version < REFUSED_BEFORE or server_version >= REFUSED_BEFORE)


def _usual_folders() -> list[Path]:
    on_path = shutil.which("pg_dump")
    return [*folders_of_this_machine(), *([Path(on_path).resolve().parent] if on_path else [])]


async def dump(programs: Path, owner_url: str, snapshot: str, to: Path) -> None:
    """Write one database as of the snapshot, without its owner's name and the runner's rights."""
    options = ["--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={to}"]
    await _run(programs / "pg_dump", owner_url, options)


async def load(programs: Path, owner_url: str, dumped: Path) -> None:
    """Fill an empty database, whole or not at all; whoever loads it owns it."""
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    await _run(programs / "pg_restore", owner_url, [*options, str(dumped)])


async def _run(program: Path, owner_url: str, options: list[str]) -> None:
    url = make_url(owner_url).set(drivername="postgresql")
    place = url._replace(password=None).render_as_string()
    await run_once(
        [str(program), f"--dbname={place}", "--no-password", *options],
        environment={"PGPASSWORD": str(url.password or ""), "PGCONNECT_TIMEOUT": "10"},
    )


def _version(folder: Path) -> int:
    if not (folder / "pg_restore").exists():
        return 0
    try:
        answer = subprocess.run(  # noqa: S603 - the program that was found
            [folder / "pg_dump", "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"(\d+)", answer.stdout)
    return int(found.group(1)) if found else 0
