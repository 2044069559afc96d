from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.assessment.domain.assessment import Assessment, screen_application
from services.assessment.domain.decision import Award, Decline
from services.assessment.domain.scoring import CriterionScore
from shared.errors import Conflict, Forbidden, Invalid
from tests.support.events import AWARD_ID, CRITERIA, an_id, submitted
from tests.support.people import APPLICANT, DECISION_MAKER, FIRST_ASSESSOR, SECOND_ASSESSOR

TODAY = date(2019, 11, 20)
SCORES = tuple(
    CriterionScore(criterion=criterion.code, score=4, justification="As the quotes show.")
    for criterion in CRITERIA
)
DECLINE = Decline(
    decided_on=date(2019, 11, 14),
    reasons="The quotes do not cover the works that are described.",
    way_forward="Ask the installers for quotes of the same works and apply again.",
)


def an_award(**changes: Any) -> Award:
    fields = {
        "award_id": AWARD_ID,
        "amount_pence": 30_000_00,
        "decided_on": date(2019, 11, 14),
        "reasons": "Saves much carbon for the money and keeps a well-used hall warm.",
    }
    return Award(**(fields | changes))  # type: ignore[arg-type]


def scored_by(*assessors: UUID, **changes: Any) -> Assessment:
    assessment, _ = screen_application(submitted(**changes))
    for assessor in assessors:
        assessment, _ = assessment.declare_interest(by=assessor, has_interest=False)
        assessment, _ = assessment.score(by=assessor, scores=SCORES)
    return assessment


def test_each_transition_takes_the_next_number() -> None:
    assessment = scored_by(FIRST_ASSESSOR.id, SECOND_ASSESSOR.id)

    awarded, _ = assessment.award(by=DECISION_MAKER.id, award=an_award(), today=TODAY)

    assert (assessment.version, awarded.version) == (5, 6)


def test_a_transition_leaves_the_state_it_began_from_as_it_was() -> None:
    screened, _ = screen_application(submitted())

    screened.declare_interest(by=FIRST_ASSESSOR.id, has_interest=True)

    assert screened.interests == {}


def test_whoever_has_declared_nothing_cannot_score() -> None:
    assessment, _ = screen_application(submitted())

    with pytest.raises(Forbidden) as refused:
        assessment.score(by=FIRST_ASSESSOR.id, scores=SCORES)

    assert refused.value.code == "assessment.not_declared"


def test_whoever_acts_for_the_applicant_has_no_part_in_it() -> None:
    assessment = scored_by(FIRST_ASSESSOR.id, SECOND_ASSESSOR.id)

    for part in (
        lambda: assessment.declare_interest(by=APPLICANT.id, has_interest=False),
        lambda: assessment.score(by=APPLICANT.id, scores=SCORES),
        lambda: assessment.award(by=APPLICANT.id, award=an_award(), today=TODAY),
        lambda: assessment.decline(by=APPLICANT.id, decline=DECLINE, today=TODAY),
    ):
        with pytest.raises(Forbidden) as refused:
            part()
        assert refused.value.code == "assessment.own_application"


def test_saying_none_and_describing_an_interest_is_refused() -> None:
    assessment, _ = screen_application(submitted())

    with pytest.raises(Invalid) as refused:
        assessment.declare_interest(by=FIRST_ASSESSOR.id, has_interest=False, nature="My sister runs it.")

    assert refused.value.code == "interest.contradiction"


def test_after_the_decision_nobody_scores() -> None:
    assessment = scored_by(FIRST_ASSESSOR.id, SECOND_ASSESSOR.id)
    late = an_id("late assessor")
    assessment, _ = assessment.declare_interest(by=late, has_interest=False)
    decided, _ = assessment.decline(by=DECISION_MAKER.id, decline=DECLINE, today=TODAY)

    with pytest.raises(Conflict) as refused:
        decided.score(by=late, scores=SCORES)

    assert refused.value.code == "assessment.decided"


def test_an_award_may_be_decided_on_the_day_of_submission_and_today() -> None:
    for decided_on in (date(2019, 10, 1), TODAY):
        assessment = scored_by(FIRST_ASSESSOR.id, SECOND_ASSESSOR.id)

        _, event = assessment.award(by=DECISION_MAKER.id, award=an_award(decided_on=decided_on), today=TODAY)

        assert event.decided_on == decided_on


def test_several_things_wrong_with_an_award_are_said_together() -> None:
    assessment = scored_by(FIRST_ASSESSOR.id, SECOND_ASSESSOR.id)
    wrong = an_award(amount_pence=30_000_01, decided_on=date(2019, 11, 21), reasons="Yes.")

    with pytest.raises(Invalid) as refused:
        assessment.award(by=DECISION_MAKER.id, award=wrong, today=TODAY)

    assert [problem.field for problem in refused.value.problems] == ["amount_pence", "reasons", "decided_on"]


def test_an_ineligible_application_is_never_awarded_however_well_it_scored() -> None:
    assessment = scored_by(FIRST_ASSESSOR.id, SECOND_ASSESSOR.id, quotes=0)

    with pytest.raises(Invalid) as refused:
        assessment.award(by=DECISION_MAKER.id, award=an_award(), today=TODAY)

    assert refused.value.code == "decision.ineligible"
