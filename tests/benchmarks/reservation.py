"""An award reserves its money from a fund of many pots: the server's time, and awards per second."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import text

from services.contributions.repository.accounts import COLUMNS
from tests.benchmarks.commands import rate_of_taking
from tests.benchmarks.fixtures import forget_used_databases
from tests.benchmarks.rows import Clock, Row, Servers, percentile, progress, side_by_side
from tests.support import events as told
from tests.support.services import record, service_under_test

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from shared.messaging.reader import Reader
    from tests.support.services import KafkaRecord

POTS = (10, 1_000, 20_000)
AWARDS = 40
WARM_UP = 5
BATCH = 200
PARALLEL = 200
AWARD_PENCE = 25_00
HELD = [10_000_000_000 if name in {"received_pence", "available_pence"} else 0 for name in COLUMNS]
FILL = text(
    f"""
    WITH deed AS (
        INSERT INTO agreement (id, organisation, reference, name, planning_application, kind, version)
        VALUES (gen_random_uuid(), :organisation, 'D1', 'Mill Lane', '19/00001/FUL', 'section_106', 1)
        RETURNING id
    ), clause AS (
        INSERT INTO obligation (id, agreement_id, organisation, reference, purpose, allowed_purposes,
                                amount_pence, wards, trigger)
        SELECT gen_random_uuid(), id, :organisation, 'C1', :purpose, ARRAY[:purpose], 1, '{{}}', 'at once'
        FROM deed RETURNING id
    )
    INSERT INTO pot (id, obligation_id, organisation, spendable_on, purpose, wards, received_on, spend_by_on,
                     opened_by, {", ".join(COLUMNS)})
    SELECT gen_random_uuid(), clause.id, :organisation, ARRAY[:purpose], :purpose, '{{}}', date '2019-08-30',
           date '2030-01-01' + number, 'receipt', {", ".join(map(str, HELD))}
    FROM clause, generate_series(1, CAST(:pots AS integer)) AS number
    """  # noqa: S608 - only names of columns, and whole numbers
)


async def measure(servers: Servers) -> list[Row]:
    """The time of one award's whole transaction, and how many a second in batches and one by one."""
    rows = []
    for pots in POTS:
        progress(f"{AWARDS} awards over {pots:,} pots")
        async with _fund(servers, pots) as reader:
            awards, again = await _milliseconds(reader)
            rows.append(_row(f"one award over {pots:,} pots, p50", awards, again, 50))
            rows.append(_row(f"one award over {pots:,} pots, p95", awards, again, 95))
    return [*rows, await _awards_per_second(servers), await _in_parallel(servers)]


async def _awards_per_second(servers: Servers) -> Row:
    async with _fund(servers, 1_000) as reader:

        async def batched() -> float:
            return await rate_of_taking(reader, _new_awards, BATCH)

        async def singly() -> float:
            return await rate_of_taking(reader, _new_awards, 1)

        figure, baseline = await side_by_side("awards", batched, singly)
    return Row(
        benchmark="reservation",
        measured=f"awards in batches of {BATCH}, 1,000 pots",
        figure=figure,
        baseline=baseline,
        unit="events/s",
        baseline_is="a transaction for each event",
    )


async def _in_parallel(servers: Servers) -> Row:
    """Every award in a transaction of its own, a few hundred at the same moment, over the same pots."""
    async with _fund(servers, 1_000) as reader:

        async def together() -> float:
            clock = Clock()
            await asyncio.gather(*(reader.take([award]) for award in _new_awards(PARALLEL)))
            return PARALLEL / clock.elapsed

        async def singly() -> float:
            return await rate_of_taking(reader, _new_awards, 1)

        figure, baseline = await side_by_side("parallel reservations", together, singly)
    return Row(
        benchmark="reservation",
        measured=f"{PARALLEL} parallel reservations, 1,000 pots",
        figure=figure,
        baseline=baseline,
        unit="events/s",
        baseline_is="one after the other",
    )


@asynccontextmanager
async def _fund(servers: Servers, pots: int) -> AsyncIterator[Reader]:
    """The contributions service with so many pots of one organisation, as its reader sees it."""
    with TemporaryDirectory() as files:
        forget_used_databases()
        async with service_under_test(servers.postgres_url, "contributions", Path(files)) as service:
            async with service.service.sessions.begin() as session:
                values = {"organisation": told.ISLINGTON, "purpose": told.GREEN, "pots": pots}
                await session.execute(FILL, values)
            assert service.service.reader is not None
            yield service.service.reader


async def _milliseconds(reader: Reader) -> tuple[list[float], list[float]]:
    """Of each award, and of its second delivery, which changes nothing."""
    awards, again = [], []
    for award in _new_awards(WARM_UP + AWARDS):
        awards.append(await _take(reader, award))
        again.append(await _take(reader, award))
    return awards[WARM_UP:], again[WARM_UP:]


async def _take(reader: Reader, award: KafkaRecord) -> float:
    clock = Clock()
    await reader.take([award])
    return clock.elapsed * 1000


def _new_awards(count: int) -> list[KafkaRecord]:
    return [
        record(told.awarded(application_id=uuid4(), award_id=uuid4(), amount_pence=AWARD_PENCE), 1)
        for _ in range(count)
    ]


def _row(measured: str, awards: list[float], again: list[float], percent: int) -> Row:
    return Row(
        benchmark="reservation",
        measured=measured,
        figure=percentile(awards, percent),
        baseline=percentile(again, percent),
        unit="ms",
        baseline_is="the same award delivered again",
    )
