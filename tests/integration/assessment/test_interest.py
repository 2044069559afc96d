import pytest

from shared.events.assessment import ApplicationScreened, InterestDeclared
from tests.support.assessment import PATH, declare_none, put_scores, scores
from tests.support.events import APPLICATION_ID, submitted
from tests.support.people import APPLICANT, DECISION_MAKER, FIRST_ASSESSOR, SECOND_ASSESSOR
from tests.support.services import ServiceUnderTest

MINIMUM = {
    "application_id": str(APPLICATION_ID),
    "reference": "COF-2019-0001",
    "organisation_name": "Old Street Community Association",
    "building_name": "Old Street Community Hall",
    "ward": "E05013699",
    "status": "to_assess",
}
HIDDEN = {"requested_pence": None, "eligible": None, "scored_count": None}


async def test_a_submitted_application_is_screened_at_once(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())

    (event,) = await assessment.recorded()
    assert isinstance(event, ApplicationScreened)
    assert event.eligible
    assert len(event.checks) == 8


async def test_a_submission_that_comes_again_changes_nothing(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    await assessment.give(submitted())

    assert len(await assessment.recorded()) == 1


async def test_before_a_declaration_an_assessor_sees_only_what_they_need_to_make_it(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted())

    (line,) = await assessment.get("/assessments", FIRST_ASSESSOR)
    problem = await assessment.refused(403, "GET", PATH, FIRST_ASSESSOR)

    assert line == MINIMUM | HIDDEN | {"to_do": "declare_interest"}
    assert problem["code"] == "assessment.not_declared"


async def test_an_assessor_who_has_no_interest_reads_the_application(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())

    answer = await assessment.post(f"{PATH}/interest", FIRST_ASSESSOR, json={"has_interest": False})
    detail = await assessment.get(PATH, FIRST_ASSESSOR)
    (line,) = await assessment.get("/assessments", FIRST_ASSESSOR)

    assert answer == {"id": str(APPLICATION_ID), "sequence": 2}
    assert detail["requested_pence"] == line["requested_pence"] == 30_000_00
    assert detail["to_do"] == line["to_do"] == "score"
    assert [criterion["weight_percent"] for criterion in detail["criteria"]] == [50, 30, 20]


async def test_an_assessor_who_has_an_interest_never_reads_nor_scores_the_application(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted())
    body = {"has_interest": True, "nature": "My sister runs the hall."}
    await assessment.post(f"{PATH}/interest", FIRST_ASSESSOR, json=body)

    reading = await assessment.refused(403, "GET", PATH, FIRST_ASSESSOR)
    scoring = await assessment.refused(403, "PUT", f"{PATH}/scores", FIRST_ASSESSOR, json=scores(5, 5, 5))
    (line,) = await assessment.get("/assessments", FIRST_ASSESSOR)

    assert reading["code"] == scoring["code"] == "assessment.interest"
    assert line == MINIMUM | HIDDEN | {"to_do": "nothing"}


async def test_the_nature_of_an_interest_stays_out_of_the_event(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    body = {"has_interest": True, "nature": "My sister runs the hall."}
    await assessment.post(f"{PATH}/interest", FIRST_ASSESSOR, json=body)

    event = (await assessment.recorded())[-1]
    (log,) = await assessment.rows("SELECT string_agg(payload, '') AS payloads FROM event_log")

    assert event == InterestDeclared(
        application_id=APPLICATION_ID, assessor_id=FIRST_ASSESSOR.id, has_interest=True
    )
    assert "sister" not in log["payloads"]


async def test_whoever_acts_for_the_applicant_can_neither_declare_nor_read_nor_decide(
    assessment: ServiceUnderTest,
) -> None:
    await assessment.give(submitted(people=(FIRST_ASSESSOR.id, DECISION_MAKER.id)))

    problems = [
        await assessment.refused(
            403, "POST", f"{PATH}/interest", FIRST_ASSESSOR, json={"has_interest": False}
        ),
        await assessment.refused(403, "GET", PATH, FIRST_ASSESSOR),
        await assessment.refused(403, "GET", PATH, DECISION_MAKER),
    ]
    (line,) = await assessment.get("/assessments", DECISION_MAKER)

    assert {problem["code"] for problem in problems} == {"assessment.own_application"}
    assert line == MINIMUM | HIDDEN | {"to_do": "nothing"}


async def test_no_interest_may_become_an_interest_before_scoring(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    await declare_none(assessment, FIRST_ASSESSOR)
    await assessment.post(f"{PATH}/interest", FIRST_ASSESSOR, json={"has_interest": True})

    problem = await assessment.refused(403, "GET", PATH, FIRST_ASSESSOR)

    assert problem["code"] == "assessment.interest"


async def test_an_interest_found_after_scoring_is_a_conflict(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    await put_scores(assessment, FIRST_ASSESSOR, 5, 4, 3)

    problem = await assessment.refused(
        409, "POST", f"{PATH}/interest", FIRST_ASSESSOR, json={"has_interest": True}
    )

    assert problem["code"] == "assessment.scored_already"


@pytest.mark.parametrize(("first", "second"), [(False, False), (True, False), (True, True)])
async def test_a_declaration_is_made_once(assessment: ServiceUnderTest, first: bool, second: bool) -> None:
    await assessment.give(submitted())
    await assessment.post(f"{PATH}/interest", FIRST_ASSESSOR, json={"has_interest": first})

    problem = await assessment.refused(
        409, "POST", f"{PATH}/interest", FIRST_ASSESSOR, json={"has_interest": second}
    )

    assert problem["code"] == "assessment.declared_already"


async def test_a_second_click_declares_once_and_gets_the_same_answer(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    same_form = {"json": {"has_interest": False}, "headers": {"Idempotency-Key": "one form"}}

    first = await assessment.post(f"{PATH}/interest", FIRST_ASSESSOR, **same_form)
    second = await assessment.post(f"{PATH}/interest", FIRST_ASSESSOR, **same_form)

    assert first == second
    assert len(await assessment.recorded()) == 2


async def test_every_refused_attempt_is_recorded(assessment: ServiceUnderTest) -> None:
    await assessment.give(submitted())
    await assessment.refused(403, "GET", PATH, SECOND_ASSESSOR)
    await assessment.refused(403, "PUT", f"{PATH}/scores", SECOND_ASSESSOR, json=scores(1, 1, 1))
    await assessment.refused(403, "GET", "/assessments", APPLICANT)

    attempts = await assessment.rows("SELECT actor, method, path, code FROM refused_attempt ORDER BY id")

    assert [tuple(attempt.values()) for attempt in attempts] == [
        (str(SECOND_ASSESSOR.id), "GET", PATH, "assessment.not_declared"),
        (str(SECOND_ASSESSOR.id), "PUT", f"{PATH}/scores", "assessment.not_declared"),
        (str(APPLICANT.id), "GET", "/assessments", "role.missing"),
    ]


async def test_an_unknown_application_is_not_found(assessment: ServiceUnderTest) -> None:
    problem = await assessment.refused(404, "GET", PATH, DECISION_MAKER)

    assert problem["code"] == "assessment.unknown"
