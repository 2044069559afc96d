from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from shared.events.monitoring import MilestoneVerified, ProjectStarted, WorksCompleted
from tests.support.events import APPLICATION_ID, CLAIM_ID, claim_submitted, offer_accepted
from tests.support.events.monitoring import milestone_verified, project_started, works_completed
from tests.support.monitoring import (
    BASELINE,
    METER,
    PROJECT,
    VERIFY,
    complete_works,
    ready_to_verify,
    with_readings,
)
from tests.support.people import APPLICANT, OFFICER, READINGS_SUPPLIER, VERIFIER
from tests.support.services import ServiceUnderTest

DAY_AFTER_TOMORROW = (datetime.now(UTC).date() + timedelta(days=2)).isoformat()
FINDING = {"verified_on": "2021-03-15", "finding": "The roof is insulated to 300 mm, as quoted."}


async def test_an_accepted_offer_becomes_a_project_with_its_promise(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted())

    (event,) = await monitoring.recorded()
    detail = await monitoring.get(PROJECT, VERIFIER)
    (line,) = await monitoring.get("/projects", VERIFIER)

    assert event == project_started()
    assert detail["promise"]["promised_kwh"] == line["promised_kwh"] == "12000"
    assert detail["promise"]["measures"][0]["kind"] == "insulation"
    assert detail["promise"]["energy"][0]["kwh"] == "48000"
    assert detail["building"]["name"] == line["building_name"] == "Old Street Community Hall"
    assert detail["status"] == line["status"] == "awaiting_works"


async def test_an_offer_that_comes_again_changes_nothing(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted(), claim_submitted())
    await monitoring.give(offer_accepted(), claim_submitted())

    assert [type(event) for event in await monitoring.recorded()] == [ProjectStarted]
    assert len((await monitoring.get(PROJECT, VERIFIER))["claims"]) == 1


async def test_a_claim_is_verified_by_somebody_of_the_team(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted(), claim_submitted())
    (line,) = await monitoring.get("/projects", VERIFIER)

    answer = await monitoring.post(VERIFY, VERIFIER, json=FINDING)
    (claim,) = (await monitoring.get(PROJECT, VERIFIER))["claims"]

    assert line["claims_to_verify"] == 1
    assert answer == {"id": str(CLAIM_ID), "sequence": 2}
    assert (await monitoring.recorded())[-1] == milestone_verified()
    assert claim["finding"] == FINDING["finding"]
    assert claim["verifier_id"] == str(VERIFIER.id)


async def test_nobody_verifies_their_own_claim(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted(), claim_submitted(claimant_id=VERIFIER.id))

    problem = await monitoring.refused(403, "POST", VERIFY, VERIFIER, json=FINDING)
    attempts = await monitoring.rows("SELECT actor, code FROM refused_attempt")

    assert problem["code"] == "verify.own_claim"
    assert attempts == [{"actor": str(VERIFIER.id), "code": "verify.own_claim"}]


async def test_nobody_who_acts_for_the_applicant_verifies_its_claims(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted(people=(APPLICANT.id, VERIFIER.id)), claim_submitted())

    problem = await monitoring.refused(403, "POST", VERIFY, VERIFIER, json=FINDING)

    assert problem["code"] == "verify.own_claim"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"verified_on": "2021-03-07"}, "verified_on.too_early", "verified_on"),
        (
            {"verified_on": DAY_AFTER_TOMORROW},
            "verified_on.in_future",
            "verified_on",
        ),
        ({"finding": "  "}, "finding.empty", "finding"),
        ({"finding": "x" * 2001}, "finding.too_long", "finding"),
    ],
)
async def test_a_verification_needs_a_day_after_the_claim_and_a_finding(
    monitoring: ServiceUnderTest, changes: dict[str, Any], code: str, field: str
) -> None:
    await monitoring.give(offer_accepted(), claim_submitted())

    problem = await monitoring.refused(422, "POST", VERIFY, VERIFIER, json=FINDING | changes)

    assert problem["code"] == code
    assert problem["problems"][0]["field"] == field
    assert len(await monitoring.recorded()) == 1


async def test_a_claim_is_verified_once(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted(), claim_submitted())
    await monitoring.post(VERIFY, VERIFIER, json=FINDING)

    problem = await monitoring.refused(409, "POST", VERIFY, READINGS_SUPPLIER, json=FINDING)

    assert problem["code"] == "verify.verified_already"
    verified = [event for event in await monitoring.recorded() if isinstance(event, MilestoneVerified)]
    assert len(verified) == 1


async def test_a_second_click_verifies_once_and_gets_the_same_answer(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted(), claim_submitted())
    same_form: dict[str, Any] = {"json": FINDING, "headers": {"Idempotency-Key": "one form"}}

    first = await monitoring.post(VERIFY, VERIFIER, **same_form)
    second = await monitoring.post(VERIFY, VERIFIER, **same_form)

    assert first == second
    assert len(await monitoring.recorded()) == 2


async def test_an_unknown_claim_is_not_found(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted())

    problem = await monitoring.refused(404, "POST", VERIFY, VERIFIER, json=FINDING)

    assert problem["code"] == "claim.unknown"


async def test_the_works_are_completed_once(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted())
    await complete_works(monitoring, date(2021, 3, 26))

    problem = await monitoring.refused(
        409, "POST", f"{PROJECT}/works-completed", VERIFIER, json={"completed_on": "2021-03-27"}
    )

    assert problem["code"] == "works.completed_already"
    assert (await monitoring.recorded())[-1] == works_completed()
    assert (await monitoring.get(PROJECT, VERIFIER))["completed_on"] == "2021-03-26"


@pytest.mark.parametrize(
    ("completed_on", "code"),
    [
        ("2019-12-01", "completed_on.too_early"),
        (DAY_AFTER_TOMORROW, "completed_on.in_future"),
    ],
)
async def test_works_are_completed_between_acceptance_and_today(
    monitoring: ServiceUnderTest, completed_on: str, code: str
) -> None:
    await monitoring.give(offer_accepted())

    problem = await monitoring.refused(
        422, "POST", f"{PROJECT}/works-completed", VERIFIER, json={"completed_on": completed_on}
    )

    assert problem["code"] == code
    assert not [event for event in await monitoring.recorded() if isinstance(event, WorksCompleted)]


async def test_only_the_team_works_on_projects(monitoring: ServiceUnderTest) -> None:
    await monitoring.give(offer_accepted(), claim_submitted())

    problems = [
        await monitoring.refused(403, "GET", "/projects", OFFICER),
        await monitoring.refused(403, "GET", PROJECT, APPLICANT),
        await monitoring.refused(403, "POST", VERIFY, APPLICANT, json=FINDING),
    ]

    assert {problem["code"] for problem in problems} == {"role.missing"}


async def test_an_unknown_project_is_not_found(monitoring: ServiceUnderTest) -> None:
    problems = [
        await monitoring.refused(404, "GET", PROJECT, VERIFIER),
        await monitoring.refused(404, "GET", f"{PROJECT}/savings", APPLICANT),
        await monitoring.refused(404, "GET", f"{PROJECT}/series", VERIFIER),
        await monitoring.refused(404, "POST", VERIFY, VERIFIER, json=FINDING),
    ]

    assert {problem["code"] for problem in problems} == {"project.unknown"}


async def test_the_events_of_a_project_are_numbered_without_a_gap(monitoring: ServiceUnderTest) -> None:
    await ready_to_verify(monitoring)

    rows = await monitoring.rows("SELECT topic, key, sequence FROM event_log ORDER BY position")

    assert [row["sequence"] for row in rows] == [1, 2, 3, 4]
    assert {(row["topic"], row["key"]) for row in rows} == {("monitoring.project", str(APPLICATION_ID))}


async def test_a_baseline_that_was_frozen_first_bounds_the_day_of_completion(
    monitoring: ServiceUnderTest,
) -> None:
    await with_readings(monitoring)
    await monitoring.post(f"{METER}/baseline", VERIFIER, json=BASELINE)

    problem = await monitoring.refused(
        422, "POST", f"{PROJECT}/works-completed", VERIFIER, json={"completed_on": "2021-04-01"}
    )

    assert problem["code"] == "completed_on.too_early"
    assert "2 April 2021, the end of a frozen baseline" in problem["detail"]
