"""Events that a service set aside: list them, look at one, try it again, or give it up."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from deploy.local.databases import SERVICES
from deploy.local.missing import Missing
from deploy.operations.services import Services
from deploy.operations.shown import show, table

if TYPE_CHECKING:
    from collections.abc import Collection

    from deploy.operations.fund import Fund

COLUMNS = ("service", "id", "kind", "type", "key", "attempts", "parked_at", "reason")
SET_ASIDE = ("parked", "behind", "waiting")
PATH = "/parked-events"


def add(commands: Any) -> None:
    """Add `parked list | show | replay | discard`."""
    actions = commands.add_parser("parked", help=__doc__).add_subparsers(required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="what is parked, behind a parked one, or waiting")
    listing.add_argument("service", nargs="?", choices=SERVICES)
    listing.set_defaults(run=_list)
    show_one = actions.add_parser("show", help="one event as it came, with its whole reason")
    _name_one(show_one).set_defaults(run=_show)
    replay = actions.add_parser("replay", help="try its key again, in order, now")
    replay.add_argument("service", choices=SERVICES)
    which = replay.add_mutually_exclusive_group(required=True)
    which.add_argument("id", type=int, nargs="?", help="any event of the key")
    which.add_argument("--key")
    replay.set_defaults(run=_replay)
    discard = actions.add_parser("discard", help="give it up for good; who did it is kept")
    _name_one(discard).add_argument("--because", required=True, metavar="TEXT", help="why")
    discard.set_defaults(run=_discard)


def _name_one(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("service", choices=SERVICES)
    parser.add_argument("id", type=int)
    return parser


async def set_aside(fund: Fund, services: Collection[str], kinds: Collection[str]) -> list[dict[str, Any]]:
    """What these services have set aside of these kinds."""
    return [
        {"service": service, **event}
        for service in services
        for event in await Services(fund).get(service, PATH)
        if event["kind"] in kinds
    ]


async def _list(given: argparse.Namespace, fund: Fund) -> int:
    rows = await set_aside(fund, [given.service] if given.service else SERVICES, SET_ASIDE)
    show(rows, as_json=given.json, text=table(rows, COLUMNS, "Nothing is set aside."))
    return 0


async def _show(given: argparse.Namespace, fund: Fund) -> int:
    event = await Services(fund).get(given.service, f"{PATH}/{given.id}")
    show(event, as_json=given.json, text="\n".join(f"{name}: {value}" for name, value in event.items()))
    return 0


async def _replay(given: argparse.Namespace, fund: Fund) -> int:
    """Whoever is at the head of the line goes first, so the whole key is tried."""
    event = await _one(given, fund)
    await Services(fund).post(given.service, "/replays", {"topic": event["topic"], "key": event["key"]})
    rows = [
        each
        for each in await set_aside(fund, [given.service], SET_ASIDE)
        if (each["topic"], each["key"]) == (event["topic"], event["key"])
    ]
    done = f"All that was set aside of {event['key']} is done."
    show(rows, as_json=given.json, text=table(rows, COLUMNS, done))
    return 1 if rows else 0


async def _discard(given: argparse.Namespace, fund: Fund) -> int:
    await Services(fund).post(given.service, f"{PATH}/{given.id}/discard", {"because": given.because})
    text = f"Event {given.id} of {given.service} is given up."
    show({"discarded": given.id}, as_json=given.json, text=text)
    return 0


async def _one(given: argparse.Namespace, fund: Fund) -> dict[str, Any]:
    for event in await set_aside(fund, [given.service], SET_ASIDE):
        if given.id == event["id"] or (given.id is None and given.key == event["key"]):
            return event
    sought = given.key if given.id is None else given.id
    raise Missing(f"{given.service} has set no event {sought} aside. List them: ./deploy/operate parked list")
