"""Receipts posted to the fund's books through the API, against the same rows written by the driver alone."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from deploy.local.topics import create_topics
from services.contributions.repository.accounts import COLUMNS
from tests.benchmarks.fixtures import connect, forget_used_databases
from tests.benchmarks.rows import Clock, Row, Servers, progress, side_by_side
from tests.benchmarks.serving import serving
from tests.support import events as told
from tests.support.people import OFFICER
from tests.support.services import service_under_test

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import asyncpg
    import httpx2

    from tests.support.services import ServiceUnderTest

WRITERS = 16
"""Each with an agreement of its own: receipts of one agreement wait for one another."""
PENCE = 1_00
HELD = ", ".join(str(PENCE if name in {"received_pence", "available_pence"} else 0) for name in COLUMNS)
POT = f"""
    INSERT INTO pot (id, obligation_id, organisation, spendable_on, purpose, wards, received_on, opened_by,
                     {", ".join(COLUMNS)})
    VALUES ($1, $2, 'plain', ARRAY['green-infrastructure'], 'green-infrastructure', '{{}}', $3, 'receipt',
            {HELD})
"""  # noqa: S608 - only names of columns, and whole numbers
ENTRIES = """
    INSERT INTO ledger_entry (movement_id, kind, pot_id, account, amount_pence, happened_on, cause, cause_id,
                              actor, recorded_at)
    SELECT $1, 'receipt', $2, account, pence, $3, 'command', $1, 'benchmark', $4
    FROM (VALUES ('received', -100), ('available', 100)) AS line(account, pence)
"""


async def measure(servers: Servers) -> list[Row]:
    """Receipts a second from as many writers at once, each its own transaction that is on the disk."""
    await create_topics(servers.kafka)
    with TemporaryDirectory() as files:
        forget_used_databases()
        async with service_under_test(servers.postgres_url, "contributions", Path(files)) as service:
            progress(f"{WRITERS} agreements")
            asked, plainly = [
                [await _obligation(service, f"{way}{n}") for n in range(WRITERS)] for way in "AB"
            ]
            url = service.service.settings.database_url
            async with serving("contributions", url, servers.kafka, files) as client, _plain(url) as plain:

                async def by_api() -> float:
                    return await _per_second([_receipts(client, *each) for each in asked])

                async def by_driver() -> float:
                    writers = zip(plain, plainly, strict=True)
                    return await _per_second([_rows(one, each[1]) for one, each in writers])

                figure, baseline = await side_by_side("receipts", by_api, by_driver)
    return [
        Row(
            benchmark="postings",
            measured=f"receipts posted by the API, {WRITERS} writers",
            figure=figure,
            baseline=baseline,
            unit="postings/s",
            baseline_is="pot and entries inserted by the driver alone",
        )
    ]


async def _per_second(writers: list[AsyncIterator[None]]) -> float:
    clock = Clock()

    async def write_on(writer: AsyncIterator[None]) -> int:
        count = 0
        while not clock.is_over:
            await anext(writer)
            count += 1
        return count

    return sum(await asyncio.gather(*map(write_on, writers))) / clock.elapsed


async def _receipts(
    client: httpx2.AsyncClient, agreement_id: UUID, obligation_id: UUID
) -> AsyncIterator[None]:
    path = f"/agreements/{agreement_id}/obligations/{obligation_id}/receipts"
    token = f"Bearer {OFFICER.token('contributions')}"
    while True:
        body = {"receipt_id": str(uuid4()), "amount_pence": PENCE, "received_on": "2019-09-02"}
        headers = {"Authorization": token, "Idempotency-Key": str(uuid4())}
        (await client.post(path, json=body, headers=headers)).raise_for_status()
        yield


async def _rows(connection: asyncpg.Connection, obligation_id: UUID) -> AsyncIterator[None]:
    day = date(2019, 9, 2)
    while True:
        pot_id = uuid4()
        async with connection.transaction():
            await connection.execute(POT, pot_id, obligation_id, day)
            await connection.execute(ENTRIES, uuid4(), pot_id, day, datetime.now(UTC))
        yield


@asynccontextmanager
async def _plain(url: str) -> AsyncIterator[list[asyncpg.Connection]]:
    async with AsyncExitStack() as stack:
        connections = [await connect(url) for _ in range(WRITERS)]
        for each in connections:
            stack.push_async_callback(each.close)
        yield connections


async def _obligation(service: ServiceUnderTest, reference: str) -> tuple[UUID, UUID]:
    """An agreement of its own, whose obligation is due."""
    agreement_id, obligation_id = uuid4(), uuid4()
    agreement = {
        "agreement_id": str(agreement_id),
        "organisation": told.ISLINGTON,
        "reference": reference,
        "planning_application": "19/00001/FUL",
        "kind": "section_106",
        "deed_on": "2019-04-17",
    }
    obligation = {
        "obligation_id": str(obligation_id),
        "reference": "C1",
        "purpose": told.GREEN,
        "amount_pence": 1_000_000_000_00,
        "trigger": "At once",
    }
    path = f"/agreements/{agreement_id}/obligations"
    await service.post("/agreements", OFFICER, agreement)
    await service.post(path, OFFICER, obligation)
    await service.post(f"{path}/{obligation_id}/trigger", OFFICER, {"trigger_met_on": "2019-08-30"})
    return agreement_id, obligation_id
