"""Business transactions per second with their events, against the same ones without a log and an outbox."""

from __future__ import annotations

import asyncio

from sqlalchemy import text

from tests.benchmarks.fixtures import Counted, Store, fresh_store, somebody
from tests.benchmarks.rows import Clock, Row, Servers, side_by_side

CONNECTIONS = 32
LOAD = text("SELECT pence, version FROM account WHERE name = :name FOR UPDATE")
SAVE = text("UPDATE account SET pence = :pence, version = :version WHERE name = :name")
ADD = text("INSERT INTO effect (number, counter) VALUES (:number, :name)")


async def measure(servers: Servers) -> list[Row]:
    """Load an account, change it, add an entry, and (or not) record what happened."""
    async with fresh_store(servers.postgres_url, CONNECTIONS) as store:
        await store.execute(
            "INSERT INTO account SELECT 'account ' || n, 0, 0 FROM generate_series(1, $1::int) n", CONNECTIONS
        )

        async def with_event() -> float:
            return await _commits(store, records=True)

        async def without_event() -> float:
            return await _commits(store, records=False)

        figure, baseline = await side_by_side("commits", with_event, without_event)
    return [
        Row(
            benchmark="commits",
            measured=f"transaction with its event, {CONNECTIONS} connections",
            figure=figure,
            baseline=baseline,
            unit="commits/s",
            baseline_is="the same without event log and outbox",
        )
    ]


async def _commits(store: Store, *, records: bool) -> float:
    clock = Clock()
    writers = (
        _write(store, f"account {number + 1}", clock, records=records) for number in range(CONNECTIONS)
    )
    return sum(await asyncio.gather(*writers)) / clock.elapsed


async def _write(store: Store, name: str, clock: Clock, *, records: bool) -> int:
    committed = 0
    while not clock.is_over:
        await _transfer(store, name, records=records)
        committed += 1
    return committed


async def _transfer(store: Store, name: str, *, records: bool) -> None:
    async with store.work.begin(somebody()) as uow:
        account = (await uow.session.execute(LOAD, {"name": name})).one()
        version = account.version + 1
        await uow.session.execute(SAVE, {"name": name, "pence": account.pence + 1, "version": version})
        await uow.session.execute(ADD, {"name": name, "number": version})
        if records:
            uow.record(Counted(counter=name, number=version), sequence=version)
