"""Check the fund's books from outside, once everything is quiet; exit code 1 when something is found."""

from __future__ import annotations

import asyncio
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from deploy.audit import audit, describe, is_quiet
from deploy.local.missing import Missing
from deploy.local.progress import step
from deploy.operations.shown import show

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from deploy.operations.fund import Fund

QUIET_WITHIN_SECONDS = 60
LOOK_EVERY_SECONDS = 0.5


def add(commands: Any) -> None:
    """Add `books`."""
    parser = commands.add_parser("books", help=__doc__)
    parser.add_argument("--without-kafka", action="store_true", help="look at the databases only")
    parser.set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    urls = {name: database.url for name, database in fund.databases.items()}
    kafka = None if given.without_kafka else fund.bootstrap_servers
    await _until_quiet(urls, kafka)
    with step("Checking the books"):
        findings = await audit(urls, bootstrap_servers=kafka)
    show([asdict(finding) for finding in findings], as_json=given.json, text=describe(findings))
    return 1 if findings else 0


async def _until_quiet(urls: Mapping[str, str], kafka: str | None) -> None:
    deadline = time.monotonic() + QUIET_WITHIN_SECONDS
    moving: list[str] = []
    with step("Waiting until all is quiet", lambda: "; ".join(moving)):
        while moving := await is_quiet(urls, kafka):
            if time.monotonic() > deadline:
                raise Missing("Not everything comes to rest; see to this first.\n" + "\n".join(moving))
            await asyncio.sleep(LOOK_EVERY_SECONDS)
