"""Sending an application, the fund's decision, and the answer to its offer."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.events.applications import ApplicationSubmitted, OfferAccepted, OfferDeclined
from tests.support.applications import (
    HERE,
    SECTIONS,
    WHO,
    accepted,
    complete,
    draft,
    offered,
    refused_save,
    save,
    submitted,
)
from tests.support.events import (
    APPLICATION_ID,
    AWARD_ID,
    an_id,
    awarded,
    declined,
    funds_refused,
    funds_reserved,
    interest_declared,
)
from tests.support.people import (
    APPLICANT,
    DECISION_MAKER,
    FIRST_ASSESSOR,
    OTHER_APPLICANT,
    SECOND_ASSESSOR,
)
from tests.support.services import ServiceUnderTest


async def submit(service: ServiceUnderTest, day: str, status: int) -> dict[str, Any]:
    return await service.refused(status, "POST", f"{HERE}/submit", APPLICANT, json={"submitted_on": day})


async def test_an_incomplete_application_is_not_sent_and_every_gap_is_named(
    applications: ServiceUnderTest,
) -> None:
    await draft(applications)
    await save(applications, "who", SECTIONS["who"])

    problem = await submit(applications, "2019-10-01", 422)

    assert problem["code"] == "submission.incomplete"
    fields = [item["field"] for item in problem["problems"]]
    assert fields == ["building", "measures", "energy", "costs", "match_funding"]


async def test_an_application_is_sent_while_the_fund_is_open_and_not_in_the_future(
    applications: ServiceUnderTest,
) -> None:
    await complete(applications)

    early = await submit(applications, "2018-12-31", 422)
    late = await submit(applications, "2099-01-01", 422)

    assert (early["code"], early["problems"][0]["field"]) == ("fund.not_open", "submitted_on")
    assert (late["code"], late["problems"][0]["field"]) == ("submitted_on.in_the_future", "submitted_on")


async def test_twelve_months_must_be_over_when_the_application_is_sent(
    applications: ServiceUnderTest,
) -> None:
    await complete(applications)

    problem = await submit(applications, "2019-08-31", 422)

    assert {item["field"] for item in problem["problems"]} == {"energy"}
    assert "not over yet" in problem["problems"][0]["message"]


async def test_energy_that_is_missing_for_a_reason_is_said_so(applications: ServiceUnderTest) -> None:
    await complete(applications)
    stated = [{**SECTIONS["measures"]["measures"][1]}]
    await save(applications, "measures", {"measures": stated})
    await save(applications, "energy", {"missing_reason": "The hall stood empty until May 2019."})

    await applications.post(f"{HERE}/submit", APPLICANT, json={"submitted_on": "2019-10-01"})

    sent = (await applications.recorded())[-1]
    assert isinstance(sent, ApplicationSubmitted)
    assert (sent.energy_missing, sent.energy) == (True, ())


async def test_an_application_is_sent_once_and_not_changed_afterwards(
    applications: ServiceUnderTest,
) -> None:
    await submitted(applications)

    again = await submit(applications, "2019-10-02", 409)
    change = await refused_save(applications, "who", WHO, status=409)

    assert again["code"] == change["code"] == "application.submitted"
    assert "1 October 2019" in again["detail"]


async def test_a_second_click_on_send_gets_the_first_answer(applications: ServiceUnderTest) -> None:
    await complete(applications)
    headers = {"Idempotency-Key": str(uuid4())}

    first, second = [
        await applications.post(
            f"{HERE}/submit", APPLICANT, json={"submitted_on": "2019-10-01"}, headers=headers
        )
        for _ in range(2)
    ]

    assert first == second == {"id": str(APPLICATION_ID), "sequence": 1}


async def test_an_award_without_enough_money_is_unfunded_until_money_is_found(
    applications: ServiceUnderTest,
) -> None:
    await submitted(applications)

    await applications.give(funds_refused())
    await applications.give(awarded())
    unfunded = await applications.get(HERE, APPLICANT)
    await applications.give(awarded(award_id=an_id("second award")))
    awarded_again = await applications.get(HERE, APPLICANT)

    assert unfunded["status"] == "unfunded"
    assert unfunded["refused_funding"]["shortfall_pence"] > 0
    assert awarded_again["status"] == "awarded"


async def test_a_declined_application_shows_the_reasons_and_a_way_forward(
    applications: ServiceUnderTest,
) -> None:
    await submitted(applications)

    await applications.give(declined())

    seen = await applications.get(HERE, APPLICANT)
    assert seen["status"] == "declined_by_fund"
    assert seen["decision"]["reasons"] == declined().reasons
    assert seen["decision"]["way_forward"] == declined().way_forward
    line = (await applications.get("/applications", APPLICANT))[0]
    assert (line["status"], line["building_name"]) == ("declined_by_fund", "Old Street Community Hall")


async def test_there_is_nothing_to_accept_before_the_money_is_reserved(
    applications: ServiceUnderTest,
) -> None:
    await submitted(applications)
    await applications.give(awarded())

    day = {"accepted_on": "2019-12-02"}
    problem = await applications.refused(409, "POST", f"{HERE}/accept", APPLICANT, json=day)

    assert problem["code"] == "offer.none"


async def test_an_offer_is_not_accepted_before_it_was_decided(applications: ServiceUnderTest) -> None:
    await offered(applications)

    day = {"accepted_on": "2019-11-13"}
    problem = await applications.refused(422, "POST", f"{HERE}/accept", APPLICANT, json=day)

    assert problem["problems"][0]["field"] == "accepted_on"
    assert "14 November 2019" in problem["detail"]


async def test_only_the_applicants_own_people_answer_the_offer(applications: ServiceUnderTest) -> None:
    await offered(applications)

    day = {"accepted_on": "2019-12-02"}
    await applications.refused(404, "POST", f"{HERE}/accept", OTHER_APPLICANT, json=day)


async def test_of_two_acceptances_at_the_same_moment_one_counts(applications: ServiceUnderTest) -> None:
    await offered(applications)

    answers = await asyncio.gather(
        *(
            applications.request("POST", f"{HERE}/accept", APPLICANT, json={"accepted_on": "2019-12-02"})
            for _ in range(2)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    accepted_events = [e for e in await applications.recorded() if isinstance(e, OfferAccepted)]
    assert len(accepted_events) == 1


async def test_an_offer_that_is_declined_is_answered_for_good(applications: ServiceUnderTest) -> None:
    await offered(applications)

    await applications.post(f"{HERE}/decline", APPLICANT, json={"declined_on": "2019-12-02"})
    day = {"accepted_on": "2019-12-03"}
    problem = await applications.refused(409, "POST", f"{HERE}/accept", APPLICANT, json=day)

    assert problem["code"] == "offer.answered"
    assert (await applications.get(HERE, APPLICANT))["status"] == "declined_by_applicant"
    last = (await applications.recorded())[-1]
    assert isinstance(last, OfferDeclined)
    assert last.award_id == AWARD_ID


async def test_a_second_award_of_an_offered_application_is_set_aside_for_a_person(
    applications: ServiceUnderTest,
) -> None:
    await accepted(applications)

    await applications.give(funds_reserved(award_id=an_id("second award")))

    parked = await applications.rows("SELECT type, reason FROM parked_event")
    assert [row["type"] for row in parked] == ["funds.reserved.v1"]
    assert "offered a grant already" in parked[0]["reason"]


async def test_an_assessor_reads_only_after_declaring_no_interest(applications: ServiceUnderTest) -> None:
    await submitted(applications)
    path = f"{HERE}/for-assessment"

    undeclared = await applications.refused(403, "GET", path, FIRST_ASSESSOR)
    await applications.give(
        interest_declared(), interest_declared(assessor_id=SECOND_ASSESSOR.id, has_interest=True)
    )
    words = await applications.get(path, FIRST_ASSESSOR)
    interested = await applications.refused(403, "GET", path, SECOND_ASSESSOR)

    assert undeclared["code"] == "assessment.not_declared"
    assert interested["code"] == "assessment.interest"
    assert words["sections"]["building"]["use"].startswith("Lunch club")
    assert words["saving"]["promised_kg_co2e"] == "2622.15"
    assert "ann@example.org" not in str(words)
    refusals = await applications.rows("SELECT actor, code FROM refused_attempt ORDER BY id")
    assert [row["code"] for row in refusals] == ["assessment.not_declared", "assessment.interest"]


async def test_a_decision_maker_reads_what_is_to_be_decided_but_no_draft(
    applications: ServiceUnderTest,
) -> None:
    await complete(applications)
    await applications.refused(404, "GET", f"{HERE}/for-assessment", DECISION_MAKER)

    await applications.post(f"{HERE}/submit", APPLICANT, json={"submitted_on": "2019-10-01"})

    words = await applications.get(f"{HERE}/for-assessment", DECISION_MAKER)
    assert words["figures"]["requested_pence"] == 30_000_00


async def test_applicants_do_not_read_as_assessors(applications: ServiceUnderTest) -> None:
    await submitted(applications)

    await applications.refused(403, "GET", f"{HERE}/for-assessment", APPLICANT)


async def test_the_running_service_cannot_rewrite_what_happened(applications: ServiceUnderTest) -> None:
    await submitted(applications)

    for statement in ("DELETE FROM event_log", "UPDATE event_log SET actor = 'x'"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with applications.service.sessions.begin() as session:
                await session.execute(text(statement))
