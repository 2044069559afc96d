"""One application brought through the five services by HTTP, as far as a test of a page needs it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.portal.identity import people
from tests.support import applications
from tests.support.council import Council, council
from tests.support.events import APPLICATION_ID, AWARD_ID, GREEN, ISLINGTON, an_id
from tests.support.people import APPLICANT, OFFICER, Person
from tests.support.portal import Browser, make_client
from tests.support.services import ServiceUnderTest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path
    from uuid import UUID

HERE = f"/assessor/{APPLICATION_ID}"
DECISION = f"/assessor/decisions/{APPLICATION_ID}"
JUSTIFICATION = "Shown by the quotes and by the bills of last winter."
REASONS = "Saves much carbon for the money and keeps a well-used hall warm."
COSTS = {"costs": applications.COSTS["costs"][:1]}
GAS_ONLY = {"measures": applications.MEASURES["measures"][:1]}
SECTIONS = {**applications.SECTIONS, "measures": GAS_ONLY, "costs": COSTS}
ENOUGH_PENCE, TOO_LITTLE_PENCE = 88_596_00, 20_000_00


@dataclass(frozen=True)
class Known(Person):
    """A person whose id is that of the demonstration."""

    known_id: UUID

    @property
    def id(self) -> UUID:
        return self.known_id


def as_tested(person: people.Person) -> Person:
    """A person of the demonstration, as the tests speak to a service for them."""
    return Known(person.name, person.roles, person.id)


class Case:
    """The council with one application, and the browsers of those who work on it."""

    def __init__(self, town: Council) -> None:
        self.council = town
        self._browsers: list[Browser] = []

    def __getattr__(self, name: str) -> ServiceUnderTest:
        service: ServiceUnderTest = self.council.services[name]
        return service

    async def signed_in(self, person: people.Person) -> Browser:
        """A browser that this person is signed in with."""
        browser = Browser(make_client(self.council.portal.app))
        self._browsers.append(browser)
        await browser.sign_in(person)
        return browser

    async def settle(self) -> None:
        """Carry every event; none may be set aside."""
        await self.council.settle()
        await self.council.nothing_is_set_aside()

    async def close(self) -> None:
        for browser in self._browsers:
            await browser.client.aclose()

    async def submitted(self, **terms: Any) -> None:
        """An application of 30,000.00 that meets the rules of its fund, unless `terms` are stricter."""
        service = self.council.applications
        await service.post("/funds", OFFICER, json=applications.fund_body(**{"minimum_quotes": 1, **terms}))
        await service.post("/organisations", APPLICANT, json=applications.organisation_body())
        await service.post("/applications", APPLICANT, json=applications.start_body())
        for section, answers in SECTIONS.items():
            await applications.save(service, section, answers)
        await service.post(f"{applications.HERE}/submit", APPLICANT, json={"submitted_on": "2019-10-01"})
        await self.settle()

    async def scored(self) -> None:
        """Scored by two assessors who have no interest."""
        await self.submitted()
        for person, given in ((people.FIRST_ASSESSOR, (5, 4, 3)), (people.SECOND_ASSESSOR, (4, 4, 2))):
            await self.score(person, *given)

    async def score(self, person: people.Person, *given: int) -> None:
        """This assessor declares no interest and gives these scores."""
        path, who = f"/assessments/{APPLICATION_ID}", as_tested(person)
        await self.council.assessment.post(f"{path}/interest", who, json={"has_interest": False})
        scores = [
            {"criterion": code, "score": score, "justification": JUSTIFICATION}
            for code, score in zip(("carbon", "community", "delivery"), given, strict=True)
        ]
        answer = await self.council.assessment.request("PUT", f"{path}/scores", who, json={"scores": scores})
        assert answer.status_code == 201, answer.text
        await self.settle()

    async def received(self, amount_pence: int = ENOUGH_PENCE) -> None:
        """A developer's payment that the fund may spend anywhere."""
        await _receive(self.council.contributions, amount_pence)
        await self.settle()

    async def accepted(self) -> None:
        """Awarded, reserved, offered and accepted on 2 December 2019."""
        await self.received()
        await self.scored()
        await self.council.assessment.post(
            f"/assessments/{APPLICATION_ID}/decision", as_tested(people.DECISION_MAKER), json=_award()
        )
        await self.settle()
        await self.council.applications.post(
            f"{applications.HERE}/accept", APPLICANT, json={"accepted_on": "2019-12-02"}
        )
        await self.settle()

    async def claimed(self) -> None:
        """A claim of 10,000.00 with one file."""
        await self.accepted()
        sent = await applications.send_file(self.council.applications)
        assert sent.status_code == 201, sent.text
        await self.council.applications.post(
            f"{applications.HERE}/claims", APPLICANT, json=applications.claim_body()
        )
        await self.settle()


def _award() -> dict[str, Any]:
    return {
        "award_id": str(AWARD_ID),
        "outcome": "award",
        "amount_pence": 30_000_00,
        "decided_on": "2019-11-14",
        "reasons": REASONS,
    }


async def _receive(service: ServiceUnderTest, amount_pence: int) -> None:
    agreement, obligation = an_id("agreement"), an_id("obligation")
    deed = {
        "agreement_id": str(agreement),
        "organisation": ISLINGTON,
        "reference": "P2018/2269/FUL-da",
        "planning_application": "P2018/2269/FUL",
        "kind": "section_106",
        "deed_on": "2019-03-12",
    }
    clause = {
        "obligation_id": str(obligation),
        "reference": "P2018/2269/FUL-COCM",
        "purpose": GREEN,
        "amount_pence": amount_pence,
        "trigger": "Before the first occupation of any flat",
    }
    receipt = {"receipt_id": str(an_id("pot")), "amount_pence": amount_pence, "received_on": "2019-06-03"}
    await service.post("/agreements", OFFICER, json=deed)
    await service.post(f"/agreements/{agreement}/obligations", OFFICER, json=clause)
    here = f"/agreements/{agreement}/obligations/{obligation}"
    await service.post(f"{here}/trigger", OFFICER, json={"trigger_met_on": "2019-05-01"})
    await service.post(f"{here}/receipts", OFFICER, json=receipt)


@asynccontextmanager
async def one_case(postgres_url: str, files: Path) -> AsyncIterator[Case]:
    """A council of five services with nothing in it yet."""
    async with council(postgres_url, files) as town:
        case = Case(town)
        try:
            yield case
        finally:
            await case.close()
