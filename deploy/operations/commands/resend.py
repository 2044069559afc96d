"""Send a range of a service's event log to Kafka again; readers know what they have had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deploy.local.databases import SERVICES
from deploy.local.progress import step
from deploy.operations.services import Services
from deploy.operations.shown import show

if TYPE_CHECKING:
    import argparse

    from deploy.operations.fund import Fund


def add(commands: Any) -> None:
    """Add `resend SERVICE --from N --to M`."""
    parser = commands.add_parser("resend", help=__doc__)
    parser.add_argument("service", choices=SERVICES)
    parser.add_argument("--from", dest="first", type=int, required=True, metavar="POSITION")
    parser.add_argument("--to", dest="last", type=int, required=True, metavar="POSITION")
    parser.set_defaults(run=_run)


async def _run(given: argparse.Namespace, fund: Fund) -> int:
    with step(f"Listing {given.service}'s events to be sent again"):
        await Services(fund).post(given.service, "/resends", {"first": given.first, "last": given.last})
    text = f"Positions {given.first} to {given.last} of {given.service} are sent again, in order."
    show({"first": given.first, "last": given.last}, as_json=given.json, text=text)
    return 0
