"""`python -m tests.faults`: a campaign of faults, or the search for one planted bug."""

import argparse
import itertools
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

from deploy.local.databases import SERVICES
from deploy.local.interruption import run_until_interrupted
from tests.faults.campaign import Campaign, Outcome, campaign
from tests.faults.hunts import HUNTS, Hunt
from tests.faults.kinds import KINDS
from tests.faults.plan import plan
from tests.faults.planted import PLANTS
from tests.faults.table import table

NEVER_MINUTES = 24 * 60.0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many faults")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first", help="leave out the faults before this")
    parser.add_argument("--only", action="append", default=[], choices=sorted(KINDS), help="only this kind")
    parser.add_argument("--minutes", type=float, default=NEVER_MINUTES, help="stop after this time")
    parser.add_argument("--clients", type=int, default=3)
    parser.add_argument("--plant", choices=sorted(PLANTS), help="a bug to be found")
    return parser.parse_args()


@asynccontextmanager
async def twice(running: Campaign, services: Iterable[str]) -> AsyncIterator[None]:
    """A second replica of each of these services for as long as the block lasts."""
    async with AsyncExitStack() as stack:
        for name in services:
            await stack.enter_async_context(running.ground.system.replica(name))
        yield


async def run(given: argparse.Namespace) -> Outcome:
    plants = dict.fromkeys(SERVICES, given.plant) if given.plant else {}
    hunt = HUNTS[given.plant] if given.plant else Hunt((), clients=given.clients)
    bursts = plan(given.seed, given.count, given.only or hunt.kinds)
    wanted = itertools.dropwhile(lambda burst: burst[-1].index < given.first, bursts)
    async with campaign(given.seed, hunt.clients, plants) as running, twice(running, hunt.twice):
        running.deadlocks_matter = bool(given.plant)
        return await running.run(wanted, time.monotonic() + 60 * given.minutes)


async def main() -> int:
    given, started = arguments(), time.monotonic()
    outcome = await run(given)
    sys.stdout.write(table(outcome, given.seed, time.monotonic() - started) + "\n")
    for finding in outcome.findings:
        sys.stdout.write(f"FOUND {finding.check} at {finding.where}: {finding.message[:600]}\n")
    if outcome.findings:
        again = f"python -m tests.faults --seed {given.seed} --from {outcome.burst[0].index}"
        sys.stdout.write(f"in the burst {[f'{p.index} {p.kind}' for p in outcome.burst]}; again: {again}\n")
    if given.plant:
        return verdict(given.plant, outcome)
    return 1 if outcome.findings else 0


def verdict(plant: str, outcome: Outcome) -> int:
    """Nought where a check found the planted bug that such a bug offends."""
    found_by = HUNTS[plant].found_by & {finding.check for finding in outcome.findings}
    said = f"found by {', '.join(sorted(found_by))}" if found_by else "NOT found"
    sys.stdout.write(f"{plant} was {said}, after {outcome.faults} faults\n")
    return 0 if found_by else 1


if __name__ == "__main__":
    sys.exit(run_until_interrupted(main()))
