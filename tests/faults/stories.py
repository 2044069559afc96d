"""What the people of a fund do all day, from a deed to a verified saving, with figures drawn by chance."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from deploy.local.demonstration import buildings, generated, measuring, money, policy, steps
from deploy.local.demonstration.steps import Application
from services.applications.domain.status import Status
from services.portal.identity import people
from shared.web.roles import Role
from tests.faults.client import PersistentClient
from tests.support.people import Person

CRITERIA = tuple(criterion["code"] for criterion in policy.TERMS["criteria"])
A_GOOD_CASE = "A clear saving at a fair price, in a building that many people use."
TOO_DEAR = "The saving is small for the cost, and the roof has to be mended first."
WAY_FORWARD = "Mend the roof, ask for an energy survey, and apply again: the fund is always open."
SUBMITTED_ON = date(2023, 2, 20)
WEATHER_FROM, WEATHER_BEFORE = date(2023, 5, 1), date(2025, 7, 15)
WORKS_ON = date(2024, 6, 14)
BASELINE = (date(2023, 5, 1), date(2024, 5, 1))
REPORTING = (date(2024, 7, 1), date(2025, 7, 1))
OFFERED_OR_NOT = {Status.OFFERED, Status.UNFUNDED}


@dataclass(slots=True)
class Storyteller:
    """One client of the load: tells one story after the other under its own name."""

    client: PersistentClient
    chance: random.Random
    told: int = 0
    fund_id: UUID | None = None
    station_id: UUID | None = None

    @property
    def applicant(self) -> Person:
        """Each client applies as a person of its own."""
        return Person(self.client.name, (Role.APPLICANT,))

    async def tell(self) -> None:
        """One story: receipts, or one application's way as far as chance takes it."""
        if self.fund_id is None:
            terms = {**policy.TERMS, "name": f"The fund of {self.client.name}"}
            self.fund_id = await steps.open_fund(self.client, terms, policy.OPENS_ON)
            await self._receive_money()
        self.told += 1
        await (self._receive_money() if self.chance.random() < 0.25 else self._apply())

    async def _receive_money(self) -> None:
        """An officer records a deed, its obligation, its trigger and its receipt."""
        number = self.chance.randrange(10**9)
        met = self.chance.random() < 0.9
        deed = money.Deed(
            application=f"22/{number:09}/{self.told}",
            deed_on=date(2021, 3, 12),
            amount_pence=self.chance.randrange(10_000_00, 40_000_00),
            spend_by_months=self.chance.choice([None, 84, 96, 120]),
            trigger_met_on=date(2022, 5, 16) if met else None,
            received_on=date(2022, 6, 1) if met else None,
        )
        await money.record(self.client, deed)

    async def _apply(self) -> None:
        """An organisation applies and is scored by two; the fund decides."""
        application = self._application()
        assert self.fund_id is not None
        application_id = await steps.submit(self.client, self.fund_id, application)
        for person in (people.FIRST_ASSESSOR, people.SECOND_ASSESSOR):
            await steps.score(self.client, application_id, person, self._scores())
        if self.chance.random() < 0.1:
            await steps.decline(self.client, application_id, self._after(40), TOO_DEAR, WAY_FORWARD)
            await self._status(application_id, application, {Status.DECLINED_BY_FUND})
            return
        await steps.award(
            self.client, application_id, application.requested_pence, self._after(60), A_GOOD_CASE
        )
        if await self._status(application_id, application, OFFERED_OR_NOT) == Status.OFFERED:
            await self._answer_offer(application_id, application)

    async def _answer_offer(self, application_id: UUID, application: Application) -> None:
        if self.chance.random() < 0.15:
            body = {"declined_on": self._after(70).isoformat()}
            path = f"/applications/{application_id}/decline"
            await self.client.post("applications", path, application.applicant, body)
            return
        await steps.accept(self.client, application_id, application.applicant, self._after(75))
        await self._claim(application_id, application)
        if self.chance.random() < 0.3:
            await self._measure(application_id, application)

    async def _claim(self, application_id: UUID, application: Application) -> None:
        """The organisation claims, the team looks, and two people pay."""
        part = self.chance.choice([1, 1, 2, 3])
        claimed, client = application.requested_pence // part, self.client
        claim_id = await steps.claim(
            client, application_id, application.applicant, claimed, date(2024, 6, 20)
        )
        await steps.verify_claim(client, application_id, claim_id, date(2024, 6, 27))
        payment_id = await steps.request_payment(client, application_id, claim_id, date(2024, 7, 1))
        if self.chance.random() < 0.8:
            await steps.approve_and_pay(client, payment_id, date(2024, 7, 3), date(2024, 7, 10))

    async def _measure(self, application_id: UUID, application: Application) -> None:
        """The team measures what the works saved."""
        celsius, client = generated.temperatures(WEATHER_FROM, WEATHER_BEFORE), self.client
        station_id = self.station_id or await self._weather(celsius)
        await measuring.complete_works(client, application_id, WORKS_ON)
        meter_id = await measuring.add_meter(client, application_id, "natural_gas")
        used = generated.readings(
            application.name,
            celsius,
            base_kwh_per_day=18,
            kwh_per_degree_day=26,
            changed_from=WORKS_ON,
            change=self.chance.uniform(0.6, 1.0),
        )
        content = generated.as_csv("kwh", used)
        await measuring.supply_readings(client, meter_id, content, interval="daily", zone="Europe/London")
        await measuring.declare_boundary(client, application_id, A_GOOD_CASE, WORKS_ON)
        await measuring.freeze_baseline(client, application_id, meter_id, station_id, BASELINE)
        await measuring.verify_savings(client, application_id, REPORTING, date(2025, 7, 21))

    async def _weather(self, celsius: dict[date, float]) -> UUID:
        content = generated.as_csv("celsius", celsius)
        name = f"Weather of {self.client.name}"
        self.station_id = await measuring.supply_temperatures(
            self.client, name, content, interval="daily", zone="Europe/London", generated=True
        )
        return self.station_id

    async def _status(self, application_id: UUID, application: Application, wanted: set[Status]) -> Status:
        """The status that the application comes to have."""
        seen: Mapping[str, Any] = await self.client.until(
            lambda: self.client.get("applications", f"/applications/{application_id}", application.applicant),
            lambda shown: shown["status"] in wanted,
            f"the application is one of {sorted(wanted)}",
        )
        return Status(seen["status"])

    def _application(self) -> Application:
        requested = self.chance.randrange(5_000_00, 30_000_00)
        name = f"Hall {self.told} of {self.client.name}"
        return buildings.application(
            name=name,
            organisation=f"Trust {self.told} of {self.client.name}",
            kind="village_hall",
            ward=self.chance.choice(money.WARDS),
            use="Playgroup and evening classes",
            place=("52.0412", "-0.7321"),
            gas_kwh=61_500,
            measures=[buildings.measure("loft_insulation", "9", 42)],
            cost_pence=2 * requested,
            requested_pence=requested,
            submitted_on=SUBMITTED_ON,
            applicant=self.applicant,
        )

    def _scores(self) -> dict[str, int]:
        return {criterion: self.chance.randrange(2, 6) for criterion in CRITERIA}

    def _after(self, days: int) -> date:
        return SUBMITTED_ON + timedelta(days=days)
