"""Look after a running fund: what is set aside, the books, backup and restore, the start-up checks.

Without settings it is the fund of `./deploy/up` on this machine; docs/operating.md says what others set.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from deploy.local.interruption import run_until_interrupted
from deploy.local.missing import Missing
from deploy.local.progress import say
from deploy.operations.commands import (
    backup,
    blocked,
    books,
    check,
    parked,
    rebuild,
    resend,
    restore,
    topics,
    waiting,
)
from deploy.operations.fund import Fund

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (parked, waiting, blocked, resend, rebuild, books, backup, restore, check, topics)


def parser() -> argparse.ArgumentParser:
    """The arguments of every command."""
    made = argparse.ArgumentParser(prog="deploy/operate", description=__doc__)
    made.add_argument("--json", action="store_true", help="answer in JSON, for programs")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add(commands)
    return made


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 with a sentence when something is not."""
    given = parser().parse_args(arguments)
    try:
        return run_until_interrupted(given.run(given, Fund.of_this_machine()))
    except Missing as missing:
        say(str(missing))
        return 1


if __name__ == "__main__":
    sys.exit(main())
