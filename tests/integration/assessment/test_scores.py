from collections import Counter

import pytest

from shared.events.assessment import ApplicationScored
from shared.web.roles import Role
from tests.support.assessment import (
    JUSTIFICATION,
    PATH,
    at_the_same_moment,
    award,
    decided,
    declare_none,
    put_scores,
    ready_to_decide,
    scores,
)
from tests.support.events import APPLICATION_ID, submitted
from tests.support.people import DECISION_MAKER, FIRST_ASSESSOR, SECOND_ASSESSOR, Person
from tests.support.services import ServiceUnderTest

BOTH = Person("who scores and decides", (Role.ASSESSOR, Role.DECISION_MAKER))


async def test_scoring_tells_the_others_that_it_was_done_but_not_what_was_given(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted())
    await put_scores(assessment, FIRST_ASSESSOR, 5, 4, 3)

    event = (await assessment.recorded())[-1]
    (log,) = await assessment.rows("SELECT string_agg(payload, '') AS payloads FROM event_log")

    assert event == ApplicationScored(
        application_id=APPLICATION_ID, assessor_id=FIRST_ASSESSOR.id, scored_count=1
    )
    assert JUSTIFICATION not in log["payloads"]


async def test_an_assessor_scores_once(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    await put_scores(assessment, FIRST_ASSESSOR, 5, 4, 3)

    problem = await assessment.refused(409, "PUT", f"{PATH}/scores", FIRST_ASSESSOR, json=scores(1, 1, 1))

    assert problem["code"] == "assessment.scored_already"


async def test_assessors_cannot_see_each_others_scores_before_the_decision(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted())
    await put_scores(assessment, FIRST_ASSESSOR, 5, 4, 3)
    await declare_none(assessment, SECOND_ASSESSOR)

    before_scoring = await assessment.get(PATH, SECOND_ASSESSOR)
    wrong = await assessment.request("PUT", f"{PATH}/scores", SECOND_ASSESSOR, json=scores(9, 9, 9))
    await assessment.request("PUT", f"{PATH}/scores", SECOND_ASSESSOR, json=scores(1, 1, 1))
    after_scoring = await assessment.get(PATH, SECOND_ASSESSOR)
    listed = await assessment.request("GET", "/assessments", SECOND_ASSESSOR)

    assert before_scoring["scores"] == []
    assert [entry["assessor_id"] for entry in after_scoring["scores"]] == [str(SECOND_ASSESSOR.id)]
    assert before_scoring["mean_score"] is after_scoring["mean_score"] is None
    assert str(FIRST_ASSESSOR.id) not in wrong.text + listed.text
    assert JUSTIFICATION not in wrong.text + listed.text


async def test_assessors_see_all_scores_after_the_decision(assessment: ServiceUnderTest) -> None:
    await decided(assessment)

    detail = await assessment.get(PATH, SECOND_ASSESSOR)

    assert {entry["assessor_id"]: entry["weighted_score"] for entry in detail["scores"]} == {
        str(FIRST_ASSESSOR.id): "86.00",
        str(SECOND_ASSESSOR.id): "72.00",
    }
    assert detail["mean_score"] == "79.00"
    assert detail["status"] == "awarded"
    assert detail["decision"]["reasons"] == award()["reasons"]


async def test_the_decision_maker_sees_how_many_scored_and_the_scores_once_two_have(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted())
    await put_scores(assessment, FIRST_ASSESSOR, 5, 4, 3)
    after_one = await assessment.get(PATH, DECISION_MAKER)
    await put_scores(assessment, SECOND_ASSESSOR, 4, 4, 2)
    after_two = await assessment.get(PATH, DECISION_MAKER)

    assert (after_one["scored_count"], after_one["scores"], after_one["to_do"]) == (1, [], "wait_for_scores")
    assert (after_two["scored_count"], after_two["mean_score"], after_two["to_do"]) == (2, "79.00", "decide")
    assert len(after_two["scores"]) == 2
    assert all(check["passed"] for check in after_two["checks"])


async def test_whoever_may_decide_sees_scores_and_so_may_not_score(assessment: ServiceUnderTest) -> None:
    await ready_to_decide(assessment)
    await declare_none(assessment, BOTH)

    problem = await assessment.refused(403, "PUT", f"{PATH}/scores", BOTH, json=scores(1, 1, 1))

    assert problem["code"] == "assessment.decision_maker_scores"


async def test_what_is_wrong_with_scores_is_said_by_field(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    await declare_none(assessment, FIRST_ASSESSOR)
    body = scores(6, 4, 3)
    body["scores"][1]["justification"] = " "

    problem = await assessment.refused(422, "PUT", f"{PATH}/scores", FIRST_ASSESSOR, json=body)

    assert [item["field"] for item in problem["problems"]] == ["scores.0.score", "scores.1.justification"]
    assert len(await assessment.recorded()) == 2


@pytest.mark.parametrize("score", [3.5, "3", True, None])
async def test_a_score_is_a_whole_number(assessment: ServiceUnderTest, score: object) -> None:
    await assessment.give(submitted())
    await declare_none(assessment, FIRST_ASSESSOR)
    body = scores(5, 4, 3)
    body["scores"][2]["score"] = score

    problem = await assessment.refused(422, "PUT", f"{PATH}/scores", FIRST_ASSESSOR, json=body)

    assert [item["field"] for item in problem["problems"]] == ["scores.2.score"]


async def test_two_assessors_who_score_at_the_same_moment_both_count(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    for assessor in (FIRST_ASSESSOR, SECOND_ASSESSOR):
        await declare_none(assessment, assessor)

    answers = await at_the_same_moment(
        assessment,
        assessment.request("PUT", f"{PATH}/scores", FIRST_ASSESSOR, json=scores(5, 4, 3)),
        assessment.request("PUT", f"{PATH}/scores", SECOND_ASSESSOR, json=scores(4, 4, 2)),
    )

    assert Counter(answer.status_code for answer in answers) == {201: 2}
    assert sorted(answer.json()["sequence"] for answer in answers) == [4, 5]
