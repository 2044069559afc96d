"""Back up the five databases as of one moment, and the files, while the fund runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from deploy.backup import make_backup
from deploy.operations.shown import show

if TYPE_CHECKING:
    import argparse

    from deploy.operations.fund import Fund


def add(commands: Any) -> None:
    """Add `backup FOLDER`."""
    parser = commands.add_parser("backup", help=__doc__)
    parser.add_argument("folder", type=Path, help="a new folder")
    parser.set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    owner_urls = {name: database.owner_url for name, database in fund.databases.items()}
    manifest = await make_backup(owner_urls, fund.files, given.folder)
    events = sum(database.events for database in manifest.databases.values())
    files = sum(map(len, manifest.files.values()))
    text = (
        f"{given.folder} holds {events:,} events and {files:,} files as of {manifest.made_at}; "
        f"commits waited {manifest.paused_seconds * 1000:.0f} ms. It holds personal data: keep it so."
    )
    show(manifest.model_dump(exclude={"files"}), as_json=given.json, text=text)
    return 0
