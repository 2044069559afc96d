"""A council in which everything has happened once, and superusers' connections to plant faults with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import asyncpg
import httpx2
import pytest

from deploy.audit.checks import check_all
from deploy.audit.snapshot import Snapshot
from deploy.local.demonstration import buildings, generated, measuring, money, policy, prices, steps
from deploy.local.demonstration import council as demonstration
from deploy.local.demonstration.client import FundClient
from services.contributions.background import work_off
from services.portal.identity import people
from tests.integration.audit.acts_on_pots import act_on_pots, draw_otherwise
from tests.support.council import Council, council
from tests.support.open_data import COUNCIL, a_transaction_row, files

if TYPE_CHECKING:
    from pathlib import Path

    from deploy.audit import Finding

NO_RULES = """
    SET LOCAL session_replication_role = replica;
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
            WHERE connamespace = 'public'::regnamespace AND contype = 'c'
        LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.name, one.conname); END LOOP;
    END $$;
    CREATE FUNCTION pg_temp.last(text) RETURNS bigint LANGUAGE sql
    AS 'SELECT max(position) FROM event_log WHERE type = $1'
"""
"""What a planted fault needs: no triggers, foreign keys or checks, and where the last event of a type is."""


@dataclass
class Books:
    """The council's databases as its services reach them, and as a superuser does."""

    urls: Mapping[str, str]
    connections: Mapping[str, asyncpg.Connection]

    @asynccontextmanager
    async def planted(self, service: str, *statements: str) -> AsyncIterator[Snapshot]:
        """The five databases as they would be with these changes to one of them, which are rolled back."""
        connection = self.connections[service]
        transaction = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(NO_RULES)
            for statement in statements:
                await connection.execute(statement)
            yield Snapshot(self.connections)
        finally:
            await transaction.rollback()

    async def findings(self, service: str, *statements: str) -> list[Finding]:
        """What the auditor finds with these changes."""
        async with self.planted(service, *statements) as snapshot:
            return await check_all(snapshot)


@pytest.fixture(scope="session")
async def books(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Books]:
    files: Path = tmp_path_factory.mktemp("files")
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(council(postgres_url, files))
        await _story(town)
        await town.nothing_is_set_aside()
        urls = {name: under.service.settings.database_url for name, under in town.services.items()}
        base = postgres_url.rpartition("/")[0]
        connections = {}
        for name, url in urls.items():
            connections[name] = await asyncpg.connect(f"{base}/{url.rpartition('/')[2]}")
            stack.push_async_callback(connections[name].close)
        yield Books(urls, connections)


async def _story(town: Council) -> None:
    """One grant paid and measured, one with a payment asked for, and everything that may come between."""
    hosts = {name: f"http://{name}" for name in town.services}
    mounts = {host: httpx2.ASGITransport(app=town.services[name].app) for name, host in hosts.items()}
    async with httpx2.AsyncClient(mounts=mounts, timeout=60) as http, _carried(town):
        fund = FundClient("audited", hosts, http)
        for deed in money.DEEDS[:2]:
            await money.record(fund, deed)
        await act_on_pots(fund)
        await _demanded(fund)
        await _followed(fund, town)
        await _put_right(fund, money.DEEDS[0])
        await _built(fund)
        fund_id = await steps.open_fund(fund, policy.TERMS, policy.OPENS_ON)
        await _measured(fund, await demonstration._paid(fund, fund_id, buildings.SWAN_HILL, year=2023))
        await _month_closed(fund)
        await _payment_asked_for(fund, fund_id)
        await demonstration._turned_down(fund, fund_id)
        await demonstration._declined_by_fund(fund, fund_id)
        unfunded = await demonstration._awarded(fund, fund_id, buildings.ACADEMY, date(2026, 9, 23))
        await steps.status_becomes(fund, unfunded, buildings.ACADEMY.applicant, "unfunded")


async def _reversed(fund: FundClient) -> None:
    """A receipt that was posted by mistake, and what was done about it."""
    pot_id = await money.record(fund, money.DEEDS[2])
    said = {"reversed_on": "2023-02-06", "reason": "Posted to the wrong agreement."}
    await fund.post("contributions", f"/pots/{pot_id}/reversal", people.OFFICER, said)


async def _followed(fund: FundClient, town: Council) -> None:
    """Another council's record, which lives elsewhere: its second export says less than its first."""
    keeping = {"organisation": COUNCIL, "mode": "follower", "system_of_record": "Exacom"}
    await fund.post("contributions", "/record-keeping", people.FUND_MANAGER, keeping)
    for amount in ("1000", "800"):
        draft_id, of = fund.id("export", amount), files(transactions=[a_transaction_row(amount=amount)])
        sent = {name: (f"{name}.csv", getattr(of, name)) for name in of.__slots__}
        fields = {"draft_id": str(draft_id), "organisation": COUNCIL}
        await fund.upload("contributions", "/import-drafts", people.OFFICER, sent, fields)
        await work_off(town.contributions.service)
        await fund.post("contributions", f"/import-drafts/{draft_id}/commit", people.OFFICER, {})
        await work_off(town.contributions.service)


async def _demanded(fund: FundClient) -> None:
    """A demand that was wrong, and the one that replaced it."""
    deed = money.DEEDS[4]
    await money.record(fund, deed)
    agreement_id, obligation_id = (fund.id(what, deed.application) for what in ("agreement", "obligation"))
    path = f"/agreements/{agreement_id}/obligations/{obligation_id}"
    terms = {"indexation": {"basis": "fixed_percent", "yearly_percent": "3"}, "days_to_pay": 14}
    await fund.post("contributions", f"{path}/payment-terms", people.OFFICER, terms)
    for name in ("wrong", "right"):
        demand = {"demand_id": str(fund.id(f"{name} demand")), "issued_on": "2026-03-02"}
        await fund.post("contributions", f"{path}/demands", people.OFFICER, demand)
        if name == "wrong":
            said = {"reason": "The deed was varied.", "withdrawn_on": "2026-03-03"}
            withdrawal = f"/demands/{demand['demand_id']}/withdrawal"
            await fund.post("contributions", withdrawal, people.OFFICER, said)


async def _put_right(fund: FundClient, deed: money.Deed) -> None:
    """A correction of a deed and of a new obligation, and a payee who is removed and erased."""
    path, clause = f"/agreements/{fund.id('agreement', deed.application)}", fund.id("obligation", "new")
    obligation = {"obligation_id": str(clause), "reference": "C2", "purpose": money.PURPOSE}
    owed = {**obligation, "amount_pence": 1_000_00, "trigger": "Completion"}
    acts: list[tuple[str, dict[str, Any]]] = [
        ("/corrections", {"correction_id": str(fund.id("name")), "reason": "Mistyped.", "name": "The Vale"}),
        ("/obligations", owed),
        (
            f"/obligations/{clause}/corrections",
            {"correction_id": str(fund.id("sum")), "reason": "Mistyped.", "amount_pence": 10_000_00},
        ),
        ("/payees", {"payee_id": str(fund.id("person")), "name": "Somebody Invented"}),
        (f"/payees/{fund.id('person')}/remove", {}),
        ("/erase-people", {}),
    ]
    for act, body in acts:
        await fund.post("contributions", f"{path}{act}", people.OFFICER, body)


async def _built(fund: FundClient) -> None:
    """A site whose first report was wrong."""
    agreement_id = fund.id("agreement", money.DEEDS[0].application)
    dwellings = {"occupied_dwellings": 120, "consented_dwellings": 180}
    report = await prices.report_progress(
        fund, agreement_id, kind="occupied", happened_on="2022-05-16", **dwellings
    )
    await prices.withdraw_progress(fund, agreement_id, report, "12 dwellings were occupied, not 120.")


async def _measured(fund: FundClient, application_id: Any) -> None:
    celsius = generated.temperatures(demonstration.READINGS_FROM, demonstration.READINGS_BEFORE)
    content = generated.as_csv("celsius", celsius)
    stated = {"interval": "daily", "zone": "Europe/London", "generated": True}
    station_id = await measuring.supply_temperatures(fund, "Invented", content, **stated)
    measured = demonstration.SAVES_WHAT_IT_PROMISED
    await demonstration._measure(fund, application_id, station_id, celsius, measured)


async def _month_closed(fund: FundClient) -> None:
    """The books up to March 2023, in which two developers paid."""
    month = {"organisation": policy.TERMS["organisation"], "kind": "month", "first_on": "2023-03-01"}
    await fund.post("contributions", "/periods", people.PAYMENT_APPROVER, month)


async def _payment_asked_for(fund: FundClient, fund_id: Any) -> None:
    building = buildings.ST_BOTOLPH
    application_id = await demonstration._awarded(fund, fund_id, building, date(2025, 6, 18))
    await steps.is_offered(fund, application_id, building.applicant)
    await draw_otherwise(fund, application_id)
    await steps.accept(fund, application_id, building.applicant, date(2025, 6, 30))
    claim = await steps.claim(fund, application_id, building.applicant, 5_000_00, date(2026, 3, 27))
    await steps.verify_claim(fund, application_id, claim, date(2026, 4, 8))
    refused = await steps.request_payment(fund, application_id, claim, date(2026, 4, 9))
    await steps.refuse_payment(fund, refused, date(2026, 4, 10), "The invoice is of another building.")
    await steps.request_payment(fund, application_id, claim, date(2026, 4, 13), after=refused)


@asynccontextmanager
async def _carried(town: Council) -> AsyncIterator[None]:
    """Events are carried all the while, and none is dropped on the way when the story ends."""
    over = asyncio.Event()

    async def carry() -> None:
        while not over.is_set():
            await town.settle()
            await asyncio.sleep(0.01)
        await town.settle()

    async with asyncio.TaskGroup() as group:
        group.create_task(carry())
        try:
            yield
        finally:
            over.set()
