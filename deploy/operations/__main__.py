"""Look after a running fund: what is set aside, the books, backup and restore, the start-up checks.

Without settings it is the fund of `./deploy/up` on this machine; docs/operating.md says what others set.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

import asyncpg
from aiokafka.errors import KafkaError

from deploy.local.interruption import run_until_interrupted
from deploy.local.kafka import quiet_client
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

AWAY = (OSError, TimeoutError, asyncpg.PostgresError, KafkaError)
"""What a server that is away, or does not let us in, raises."""
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
        with quiet_client():
            return run_until_interrupted(given.run(given, Fund.of_this_machine()))
    except Missing as missing:
        say(str(missing))
    except AWAY as error:
        say(f"{str(error) or type(error).__name__}\nIs the fund up, and named by OFFSET_FUND_ variables?")
    return 1


if __name__ == "__main__":
    sys.exit(main())
