"""Make the Kafka topics that are missing; one of another shape is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deploy.local.progress import step
from deploy.local.topics import create_topics
from deploy.operations.shown import show

if TYPE_CHECKING:
    import argparse

    from deploy.operations.fund import Fund


def add(commands: Any) -> None:
    """Add `topics`."""
    commands.add_parser("topics", help=__doc__).set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    with step("Making topics"):
        await create_topics(fund.bootstrap_servers)
    show({"topics": "made"}, as_json=given.json, text="Every topic is there.")
    return 0
