"""The public pages of the portal: how long a page takes, and how many one process serves in a second."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import httpx2

from deploy.local.ports import free_port
from deploy.local.topics import create_topics
from tests.benchmarks.fixtures import forget_used_databases
from tests.benchmarks.rows import Clock, Row, Servers, percentile, progress
from tests.benchmarks.sample_fund import APPLICATIONS, POTS, fund_life
from tests.support.messaging import until
from tests.support.portal import portal_under_test

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

PLAIN_PAGE = "/accessibility"
PAGES = {
    "start": "/",
    "register": "/register",
    "trace of a pot": f"/trace/pots/{POTS[0]}",
    "trace of a project": f"/trace/projects/{APPLICATIONS[0]}",
}
BOOKS = "/api/books"
ONE_BY_ONE, BOOKS_ONE_BY_ONE = 100, 10
READERS = 8
GIVEN_AT_ONCE = 500


async def measure(servers: Servers) -> list[Row]:
    """A portal with 1,000 grants of 200 pots in a process of its own, asked over HTTP."""
    await create_topics(servers.kafka)
    with TemporaryDirectory() as files:
        forget_used_databases()
        async with portal_under_test(servers.postgres_url, Path(files)) as portal:
            events = fund_life()
            progress(f"projecting {len(events):,} events")
            for start in range(0, len(events), GIVEN_AT_ONCE):
                await portal.give(*events[start : start + GIVEN_AT_ONCE])
            async with _serving(portal.service.settings.database_url, servers.kafka, files) as client:
                return await _rows(client)


async def _rows(client: httpx2.AsyncClient) -> list[Row]:
    """Each page made anew for each request, then served as it was kept: `kept.py` tells when it may."""
    rows = []
    for name, path in PAGES.items():
        progress(f"{name}: one by one, then {READERS} at a time")
        rows += await _page_rows(client, f"{name}, made anew", _anew(path))
        rows += await _page_rows(client, f"{name}, kept", itertools.repeat(path))
    books = await _milliseconds(client, _anew(BOOKS), BOOKS_ONE_BY_ONE)
    plain = await _milliseconds(client, itertools.repeat(PLAIN_PAGE), BOOKS_ONE_BY_ONE)
    return [*rows, _row("books of all, made anew, p95", percentile(books, 95), percentile(plain, 95), "ms")]


async def _page_rows(client: httpx2.AsyncClient, name: str, paths: Iterator[str]) -> list[Row]:
    plain = itertools.repeat(PLAIN_PAGE)
    without, page = await _milliseconds(client, plain), await _milliseconds(client, paths)
    without_rate, page_rate = await _pages_per_second(client, plain), await _pages_per_second(client, paths)
    return [
        _row(f"{name}, p95", percentile(page, 95), percentile(without, 95), "ms"),
        _row(f"{name}, one process", page_rate, without_rate, "pages/s"),
    ]


def _anew(path: str) -> Iterator[str]:
    """The same page at an address that was never asked for, so that no kept page answers."""
    return (f"{path}?anew={number}" for number in itertools.count())


def _row(measured: str, figure: float, baseline: float, unit: str) -> Row:
    return Row(
        benchmark="pages",
        measured=measured,
        figure=figure,
        baseline=baseline,
        unit=unit,
        baseline_is="a page without figures",
    )


async def _milliseconds(
    client: httpx2.AsyncClient, paths: Iterator[str], count: int = ONE_BY_ONE
) -> list[float]:
    return [await _open(client, path) for path in itertools.islice(paths, count)]


async def _open(client: httpx2.AsyncClient, path: str) -> float:
    clock = Clock()
    (await client.get(path)).raise_for_status()
    return clock.elapsed * 1000


async def _pages_per_second(client: httpx2.AsyncClient, paths: Iterator[str]) -> float:
    clock = Clock()

    async def read_on() -> int:
        count = 0
        while not clock.is_over:
            await _open(client, next(paths))
            count += 1
        return count

    return sum(await asyncio.gather(*(read_on() for _ in range(READERS)))) / clock.elapsed


@asynccontextmanager
async def _serving(database_url: str, kafka: str, files: str) -> AsyncIterator[httpx2.AsyncClient]:
    """The portal as `deploy/up` starts it, on a port of its own."""
    port = free_port()
    settings = {
        "DATABASE_URL": database_url,
        "KAFKA_BOOTSTRAP_SERVERS": kafka,
        "PORT": str(port),
        "DEMONSTRATION": "true",
        "FILES": files,
        "LOG_LEVEL": "WARNING",
    }
    environment = {**os.environ, **{f"OFFSET_FUND_{name}": value for name, value in settings.items()}}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "services.portal.main"), env=environment, stdout=sys.stderr
    )
    try:
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            await until(lambda: _is_ready(client), "the portal is ready", seconds=60)
            yield client
    finally:
        process.terminate()
        await process.wait()


async def _is_ready(client: httpx2.AsyncClient) -> bool:
    try:
        return (await client.get("/health/ready")).status_code == 200
    except httpx2.TransportError:
        return False
