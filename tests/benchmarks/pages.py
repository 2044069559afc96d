"""The public pages of the portal: how long a page takes, and how many one process serves in a second."""

from __future__ import annotations

import asyncio
import itertools
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from deploy.local.topics import create_topics
from tests.benchmarks.fixtures import forget_used_databases
from tests.benchmarks.rows import Clock, Row, Servers, percentile, progress
from tests.benchmarks.sample_fund import APPLICATIONS, POTS, fund_life
from tests.benchmarks.serving import serving
from tests.support.portal import portal_under_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx2

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
            url = portal.service.settings.database_url
            async with serving("portal", url, servers.kafka, files) as client:
                return await _rows(client)


async def _rows(client: httpx2.AsyncClient) -> list[Row]:
    """Each page made anew for each request, then served as it was kept: `kept.py` tells when it may."""
    progress("a page without figures")
    plain = await _opened(client, itertools.repeat(PLAIN_PAGE))
    rows = []
    for name, path in PAGES.items():
        progress(f"{name}: one by one, then {READERS} at a time")
        for how, paths in (("made anew", anew(path)), ("kept", itertools.repeat(path))):
            rows += _page_rows(f"{name}, {how}", await _opened(client, paths), plain)
    books = percentile(await _milliseconds(client, anew(BOOKS), BOOKS_ONE_BY_ONE), 95)
    return [*rows, _row("books of all, made anew, p95", books, plain[0], "ms")]


async def _opened(client: httpx2.AsyncClient, paths: Iterator[str]) -> tuple[float, float]:
    """The milliseconds that 95 of 100 do not exceed one by one, and pages a second with several readers."""
    return percentile(await _milliseconds(client, paths), 95), await _pages_per_second(client, paths)


def _page_rows(name: str, page: tuple[float, float], plain: tuple[float, float]) -> list[Row]:
    return [
        _row(f"{name}, p95", page[0], plain[0], "ms"),
        _row(f"{name}, one process", page[1], plain[1], "pages/s"),
    ]


def anew(path: str) -> Iterator[str]:
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
    return [await timed(client, path) for path in itertools.islice(paths, count)]


async def timed(client: httpx2.AsyncClient, path: str) -> float:
    """Open a page that must be there; answers the milliseconds it took."""
    clock = Clock()
    (await client.get(path)).raise_for_status()
    return clock.elapsed * 1000


async def _pages_per_second(client: httpx2.AsyncClient, paths: Iterator[str]) -> float:
    clock = Clock()

    async def read_on() -> int:
        count = 0
        while not clock.is_over:
            await timed(client, next(paths))
            count += 1
        return count

    return sum(await asyncio.gather(*(read_on() for _ in range(READERS)))) / clock.elapsed
