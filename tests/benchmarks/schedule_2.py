"""Statement, sample, dashboard and open data of the largest council, by the service's own API."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import text

from services.contributions.repository.statement.years import state_years
from tests.benchmarks.large_fund import FIRST_YEAR, YEARS, large_fund
from tests.benchmarks.rows import Clock, Row, Servers, percentile, progress
from tests.support.events import ISLINGTON
from tests.support.people import AUDITOR, OFFICER

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from tests.support.services import ServiceUnderTest

TIMES = 20
COUNT_ENTRIES = text("SELECT count(*), sum(amount_pence) FROM ledger_entry")


async def measure(servers: Servers) -> list[Row]:
    """All years at once, one year through the API, 200 entries drawn, and the six files published."""
    async with large_fund(servers) as service:
        progress(f"{TIMES} times each")
        base = await _milliseconds(lambda: _read_entries(service))
        ten = await _milliseconds(lambda: _ten_years(service))
        one = await _milliseconds(lambda: _one_year(service))
        sample = await _milliseconds(lambda: _sample(service))
        dashboard = await _milliseconds(lambda: _dashboard(service))
        files = await _milliseconds(lambda: _publish(service), 3)
    return [
        _row(f"report over {YEARS} years, p95", ten, base),
        _row("report of one year by API, p95", one, base),
        _row("sample of 200 entries by API, p95", sample, base),
        _row("fund dashboard by API, p95", dashboard, base),
        _row("publishing six open-data files", files, base),
    ]


async def _ten_years(service: ServiceUnderTest) -> None:
    async with service.service.sessions() as session:
        statements = await state_years(session, range(FIRST_YEAR, FIRST_YEAR + YEARS), ISLINGTON)
    assert all(check.agrees for statement in statements for check in statement.checks)


async def _one_year(service: ServiceUnderTest) -> None:
    await service.get("/statements/2020", OFFICER, params={"organisation": ISLINGTON})


async def _sample(service: ServiceUnderTest) -> None:
    order = {
        "organisation": ISLINGTON,
        "first_on": "2016-04-01",
        "last_on": "2027-03-31",
        "count": 200,
        "seed": "benchmark",
        "method": "monetary_unit",
    }
    await service.get("/samples", AUDITOR, params=order)


async def _dashboard(service: ServiceUnderTest) -> None:
    await service.get("/dashboard", OFFICER)


async def _publish(service: ServiceUnderTest) -> None:
    await service.post("/open-data/editions", OFFICER, {"edition_id": str(uuid4())})


async def _read_entries(service: ServiceUnderTest) -> None:
    async with service.service.sessions() as session:
        await session.execute(COUNT_ENTRIES)


async def _milliseconds(act: Callable[[], Awaitable[None]], times: int = TIMES) -> float:
    taken = []
    for _ in range(times):
        clock = Clock()
        await act()
        taken.append(clock.elapsed * 1000)
    return percentile(taken, 95)


def _row(measured: str, figure: float, baseline: float) -> Row:
    return Row(
        benchmark="schedule-2",
        measured=measured,
        figure=figure,
        baseline=baseline,
        unit="ms",
        baseline_is="adding up all entries once",
    )
