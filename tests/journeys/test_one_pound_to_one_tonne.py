"""One pound to one tonne on real input: through HTTP only, over real Kafka and PostgreSQL.

The tests follow one another: each takes the story on where the one before it stopped.
"""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from deploy.local.demonstration import measuring, steps
from deploy.local.demonstration.buildings import building, costs, measure
from deploy.local.demonstration.client import FundClient
from deploy.local.demonstration.steps import Application
from services.portal.identity import people
from tests.support.journey import (
    FUND_OPENS_ON,
    ISLINGTON,
    ISLINGTON_TERMS,
    cambridge,
    everything_agrees,
    halton,
    import_files,
    islington,
    refusal,
    uk_gas,
)

RECEIPT_PENCE = 88_596_00
GRANT_PENCE = 30_000_00
BASELINE = (date(2020, 4, 2), date(2021, 4, 2))
REPORTING = (date(2021, 4, 2), date(2022, 4, 2))
HALL = Application(
    name="Hillrise Community Hall",
    applicant=people.HALL_SECRETARY,
    organisation="Hillrise Community Association",
    organisation_kind="charity",
    building=building(
        "Hillrise Community Hall", "Hillrise", "Nursery and evening classes", ("51.57", "-0.12")
    ),
    measures=[measure("loft_insulation", "12", 42)],
    energy=[{"fuel": "natural_gas", "period_start": "2019-01-01", "period_end": "2020-01-01", "kwh": "7600"}],
    costs=costs(62_000_00, "Loft insulation"),
    match_funding=[{"source": "Own reserves", "amount_pence": 32_000_00, "confirmed": True}],
    requested_pence=GRANT_PENCE,
    submitted_on=date(2020, 1, 27),
)
COLLEGE = Application(
    name="Hillrise College",
    applicant=people.SCHOOL_MANAGER,
    organisation="Hillrise College",
    organisation_kind="school",
    building=building("Hillrise College", "Hillrise", "Teaching", ("51.572", "-0.121")),
    measures=[measure("heating_controls", "9", 15)],
    energy=[
        {"fuel": "natural_gas", "period_start": "2017-09-01", "period_end": "2018-09-01", "kwh": "94000"}
    ],
    costs=costs(40_000_00, "Heating controls"),
    match_funding=[{"source": "The college", "amount_pence": 20_000_00, "confirmed": True}],
    requested_pence=20_000_00,
    submitted_on=date(2018, 10, 1),
)


def pounds(text: str) -> int:
    return int(Decimal(text) * 100)


async def test_halton_s_open_data_becomes_pots_and_exceptions(fund: FundClient) -> None:
    files = halton()

    report = await import_files(fund, "halton", files)

    summary = report["summary"]
    assert (summary["agreements"], summary["contributions"], summary["transactions"]) == (53, 68, 150)
    assert summary["received_pence"] == pounds("5330185.62")
    assert summary["spent_pence"] == pounds("2976787.73")
    assert summary["returned_pence"] == pounds("607109.99")
    pots = await fund.get("contributions", "/pots", people.OFFICER, organisation="local-authority-eng:HAL")
    assert len(pots["pots"]) == 27
    assert pots["totals"]["available_pence"] == pounds("2033007.90")
    assert await exceptions(fund, "local-authority-eng:HAL") == {
        "S106-97-C1": pounds("-211720.00"),
        "S106-201-C2": pounds("-75000.00"),
    }


async def test_the_same_files_again_change_nothing(fund: FundClient) -> None:
    before = await fund.get("contributions", "/trial-balance", people.OFFICER)

    report = await import_files(fund, "halton again", halton())

    assert report["summary"]["changes_nothing"]
    assert await fund.get("contributions", "/trial-balance", people.OFFICER) == before


async def test_islington_s_carbon_rows_open_no_pot_and_three_exceptions(fund: FundClient) -> None:
    report = await import_files(fund, "islington", islington())

    assert report["summary"]["contributions"] == 19
    assert report["summary"]["secured_pence"] == pounds("268954.00")
    pots = await fund.get("contributions", "/pots", people.OFFICER, organisation=ISLINGTON)
    assert pots["pots"] == []
    found = await exceptions(fund, ISLINGTON)
    assert len(found) == 3
    assert sum(found.values()) == pounds("-78512.40")


async def test_an_officer_records_the_receipt_of_a_secured_obligation(fund: FundClient) -> None:
    islington()
    page = await fund.get("contributions", "/agreements", people.OFFICER, search="P2018/2269")
    [agreement] = page["agreements"]
    detail = await fund.get("contributions", f"/agreements/{agreement['agreement_id']}", people.OFFICER)
    [obligation] = [o for o in detail["obligations"] if o["reference"] == "P2018/2269/FUL-COCM"]
    place = f"/agreements/{agreement['agreement_id']}/obligations/{obligation['obligation_id']}/receipts"

    def receipt(received_on: str) -> dict[str, Any]:
        return {
            "receipt_id": str(pot_id(fund)),
            "amount_pence": RECEIPT_PENCE,
            "received_on": received_on,
        }

    early = await refusal(
        lambda: fund.post("contributions", place, people.OFFICER, receipt("2019-04-16")), 422
    )
    assert early["problems"][0]["field"] == "received_on"
    await fund.post("contributions", place, people.OFFICER, receipt("2019-11-18"))

    pots = await fund.get("contributions", "/pots", people.OFFICER, organisation=ISLINGTON)
    assert [pot["available_pence"] for pot in pots["pots"]] == [RECEIPT_PENCE]


async def test_a_hall_applies_is_screened_and_scored_by_two_who_cannot_see_each_other(
    fund: FundClient,
) -> None:
    uk_gas()
    fund_id = await steps.open_fund(fund, ISLINGTON_TERMS, FUND_OPENS_ON)
    application_id = await steps.submit(fund, fund_id, HALL)
    place = f"/assessments/{application_id}"

    undeclared = await refusal(
        lambda: fund.get(
            "applications", f"/applications/{application_id}/for-assessment", people.FIRST_ASSESSOR
        ),
        403,
    )
    assert "interest" in undeclared["detail"]
    await steps.score(fund, application_id, people.FIRST_ASSESSOR, dict.fromkeys(criteria(), 4))
    await steps.score(fund, application_id, people.SECOND_ASSESSOR, dict.fromkeys(criteria(), 3))

    seen = await fund.get("assessment", place, people.SECOND_ASSESSOR)
    assert str(people.FIRST_ASSESSOR.id) not in str(seen)
    decision_view = await fund.get("assessment", place, people.DECISION_MAKER)
    assert len(decision_view["scores"]) == 2
    assert all(check["passed"] for check in decision_view["checks"])


async def test_an_award_beyond_all_lawful_pots_is_refused_with_the_shortfall(fund: FundClient) -> None:
    uk_gas()
    big = big_application()
    fund_id = fund.id("fund", ISLINGTON_TERMS["name"])
    application_id = await steps.submit(fund, fund_id, big)
    for person in (people.FIRST_ASSESSOR, people.SECOND_ASSESSOR):
        await steps.score(fund, application_id, person, dict.fromkeys(criteria(), 5))

    await steps.award(fund, application_id, 90_000_00, date(2020, 3, 2), "A large saving for many people.")

    seen = await steps.status_becomes(fund, application_id, big.applicant, "unfunded")
    assert seen["refused_funding"]["available_pence"] == RECEIPT_PENCE
    assert seen["refused_funding"]["shortfall_pence"] == 90_000_00 - RECEIPT_PENCE


async def test_the_award_is_funded_offered_and_accepted(fund: FundClient) -> None:
    uk_gas()
    application_id = fund.id("application", HALL.name)

    await steps.award(fund, application_id, GRANT_PENCE, date(2020, 3, 4), "The best saving for its cost.")
    await steps.accept(fund, application_id, HALL.applicant, date(2020, 3, 16))

    funding = await fund.get("contributions", f"/grant-fundings/{application_id}", people.OFFICER)
    assert [(share["pot_id"], share["amount_pence"]) for share in funding["shares"]] == [
        (str(pot_id(fund)), GRANT_PENCE)
    ]


async def test_a_claim_is_verified_and_paid_by_two_people(fund: FundClient) -> None:
    uk_gas()
    application_id = fund.id("application", HALL.name)
    above = await refusal(
        lambda: steps.claim(fund, application_id, HALL.applicant, GRANT_PENCE + 1, date(2021, 4, 6)), 422
    )
    assert above["problems"][0]["field"] == "amount_pence"

    claim_id = await steps.claim(fund, application_id, HALL.applicant, GRANT_PENCE, date(2021, 4, 6))
    await steps.verify_claim(fund, application_id, claim_id, date(2021, 4, 9))
    payment_id = await steps.request_payment(fund, application_id, claim_id, date(2021, 4, 12))
    alone = await refusal(
        lambda: fund.post(
            "contributions",
            f"/payments/{payment_id}/approve",
            BothFinanceRoles(),
            {"approved_on": "2021-04-13"},
        ),
        403,
    )
    assert alone["code"] == "payment.same_person"
    await steps.approve_and_pay(fund, payment_id, date(2021, 4, 13), date(2021, 4, 19))

    statement = await fund.get("contributions", f"/pots/{pot_id(fund)}", people.OFFICER)
    assert statement["pot"]["paid_pence"] == GRANT_PENCE
    assert statement["pot"]["available_pence"] == RECEIPT_PENCE - GRANT_PENCE


async def test_the_gas_meter_tells_an_honest_saving(fund: FundClient) -> None:
    meter, weather = uk_gas()
    application_id = fund.id("application", HALL.name)
    await measuring.complete_works(fund, application_id, date(2021, 4, 2))
    meter_id = await measuring.add_meter(fund, application_id, "natural_gas")
    station_id = await measuring.supply_temperatures(
        fund, "Weather of the UK sample", weather, interval="hourly", zone="UTC", generated=False
    )
    await measuring.supply_readings(fund, meter_id, meter, interval="hourly", zone="UTC")
    await measuring.declare_boundary(
        fund, application_id, "Gas only: the works touch nothing else.", date(2021, 4, 2)
    )
    await measuring.freeze_baseline(fund, application_id, meter_id, station_id, BASELINE)

    saving = await measuring.verify_savings(fund, application_id, REPORTING, date(2022, 5, 3))

    assert round(Decimal(saving["avoided_kwh"]), 2) == Decimal("873.59")
    assert round(Decimal(saving["model_band_kwh"]), 2) == Decimal("415.14")
    fraction = Decimal(saving["avoided_kwh"]) / Decimal(saving["counterfactual_kwh"])
    assert round(fraction * 100, 3) == Decimal("11.875")
    assert Decimal(saving["total_band_kwh"]) > Decimal(saving["avoided_kwh"])
    assert saving["distinguishable"] is False
    assert Decimal(saving["saved_kg_co2e"]) == pytest.approx(
        Decimal("873.59") * Decimal("0.18316"), abs=Decimal("0.01")
    )


async def test_the_trace_shows_every_penny_and_kilogram_both_ways(fund: FundClient) -> None:
    uk_gas()
    application_id = str(fund.id("application", HALL.name))
    trace = await fund.until(
        lambda: fund.get("portal", f"/api/trace/pots/{pot_id(fund)}"),
        lambda trace: bool(trace["grants"] and trace["grants"][0]["savings"]),
        "the trace reaches the verified kilograms",
    )

    pot = trace["pot"]
    spread = ("available_pence", "reserved_pence", "committed_pence", "paid_pence")
    assert pot["received_pence"] == RECEIPT_PENCE == sum(pot[name] for name in spread)
    [grant] = [line for line in trace["grants"] if line["grant"]["application_id"] == application_id]
    assert [payment["amount_pence"] for payment in grant["payments"]] == [GRANT_PENCE]
    assert trace["agreement"]["planning_application"] == "P2018/2269/FUL"
    [attributed] = grant["savings"]
    assert attributed["attributed_kg_co2e"] == attributed["saving"]["saved_kg_co2e"]

    back = await fund.get("portal", f"/api/trace/projects/{application_id}")
    [source] = back["sources"]
    assert source["obligation"]["reference"] == "P2018/2269/FUL-COCM"
    assert source["agreement"]["deed_on"] == "2019-04-17"
    assert source["pot"]["pot_id"] == str(pot_id(fund))
    assert back["savings"][0]["distinguishable"] is False


async def test_a_cambridge_building_is_measured_honestly_too(fund: FundClient) -> None:
    meter, weather = cambridge()
    application_id = await steps.submit(fund, fund.id("fund", ISLINGTON_TERMS["name"]), COLLEGE)
    for person in (people.FIRST_ASSESSOR, people.SECOND_ASSESSOR):
        await steps.score(fund, application_id, person, dict.fromkeys(criteria(), 4))
    await steps.award(
        fund, application_id, 20_000_00, date(2018, 11, 1), "Used by many and well run: a good case."
    )
    await steps.accept(fund, application_id, COLLEGE.applicant, date(2018, 11, 15))
    await measuring.complete_works(fund, application_id, date(2019, 1, 1))
    meter_id = await measuring.add_meter(fund, application_id, "natural_gas")
    station_id = await measuring.supply_temperatures(
        fund, "Bedford", weather, interval="daily", zone="UTC", generated=False
    )
    await measuring.supply_readings(fund, meter_id, meter, interval="daily", zone="Europe/London")
    await measuring.declare_boundary(fund, application_id, "Gas only.", date(2019, 1, 2))
    baseline, reporting = (date(2018, 1, 1), date(2019, 1, 1)), (date(2019, 1, 1), date(2020, 1, 1))
    await measuring.freeze_baseline(fund, application_id, meter_id, station_id, baseline)

    saving = await measuring.verify_savings(fund, application_id, reporting, date(2020, 2, 3))

    assert round(Decimal(saving["avoided_kwh"])) == 1050
    assert round(Decimal(saving["total_band_kwh"])) == 12037
    assert saving["distinguishable"] is False


async def test_at_the_end_all_books_agree(fund: FundClient) -> None:
    await everything_agrees(fund)


async def exceptions(fund: FundClient, organisation: str) -> dict[str, int]:
    lines = await fund.get("contributions", "/exceptions", people.OFFICER)
    return {line["reference"]: line["amount_pence"] for line in lines if line["organisation"] == organisation}


def pot_id(fund: FundClient) -> UUID:
    return fund.id("receipt", "P2018/2269/FUL-COCM")


def criteria() -> list[str]:
    return [criterion["code"] for criterion in ISLINGTON_TERMS["criteria"]]  # type: ignore[attr-defined]


def big_application() -> Application:
    values = {name: getattr(HALL, name) for name in HALL.__slots__}
    changes = {
        "name": "Caledonian School",
        "organisation": "Caledonian School",
        "organisation_kind": "school",
        "applicant": people.SCHOOL_MANAGER,
        "building": building("Caledonian School", "Caledonian", "School", ("51.55", "-0.117")),
        "costs": costs(180_000_00, "Loft insulation"),
        "match_funding": [{"source": "The school", "amount_pence": 90_000_00, "confirmed": True}],
        "requested_pence": 90_000_00,
    }
    return Application(**{**values, **changes})


class BothFinanceRoles:
    """The person who requested the payment, had they been given the approver's role too."""

    id = people.PAYMENT_REQUESTER.id
    roles = (*people.PAYMENT_REQUESTER.roles, *people.PAYMENT_APPROVER.roles)
