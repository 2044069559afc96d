"""Bring a backup back: databases, files, and an empty Kafka; the services must be stopped."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deploy.backup import empty_kafka, read_manifest, refuse_full_kafka, restore_databases, restore_files
from deploy.local.system import System
from deploy.operations.shown import show

if TYPE_CHECKING:
    import argparse
    from collections.abc import AsyncIterator

    from deploy.operations.fund import Fund


def add(commands: Any) -> None:
    """Add `restore FOLDER`."""
    parser = commands.add_parser("restore", help=__doc__)
    parser.add_argument("folder", type=Path, help="where the backup is")
    parser.add_argument("--replace", action="store_true", help="take the place of what is there, for good")
    parser.set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    manifest = read_manifest(given.folder)
    async with _servers(fund) as (superuser_url, bootstrap_servers):
        if not given.replace:
            await refuse_full_kafka(bootstrap_servers)
        prefix = fund.settings.prefix
        await restore_databases(given.folder, superuser_url, fund.secrets, prefix, replace=given.replace)
        await restore_files(given.folder, manifest, fund.files)
        await empty_kafka(bootstrap_servers)
    text = (
        f"The fund is as it was on {manifest.made_at}. Start it: every event is sent again, and readers know "
        "what they have had. Then check: ./deploy/operate books"
    )
    show(manifest.model_dump(exclude={"files"}), as_json=given.json, text=text)
    return 0


@asynccontextmanager
async def _servers(fund: Fund) -> AsyncIterator[tuple[str, str]]:
    """PostgreSQL and Kafka without the services: of this machine they are started, others run already."""
    async with System(fund.state, fund.settings).servers() as system:
        yield system.superuser_url, system.bootstrap_servers
