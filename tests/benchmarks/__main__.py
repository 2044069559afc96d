"""Run the benchmarks: python -m tests.benchmarks [--json FILE] [--only NAME]."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
import traceback
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvloop

from shared.observability import configure_logging
from tests.benchmarks import (
    commands,
    commits,
    degree_day_model,
    import_mixed,
    latency,
    open_data_import,
    pages,
    postings,
    projection,
    rebuild,
    refill,
    relay,
    reservation,
    savings,
    schedule_2,
    start,
    takeover,
)
from tests.benchmarks.rows import NotMeasuredError, Servers
from tests.benchmarks.table import Table
from tests.support.servers import running_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from tests.benchmarks.rows import Row

BENCHMARKS: dict[str, Callable[[Servers], Awaitable[list[Row]]]] = {
    "relay": relay.measure,
    "projection": projection.measure,
    "latency": latency.measure,  # after some load: a broker that has just begun takes three times as long
    "commands": commands.measure,
    "commits": commits.measure,
    "degree-day-model": degree_day_model.measure,
    "savings": savings.measure,
    "reservation": reservation.measure,
    "postings": postings.measure,
    "import": open_data_import.measure,
    "import-mixed": import_mixed.measure,
    "schedule-2": schedule_2.measure,
    "pages": pages.measure,
    "takeover": takeover.measure,
    "rebuild": rebuild.measure,
    "refill": refill.measure,
    "start": start.measure,
}


async def run(names: Sequence[str], servers: Servers, table: Table) -> None:
    """Measure one after the other; one that cannot be measured says why and spares the others' figures."""
    for name in names:
        sys.stderr.write(f"{name}\n")
        started = time.monotonic()
        try:
            table.add(await BENCHMARKS[name](servers))
        except (NotMeasuredError, pytest.skip.Exception) as reason:
            table.leave_out(name, str(reason))
        except Exception as error:
            traceback.print_exc()
            table.leave_out(name, f"failed: {error!r}"[:200], failed=True)
        sys.stderr.write(f"  took {time.monotonic() - started:.0f} s\n")


def main(arguments: Sequence[str]) -> int:
    """Print a row per figure, and write the same as JSON where asked for; 1 where a benchmark failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=main.__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the table there too")
    parser.add_argument("--only", action="append", choices=BENCHMARKS, help="this one; may be repeated")
    given = parser.parse_args(arguments)
    with redirect_stdout(sys.stderr):
        configure_logging("benchmarks", "WARNING")
    table = Table()
    with running_server("postgresql") as postgres_url, running_server("kafka") as kafka:
        servers = Servers(postgres_url, kafka)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run(given.only or list(BENCHMARKS), servers, table))
    if given.json:
        given.json.write_text(table.as_json())
    return int(table.failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
