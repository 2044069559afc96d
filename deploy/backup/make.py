"""Makes a backup of the running fund: a dump of each database as of one moment, then the files."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from deploy.backup.cut import Cut, Moment, one_moment
from deploy.backup.files import copy_kept
from deploy.backup.manifest import DatabaseDumped, Manifest, digest_of, write_manifest
from deploy.backup.programs import dump, find_programs
from deploy.local.missing import Missing
from deploy.local.progress import step
from shared.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


async def make_backup(owner_urls: Mapping[str, str], files: Mapping[str, Path], folder: Path) -> Manifest:
    """Back up the databases (URLs of their owners, by service) and the folders of files into a new folder.

    The files come after the moment of the databases: each was written before the row that names it.
    """
    _make_empty(folder)
    made_at = datetime.now(UTC)
    async with one_moment(owner_urls) as cut:
        databases = await _dump_all(cut, owner_urls, folder)
    kept = {}
    for service, source in files.items():
        with step(f"Copying the files of {service}"):
            kept[service] = await asyncio.to_thread(copy_kept, source, folder / "files" / service)
    manifest = Manifest(
        made_at=made_at.isoformat(timespec="seconds"),
        version=VERSION,
        server_version=max(moment.server_version for moment in cut.moments.values()),
        paused_seconds=round(cut.paused_seconds, 4),
        databases=databases,
        files=kept,
    )
    write_manifest(folder, manifest)
    return manifest


async def _dump_all(cut: Cut, owner_urls: Mapping[str, str], folder: Path) -> dict[str, DatabaseDumped]:
    programs = await find_programs(max(moment.server_version for moment in cut.moments.values()))
    dumped = {}
    for service, moment in cut.moments.items():
        path = folder / f"{service}.dump"
        with step(f"Dumping {service}, {moment.events} events", lambda path=path: _size(path)):  # type: ignore[misc]
            await dump(programs, owner_urls[service], moment.snapshot, path)
            path.chmod(0o600)
        dumped[service] = await asyncio.to_thread(_described, path, moment)
    return dumped


def _described(path: Path, moment: Moment) -> DatabaseDumped:
    return DatabaseDumped(
        dump=path.name,
        sha256=digest_of(path),
        last_position=moment.last_position,
        events=moment.events,
        taken_in=moment.taken_in,
        revisions=moment.revisions,
    )


def _make_empty(folder: Path) -> None:
    """The folder, for us only: a backup holds what people sent about themselves."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Missing(f"{folder} is not empty. Name a new folder for the backup.")


def _size(path: Path) -> str:
    return f"{path.stat().st_size / 1_000_000:.0f} MB" if path.exists() else ""
