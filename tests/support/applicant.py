"""An applicant at the pages: an open fund, a hall's complete answers, its secretary's browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from services.portal.identity.people import HALL_SECRETARY, Person
from tests.support.events.applications import terms
from tests.support.people import OFFICER
from tests.support.portal import Browser, make_client

if TYPE_CHECKING:
    import httpx2

    from tests.support.council import Council

ORGANISATION = {
    "name": "Swan Hill Village Hall",
    "kind": "charity",
    "charity_number": "1098765",
    "contact_name": "Margaret Tilley",
    "contact_email": "secretary@swan-hill.example",
    "contact_telephone": "01632 960 001",
}
WHO = {"legal_status": "registered charity", "may_act": "yes"}
BUILDING = {
    "name": "Swan Hill Hall",
    "address": "1 Invented Street",
    "ward": "E05013699",
    "uprn": "100021",
    "latitude": "",
    "longitude": "",
}
USE = {"use": "village hall, open every day", "tenure": "leased", "lease_years_left": "40"}
WORKS = {"kind": "insulation", "fuel": "natural_gas", "lifetime_years": "30"}
SAVING = {"saving_percent": "25", "saved_kwh": "", "source": "energy audit of 3 March 2019, page 12"}
FUEL = {
    "fuel": "natural_gas",
    "period_start-day": "1",
    "period_start-month": "4",
    "period_start-year": "2018",
    "period_end-day": "31",
    "period_end-month": "3",
    "period_end-year": "2019",
    "kwh": "48,000",
}
COST = {
    "description": "Insulating the roof",
    "net_pence": "50,000.00",
    "vat_pence": "10000",
    "vat_recoverable": "no",
    "eligible": "yes",
    "quote_supplier": "Warm Roofs",
    "quote_reference": "Q-2231",
}
SOURCE = {"source": "Our own savings", "amount_pence": "30000", "confirmed": "yes"}
REQUEST = {"requested_pence": "30000"}
SECTIONS: dict[str, dict[str, str]] = {
    "who": WHO,
    "building": BUILDING,
    "building/use": USE,
    "measures/new": WORKS,
    "measures/1/saving": SAVING,
    "energy/new": FUEL,
    "costs/new": COST,
    "match-funding/new": SOURCE,
    "match-funding/request": REQUEST,
}


def on(name: str, day: int, month: int, year: int) -> dict[str, str]:
    """A date as its three boxes."""
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


@dataclass
class Applicant:
    """A person's browser at their application."""

    council: Council
    browser: Browser
    application_id: str = ""
    clients: list[httpx2.AsyncClient] = field(default_factory=list)

    def path(self, rest: str = "") -> str:
        """The address of a page of the application."""
        return f"/applicant/applications/{self.application_id}{'/' if rest else ''}{rest}"

    async def read(self, rest: str = "") -> str:
        """The words of a page of the application."""
        return await self.browser.read(self.path(rest))

    async def send(self, rest: str, fields: dict[str, Any], **kwargs: Any) -> httpx2.Response:
        """Fill in and send the form of a page of the application."""
        return await self.browser.send(self.path(rest), fields, **kwargs)

    async def save(self, rest: str, fields: dict[str, Any], **kwargs: Any) -> None:
        """Send a form that must be taken."""
        answer = await self.send(rest, fields, **kwargs)
        assert answer.status_code == 303, answer.text

    async def start(self) -> None:
        """Add the organisation and start an application."""
        added = await self.browser.send("/applicant/organisations/new", ORGANISATION)
        assert added.status_code == 303, added.text
        organisation_id = added.headers["location"].partition("organisation=")[2].partition("&")[0]
        started = await self.browser.send("/applicant/start", {"organisation_id": organisation_id})
        assert started.status_code == 303, started.text
        self.application_id = started.headers["location"].rpartition("/")[2]

    async def answer_everything(self, **changes: dict[str, str]) -> None:
        """Complete every section, page by page."""
        for rest, answers in SECTIONS.items():
            await self.save(rest, {**answers, **changes.get(rest, {})})

    async def submit(self) -> None:
        """Declare and send, on 1 October 2019."""
        await self.save("send", {"declaration": "yes", **on("submitted_on", 1, 10, 2019)})

    async def draft(self) -> dict[str, Any]:
        """The application as the service tells it to its own people."""
        token = {"Authorization": f"Bearer {token_of(HALL_SECRETARY)}"}
        answer = await self.council.applications.client.get(
            f"/applications/{self.application_id}", headers=token
        )
        told: dict[str, Any] = answer.json()
        return told


def token_of(person: Person) -> str:
    """The person's token for the applications service."""
    from shared.web.tokens import DEMONSTRATION_PRIVATE_KEY, mint

    return mint(person.id, person.roles, audience="applications", private_key=DEMONSTRATION_PRIVATE_KEY)


async def open_the_fund(council: Council, **changes: Any) -> UUID:
    """A fund that takes applications from 1 January 2019."""
    policy = terms(**{"minimum_quotes": 1, **changes})
    body = {"fund_id": str(policy.fund_id), "opens_on": "2019-01-01", "terms": policy.model_dump(mode="json")}
    await council.applications.post("/funds", OFFICER, body, headers={"Idempotency-Key": str(uuid4())})
    return policy.fund_id


async def signed_in(council: Council, person: Person = HALL_SECRETARY) -> Applicant:
    """The person at a browser of their own."""
    browser = Browser(make_client(council.portal.app))
    await browser.sign_in(person)
    return Applicant(council, browser, clients=[browser.client])
