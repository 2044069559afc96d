"""The jobs of the containers by name; says what is missing."""

from __future__ import annotations

import argparse
import sys

from deploy.containers import jobs
from deploy.containers.settings import settings
from deploy.local.interruption import run_until_interrupted
from deploy.local.missing import Missing
from deploy.local.progress import say

JOBS = {
    "databases": jobs.databases,
    "migrations": jobs.migrations,
    "topics": jobs.topics,
    "demonstration": jobs.demonstration,
}


def main() -> int:
    """Run the named job; 0 when all went well, 1 with a message when something is missing."""
    parser = argparse.ArgumentParser(prog="deploy.containers", description=__doc__)
    parser.add_argument("job", choices=(*JOBS, "settings"))
    parser.add_argument("--demonstration", action="store_true", help="settings for invented data")
    given = parser.parse_args()
    if given.job == "settings":
        sys.stdout.write(settings(demonstration=given.demonstration))
        return 0
    try:
        return run_until_interrupted(_run(given.job))
    except Missing as missing:
        say(f"\n{missing}")
        return 1


async def _run(job: str) -> int:
    await JOBS[job]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
