"""What the tests of officers' and finance's pages begin with: recorded agreements, pots and claims."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.events import awarded, fund_opened, milestone_verified, offer_accepted
from tests.support.events.ids import GREEN, ISLINGTON, an_id
from tests.support.people import OFFICER
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, make_client

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from typing import Any
    from uuid import UUID

    import httpx2

    from services.portal.identity.people import Person
    from tests.support.council import Council

AGREEMENT_ID = an_id("agreement of the pages")
OBLIGATION_ID = an_id("obligation of the pages")
RECEIPT_ID = an_id("receipt of the pages")
AGREEMENT_PAGE = f"/officer/agreements/{AGREEMENT_ID}"
OBLIGATION_PAGE = f"{AGREEMENT_PAGE}/obligations/{OBLIGATION_ID}"
AGREEMENT = {
    "agreement_id": str(AGREEMENT_ID),
    "organisation": ISLINGTON,
    "reference": "P2018/2269/FUL-da",
    "planning_application": "P2018/2269/FUL",
    "kind": "section_106",
    "deed_on": "2019-04-17",
    "name": "Old Street Yard",
    "document_url": "https://planning.example/00505112.pdf",
}
OBLIGATION = {
    "obligation_id": str(OBLIGATION_ID),
    "reference": "P2018/2269/FUL-COCM",
    "purpose": GREEN,
    "amount_pence": 88_596_00,
    "spend_by_months": 60,
    "wards": [],
    "trigger": "Before the first occupation of any flat",
}


@dataclass(frozen=True)
class SentTwice:
    """What a first and a second click of one form were answered."""

    first: httpx2.Response
    second: httpx2.Response


@asynccontextmanager
async def signed_in(council: Council, person: Person) -> AsyncIterator[Browser]:
    """A browser that one of the demonstration's people is signed in with."""
    async with make_client(council.portal.app) as client:
        browser = Browser(client)
        await browser.sign_in(person)
        yield browser


@asynccontextmanager
async def signed_in_with_session(council: Council, person: Person) -> AsyncIterator[Browser]:
    """A browser with a session of a person whom the sign-in page does not offer."""
    store = council.portal.app.state.session_store
    store.people[person.id] = person
    async with make_client(council.portal.app) as client:
        name = council.portal.app.state.session_cookie.name
        client.cookies.set(name, await store.start(person))
        yield Browser(client)


async def click_twice(
    browser: Browser, page: str, fields: Mapping[str, Any], *, to: str | None = None
) -> SentTwice:
    """Open a page once, and send its form twice."""
    content = {**hidden_fields(await browser.open(page)), **fields}
    answers = [await browser.client.post(to or page, data=content, headers=OWN_ORIGIN) for _ in range(2)]
    return SentTwice(*answers)


async def record_agreement(council: Council, **changes: Any) -> None:
    """An agreement without obligations."""
    await council.contributions.post("/agreements", OFFICER, {**AGREEMENT, **changes})


async def record_obligation(council: Council, *, met_on: str | None = "2019-08-30", **changes: Any) -> None:
    """The agreement with its obligation, whose trigger is met unless `met_on` is None."""
    await record_agreement(council)
    path = f"/agreements/{AGREEMENT_ID}/obligations"
    await council.contributions.post(path, OFFICER, {**OBLIGATION, **changes})
    if met_on:
        trigger = f"{path}/{OBLIGATION_ID}/trigger"
        await council.contributions.post(trigger, OFFICER, {"trigger_met_on": met_on})


async def receive(council: Council, **changes: Any) -> UUID:
    """The obligation with its whole sum received; the pot that it opened."""
    await record_obligation(council, **changes)
    receipt = {"receipt_id": str(RECEIPT_ID), "amount_pence": 88_596_00, "received_on": "2019-09-02"}
    path = f"/agreements/{AGREEMENT_ID}/obligations/{OBLIGATION_ID}/receipts"
    await council.contributions.post(path, OFFICER, receipt)
    return RECEIPT_ID


async def make_a_claim_payable(council: Council) -> None:
    """A grant from the pot, accepted, whose works were seen done."""
    await receive(council)
    await council.contributions.give(fund_opened(), awarded(), offer_accepted(), milestone_verified())
