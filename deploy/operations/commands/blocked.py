"""Events that Kafka refuses for themselves: list them, or have one tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deploy.local.databases import SERVICES
from deploy.operations.services import Services
from deploy.operations.shown import show, table

if TYPE_CHECKING:
    import argparse

    from deploy.operations.fund import Fund

COLUMNS = ("service", "position", "type", "key", "behind", "blocked_at", "reason")
PATH = "/blocked-events"


def add(commands: Any) -> None:
    """Add `blocked list | retry`."""
    actions = commands.add_parser("blocked", help=__doc__).add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="what is blocked, and how many of its key wait behind it")
    listing.add_argument("service", nargs="?", choices=SERVICES)
    listing.set_defaults(run=_list)
    retry = actions.add_parser("retry", help="send it again, and what waits behind it")
    retry.add_argument("service", choices=SERVICES)
    retry.add_argument("position", type=int)
    retry.set_defaults(run=_retry)


async def _list(given: argparse.Namespace, fund: Fund) -> int:
    services = [given.service] if given.service else SERVICES
    rows = [
        {"service": service, **event}
        for service in services
        for event in await Services(fund).get(service, PATH)
    ]
    show(rows, as_json=given.json, text=table(rows, COLUMNS, "Nothing is blocked."))
    return 0


async def _retry(given: argparse.Namespace, fund: Fund) -> int:
    await Services(fund).post(given.service, f"{PATH}/{given.position}/unblock")
    text = f"Event {given.position} of {given.service} is sent again; refused once more, it is listed again."
    show({"retried": given.position}, as_json=given.json, text=text)
    return 0
