"""The commands behind deploy/up, deploy/test and deploy/bench: reads arguments, says what is missing."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module

from deploy.local.interruption import run_until_interrupted
from deploy.local.missing import Missing
from deploy.local.progress import say

COMMANDS = ("up", "test", "bench", "servers")


def main() -> int:
    """Run the named command; 0 when all went well, 1 with a message when something is missing."""
    parser = argparse.ArgumentParser(prog="deploy.local", description=__doc__)
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on: to pytest, to the benchmarks")
    given = parser.parse_args()
    try:
        work = import_module(f"deploy.local.{given.command}").main(given.arguments)
        return run_until_interrupted(work)
    except Missing as missing:
        say(f"\n{missing}")
        return 1


if __name__ == "__main__":
    sys.exit(main())
