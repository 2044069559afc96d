"""Events that wait for another one, which has not come yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deploy.local.databases import SERVICES
from deploy.operations.commands.parked import COLUMNS, set_aside
from deploy.operations.shown import show, table

if TYPE_CHECKING:
    import argparse

    from deploy.operations.fund import Fund


def add(commands: Any) -> None:
    """Add `waiting`."""
    parser = commands.add_parser("waiting", help=__doc__)
    parser.add_argument("service", nargs="?", choices=SERVICES)
    parser.set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    rows = await set_aside(fund, [given.service] if given.service else SERVICES, ("waiting",))
    show(rows, as_json=given.json, text=table(rows, COLUMNS, "Nothing waits."))
    return 0
