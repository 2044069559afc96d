"""Mixed rows with the faults of real files, previewed and taken by a service in a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import UTC, datetime

from services.contributions.domain.open_data.reading import read_open_data
from tests.benchmarks.rows import Row, Servers
from tests.support.mixed_rows import mixed_files

ROWS, SEED = 8_000, 106
WANTED_SECONDS, WANTED_MEGABYTES = 12.0, 300.0


async def measure(servers: Servers) -> list[Row]:
    """From sending the files to the last row taken, preview and all; and the process's most memory."""
    told = await _in_its_own_process(servers.postgres_url)
    content = mixed_files(ROWS, SEED)
    started = time.perf_counter()
    files = (content.agreements, content.contributions, content.transactions)
    read_open_data(*files, today=datetime.now(UTC).date())
    alone = time.perf_counter() - started
    return [
        Row(
            benchmark="import-mixed",
            measured=f"{ROWS} faulty rows: sent, previewed, taken",
            figure=told["seconds"],
            baseline=alone,
            unit="s",
            baseline_is=f"reading the files once, nothing kept; wanted: {WANTED_SECONDS:.0f} s",
        ),
        Row(
            benchmark="import-mixed",
            measured="the service's most memory meanwhile",
            figure=told["megabytes"],
            baseline=WANTED_MEGABYTES,
            unit="MB",
            baseline_is="what is wanted at most",
        ),
    ]


async def _in_its_own_process(postgres_url: str) -> dict[str, float]:
    arguments = ("-m", "tests.benchmarks.import_process", postgres_url, str(ROWS), str(SEED))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    assert process.returncode == 0, output.decode()[-2000:]
    told: dict[str, float] = json.loads(output.decode().strip().splitlines()[-1])
    return told
