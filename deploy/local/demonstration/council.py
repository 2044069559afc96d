"""Loads the demonstration council through the public interfaces, as its people would."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import httpx2

from deploy.local.demonstration import buildings, demands, generated, measuring, money, policy, steps
from deploy.local.demonstration.client import FundClient
from services.portal.identity import people

READINGS_FROM, READINGS_BEFORE = date(2023, 5, 1), date(2025, 7, 15)
BASELINE = (date(2023, 5, 1), date(2024, 5, 1))
REPORTING = (date(2024, 7, 1), date(2025, 7, 1))
WORKS_COMPLETED_ON = date(2024, 6, 14)
STATED_YEARS = (2023, 2024)
ONLY_GAS = "The works touch heating only; the building has no other heating fuel and its gas has one meter."


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How a funded building's generated gas use stands before the works, and what they really change."""

    application: steps.Application
    base_kwh_per_day: float
    kwh_per_degree_day: float
    change: float


SAVES_WHAT_IT_PROMISED = Measured(
    application=buildings.SWAN_HILL, base_kwh_per_day=18, kwh_per_degree_day=26, change=0.70
)
SAVES_LITTLE = Measured(
    application=buildings.BROOK_END, base_kwh_per_day=55, kwh_per_degree_day=61, change=0.97
)


async def load_council(urls: dict[str, str]) -> str:
    """Load everything; answers what to print: the way to one pound's trace."""
    async with httpx2.AsyncClient(timeout=60) as http:
        fund = FundClient("demonstration", urls, http)
        pots = [await money.record(fund, deed) for deed in money.DEEDS]
        await demands.demand(fund, money.DEEDS[4])
        fund_id = await steps.open_fund(fund, policy.TERMS, policy.OPENS_ON)
        await _completed(fund, fund_id)
        await _under_way(fund, fund_id)
        await _waiting(fund, fund_id)
        await _trace_is_whole(fund, str(pots[1]))
        await _published(fund)
    return f"  one pound's trace: {urls['portal']}/trace/pots/{pots[1]}"


async def _published(fund: FundClient) -> None:
    """The open data, and the statements of the years in which the works were awarded and paid."""
    edition = {"edition_id": str(fund.id("open data"))}
    await fund.post("contributions", "/open-data/editions", people.FUND_MANAGER, edition)
    for year in STATED_YEARS:
        body = {"edition_id": str(fund.id("statement", year)), "organisation": money.COUNCIL}
        path = f"/statements/{year}/editions"
        await fund.post("contributions", path, people.FUND_MANAGER, body)


async def _completed(fund: FundClient, fund_id: UUID) -> None:
    """Two projects with two years of readings, paid and measured."""
    celsius = generated.temperatures(READINGS_FROM, READINGS_BEFORE)
    content = generated.as_csv("celsius", celsius)
    station_id = await measuring.supply_temperatures(
        fund,
        "Ouzel Valley (generated for the demonstration)",
        content,
        interval="daily",
        zone="Europe/London",
        generated=True,
    )
    for measured in (SAVES_WHAT_IT_PROMISED, SAVES_LITTLE):
        application_id = await _paid(fund, fund_id, measured.application, year=2023)
        await _measure(fund, application_id, station_id, celsius, measured)


async def _paid(fund: FundClient, fund_id: UUID, application: steps.Application, year: int) -> UUID:
    application_id = await _awarded(fund, fund_id, application, date(year, 4, 24))
    amount = application.requested_pence
    await steps.accept(fund, application_id, application.applicant, date(year, 5, 9))
    claimed, verified = date(year + 1, 6, 20), date(year + 1, 6, 27)
    claim_id = await steps.claim(fund, application_id, application.applicant, amount, claimed)
    await steps.verify_claim(fund, application_id, claim_id, verified)
    payment_id = await steps.request_payment(fund, application_id, claim_id, date(year + 1, 7, 1))
    await steps.approve_and_pay(fund, payment_id, date(year + 1, 7, 3), date(year + 1, 7, 10))
    return application_id


async def _awarded(fund: FundClient, fund_id: UUID, application: steps.Application, decided_on: date) -> UUID:
    application_id = await _scored(fund, fund_id, application)
    reasons = "A clear saving at a fair price, in a building that many people use."
    await steps.award(fund, application_id, application.requested_pence, decided_on, reasons)
    return application_id


async def _scored(fund: FundClient, fund_id: UUID, application: steps.Application) -> UUID:
    application_id = await steps.submit(fund, fund_id, application)
    first = {"carbon": 4, "need": 4, "visibility": 3, "delivery": 5}
    second = {"carbon": 5, "need": 3, "visibility": 3, "delivery": 4}
    await steps.score(fund, application_id, people.FIRST_ASSESSOR, first)
    await steps.score(fund, application_id, people.SECOND_ASSESSOR, second)
    return application_id


async def _measure(
    fund: FundClient,
    application_id: UUID,
    station_id: UUID,
    celsius: dict[date, float],
    measured: Measured,
) -> None:
    await measuring.complete_works(fund, application_id, WORKS_COMPLETED_ON)
    meter_id = await measuring.add_meter(fund, application_id, "natural_gas")
    used = generated.readings(
        measured.application.name,
        celsius,
        base_kwh_per_day=measured.base_kwh_per_day,
        kwh_per_degree_day=measured.kwh_per_degree_day,
        changed_from=WORKS_COMPLETED_ON,
        change=measured.change,
    )
    content = generated.as_csv("kwh", used)
    await measuring.supply_readings(fund, meter_id, content, interval="daily", zone="Europe/London")
    await measuring.declare_boundary(fund, application_id, ONLY_GAS, WORKS_COMPLETED_ON)
    await measuring.freeze_baseline(fund, application_id, meter_id, station_id, BASELINE)
    await measuring.verify_savings(fund, application_id, REPORTING, date(2025, 7, 21))


async def _under_way(fund: FundClient, fund_id: UUID) -> None:
    """One whose works are done and whose readings are awaited, and one whose claim is to be verified."""
    awaiting = buildings.ST_BOTOLPH
    application_id = await _awarded(fund, fund_id, awaiting, date(2025, 6, 18))
    await steps.accept(fund, application_id, awaiting.applicant, date(2025, 6, 30))
    await measuring.complete_works(fund, application_id, date(2026, 3, 20))
    await measuring.add_meter(fund, application_id, "natural_gas")
    claimed = await steps.claim(fund, application_id, awaiting.applicant, 8_400_00, date(2026, 3, 27))
    await steps.verify_claim(fund, application_id, claimed, date(2026, 4, 8))
    await steps.request_payment(fund, application_id, claimed, date(2026, 4, 13))
    accepted = buildings.TATTENFIELD
    application_id = await _awarded(fund, fund_id, accepted, date(2026, 7, 15))
    await steps.accept(fund, application_id, accepted.applicant, date(2026, 7, 29))
    await steps.claim(fund, application_id, accepted.applicant, 5_000_00, date(2026, 10, 2))


async def _waiting(fund: FundClient, fund_id: UUID) -> None:
    """Applications that are offered, refused, turned down, without money, to be decided, read or finished."""
    await _awarded(fund, fund_id, buildings.LIBRARY, date(2026, 9, 9))
    await _declined_by_fund(fund, fund_id)
    await _turned_down(fund, fund_id)
    unfunded = await _awarded(fund, fund_id, buildings.ACADEMY, date(2026, 9, 23))
    await steps.status_becomes(fund, unfunded, buildings.ACADEMY.applicant, "unfunded")
    await _scored(fund, fund_id, _again(buildings.LIBRARY, "Bradwell Park Library Annexe", date(2026, 9, 28)))
    await steps.submit(fund, fund_id, buildings.GUIDES)
    await steps.draft(fund, fund_id, _again(buildings.GUIDES, "Wolver Hill Guide Store", date(2026, 11, 2)))


async def _declined_by_fund(fund: FundClient, fund_id: UUID) -> None:
    application_id = await _scored(fund, fund_id, buildings.SCOUTS)
    reasons = "The saving is small for the cost, and the roof has to be mended first."
    way_forward = "Mend the roof, ask for an energy survey, and apply again: the fund is always open."
    await steps.decline(fund, application_id, date(2026, 4, 22), reasons, way_forward)


async def _turned_down(fund: FundClient, fund_id: UUID) -> None:
    application_id = await _awarded(fund, fund_id, buildings.ALLOTMENT, date(2026, 6, 10))
    applicant = buildings.ALLOTMENT.applicant
    await steps.is_offered(fund, application_id, applicant)
    body = {"declined_on": "2026-06-24"}
    await fund.post("applications", f"/applications/{application_id}/decline", applicant, body)


def _again(application: steps.Application, name: str, submitted_on: date) -> steps.Application:
    """The same organisation with another building."""
    values: dict[str, Any] = {field: getattr(application, field) for field in application.__slots__}
    place = {**application.building, "name": name}
    return steps.Application(**{**values, "name": name, "building": place, "submitted_on": submitted_on})


async def _trace_is_whole(fund: FundClient, pot_id: str) -> None:
    await fund.until(
        lambda: fund.get("portal", f"/api/trace/pots/{pot_id}"), steps.is_there, "the trace shows the pot"
    )
