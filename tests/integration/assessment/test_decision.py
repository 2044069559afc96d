from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest

from shared.events.assessment import ApplicationDeclined, GrantAwarded
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web.roles import Role
from tests.support.assessment import (
    PATH,
    at_the_same_moment,
    award,
    decided,
    decline,
    put_scores,
    ready_to_decide,
)
from tests.support.events import (
    APPLICATION_ID,
    AWARD_ID,
    BUNHILL,
    FUND_ID,
    GREEN,
    ISLINGTON,
    an_id,
    funds_refused,
    funds_reserved,
    submitted,
)
from tests.support.people import DECISION_MAKER, FIRST_ASSESSOR, Person
from tests.support.services import ServiceUnderTest

OTHER_DECISION_MAKER = Person("other decision maker", (Role.DECISION_MAKER,))
DECISION = f"{PATH}/decision"
OTHER_APPLICATION_ID = an_id("other application")


async def test_an_award_carries_all_that_reserving_its_money_needs(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)

    answer = await assessment.post(DECISION, DECISION_MAKER, json=award(amount_pence=28_000_00))

    assert (await assessment.recorded())[-1] == GrantAwarded(
        application_id=APPLICATION_ID,
        award_id=AWARD_ID,
        fund_id=FUND_ID,
        organisation=ISLINGTON,
        purposes=(GREEN,),
        ward=BUNHILL,
        amount_pence=28_000_00,
        decided_on=award()["decided_on"],
        reasons=award()["reasons"],
        weighted_score=Decimal("79.00"),
        organisation_kind="charity",
    )
    assert answer == {"id": str(APPLICATION_ID), "sequence": 6}


async def test_a_decline_carries_its_reasons_and_a_way_forward(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)
    await assessment.post(DECISION, DECISION_MAKER, json=decline())

    detail = await assessment.get(PATH, FIRST_ASSESSOR)

    assert (await assessment.recorded())[-1] == ApplicationDeclined(
        application_id=APPLICATION_ID,
        decided_on=decline()["decided_on"],
        reasons=decline()["reasons"],
        way_forward=decline()["way_forward"],
    )
    assert detail["status"] == "declined"
    assert detail["decision"]["way_forward"] == decline()["way_forward"]


async def test_of_two_decisions_at_the_same_moment_exactly_one_stands(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)

    answers = await at_the_same_moment(
        assessment,
        assessment.request("POST", DECISION, DECISION_MAKER, json=award()),
        assessment.request("POST", DECISION, OTHER_DECISION_MAKER, json=decline()),
    )
    decisions = [
        event
        for event in await assessment.recorded()
        if isinstance(event, GrantAwarded | ApplicationDeclined)
    ]

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 1}
    assert [answer.json()["code"] for answer in answers if answer.status_code == 409] == [
        "assessment.decided"
    ]
    assert len(decisions) == 1


async def test_a_second_decision_is_a_conflict(assessment: ServiceUnderTest) -> None:
    await decided(assessment)

    problem = await assessment.refused(409, "POST", DECISION, OTHER_DECISION_MAKER, json=decline())

    assert problem["code"] == "assessment.decided"


async def test_two_assessors_score_before_a_decision(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    await put_scores(assessment, FIRST_ASSESSOR, 5, 4, 3)

    for body in (award(), decline()):
        problem = await assessment.refused(409, "POST", DECISION, DECISION_MAKER, json=body)
        assert problem["code"] == "assessment.too_few_scores"


async def test_whoever_scored_does_not_decide_even_in_another_role(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)
    promoted = Person(FIRST_ASSESSOR.name, (Role.DECISION_MAKER,))

    problem = await assessment.refused(403, "POST", DECISION, promoted, json=award())
    attempts = await assessment.rows("SELECT actor, code FROM refused_attempt")

    assert problem["code"] == "assessment.decider_scored"
    assert attempts == [{"actor": str(FIRST_ASSESSOR.id), "code": "assessment.decider_scored"}]


async def test_whoever_declared_an_interest_does_not_decide(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)
    before = Person(DECISION_MAKER.name, (Role.ASSESSOR,))
    await assessment.post(f"{PATH}/interest", before, json={"has_interest": True})

    deciding = await assessment.refused(403, "POST", DECISION, DECISION_MAKER, json=award())
    reading = await assessment.refused(403, "GET", PATH, DECISION_MAKER)

    assert deciding["code"] == reading["code"] == "assessment.interest"


async def test_whoever_acts_for_the_applicant_does_not_decide(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment, people=(DECISION_MAKER.id,))

    problem = await assessment.refused(403, "POST", DECISION, DECISION_MAKER, json=award())

    assert problem["code"] == "assessment.own_application"


async def test_an_assessor_does_not_decide(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)

    problem = await assessment.refused(403, "POST", DECISION, FIRST_ASSESSOR, json=award())

    assert problem["code"] == "role.missing"


async def test_an_application_that_failed_screening_is_declined_without_scores_and_never_awarded(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted(quotes=1))

    problem = await assessment.refused(422, "POST", DECISION, DECISION_MAKER, json=award())
    await assessment.post(DECISION, DECISION_MAKER, json=decline())

    assert problem["code"] == "decision.ineligible"
    assert problem["problems"][0]["field"] == "outcome"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (award(amount_pence=0), "amount_pence"),
        (award(amount_pence=-1), "amount_pence"),
        (award(amount_pence=30_000_01), "amount_pence"),
        (award(amount_pence=100.5), "amount_pence"),
        (award(amount_pence=None), "amount_pence"),
        (award(award_id=None), "award_id"),
        (award(award_id="first"), "award_id"),
        (award(reasons=" "), "reasons"),
        (award(reasons="Good."), "reasons"),
        (award(reasons="Saves much carbon\x00 for the money."), "reasons"),
        (award(decided_on="2019-09-30"), "decided_on"),
        (award(decided_on="2019-02-30"), "decided_on"),
        (decline(way_forward=None), "way_forward"),
        (decline(way_forward="No."), "way_forward"),
        (decline(reasons=""), "reasons"),
        (decline(amount_pence=1), "amount_pence"),
        (decline(outcome="perhaps"), "outcome"),
    ],
)
async def test_what_is_wrong_with_a_decision_is_said_by_field_and_nothing_is_half_done(
    assessment: ServiceUnderTest, body: dict[str, object], field: str
) -> None:
    await ready_to_decide(assessment)

    problem = await assessment.refused(422, "POST", DECISION, DECISION_MAKER, json=body)

    assert [item["field"] for item in problem["problems"]] == [field]
    assert await assessment.rows("SELECT * FROM decision") == []
    assert len(await assessment.recorded()) == 5


async def test_a_decision_is_not_dated_later_than_today(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)
    (now,) = await assessment.rows("SELECT now() AS now")
    tomorrow = now["now"].astimezone(LOCAL_ZONE).date() + timedelta(days=1)

    problem = await assessment.refused(
        422, "POST", DECISION, DECISION_MAKER, json=award(decided_on=str(tomorrow))
    )

    assert problem["code"] == "decision.in_the_future"


async def test_an_award_id_names_one_award(assessment: ServiceUnderTest) -> None:
    await decided(assessment)
    await ready_to_decide(assessment, application_id=OTHER_APPLICATION_ID)

    problem = await assessment.refused(
        409, "POST", f"/assessments/{OTHER_APPLICATION_ID}/decision", DECISION_MAKER, json=award()
    )

    assert problem["code"] == "decision.award_id_taken"


async def test_the_decision_maker_sees_that_the_award_is_funded(assessment: ServiceUnderTest) -> None:
    await decided(assessment)
    await assessment.give(funds_reserved())

    detail = await assessment.get(PATH, DECISION_MAKER)

    assert detail["funding"] == {"reserved_pence": 30_000_00, "shortfall_pence": 0}


async def test_the_decision_maker_sees_the_shortfall_even_when_it_came_before_the_application(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(funds_refused(), funds_refused(application_id=OTHER_APPLICATION_ID))
    await decided(assessment)

    detail = await assessment.get(PATH, DECISION_MAKER)
    hidden = await assessment.get(PATH, FIRST_ASSESSOR)

    assert detail["funding"] == {"reserved_pence": 0, "shortfall_pence": 10_000_00}
    assert hidden["funding"] is None
