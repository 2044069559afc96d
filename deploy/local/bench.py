"""`deploy/bench`: the benchmarks, on servers that write through to the disk as those of `up` do."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from deploy.local.missing import Missing
from deploy.local.processes import run_in_foreground
from deploy.local.servers import servers
from deploy.local.state import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Sequence

BENCHMARKS = "tests.benchmarks"


async def main(arguments: Sequence[str]) -> int:
    """Run the benchmarks with the arguments (`--json FILE` also writes the table there)."""
    if not (CHECKOUT / BENCHMARKS.replace(".", "/") / "__main__.py").exists():
        raise Missing("There are no benchmarks in this checkout yet (tests/benchmarks).")
    async with servers(durable=True) as settings:
        command = [sys.executable, "-m", BENCHMARKS, *arguments]
        return await run_in_foreground(command, {**os.environ, **settings})
