from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.assessment.domain.scoring import (
    CriterionScore,
    check_scores,
    mean_weighted_score,
    weighted_score,
)
from shared.errors import Invalid
from shared.events.applications import Criterion
from tests.support.events import CRITERIA

SCORE = st.integers(0, 5)
ONE_ASSESSOR = st.tuples(SCORE, SCORE, SCORE)


def scores(*values: int) -> tuple[CriterionScore, ...]:
    return tuple(
        CriterionScore(criterion=criterion.code, score=value, justification="As the quotes show.")
        for criterion, value in zip(CRITERIA, values, strict=True)
    )


def test_weights_of_50_30_and_20_with_scores_of_5_4_and_3_come_to_86() -> None:
    assert weighted_score(CRITERIA, scores(5, 4, 3)) == Decimal("86.00")


def test_the_mean_is_rounded_once_and_half_up() -> None:
    thirds = tuple(Criterion(code=code, title=code, weight_percent=1) for code in ("a", "b", "c"))
    one_point = [CriterionScore(criterion=code, score=code == "a", justification="So.") for code in "abc"]
    no_point = [CriterionScore(criterion=code, score=0, justification="So.") for code in "abc"]

    mean = mean_weighted_score(thirds, [one_point, one_point, no_point, no_point])

    assert mean == Decimal("3.33")
    assert mean_weighted_score(thirds, [one_point] + [no_point] * 31) == Decimal("0.21")


@given(st.lists(ONE_ASSESSOR, min_size=1, max_size=7))
def test_the_mean_lies_between_the_lowest_and_the_highest_assessor(given_scores: list[Any]) -> None:
    by_assessor = [scores(*values) for values in given_scores]

    each = [weighted_score(CRITERIA, one) for one in by_assessor]

    assert 0 <= min(each) <= mean_weighted_score(CRITERIA, by_assessor) <= max(each) <= 100


@given(ONE_ASSESSOR, st.integers(0, 2))
def test_a_higher_score_never_lowers_the_weighted_score(values: tuple[int, int, int], place: int) -> None:
    raised = tuple(min(value + (at == place), 5) for at, value in enumerate(values))

    assert weighted_score(CRITERIA, scores(*raised)) >= weighted_score(CRITERIA, scores(*values))


@pytest.mark.parametrize(
    ("given_scores", "code", "field"),
    [
        (scores(6, 0, 0), "scores.out_of_range", "scores.0.score"),
        (scores(0, -1, 0), "scores.out_of_range", "scores.1.score"),
        (scores(1, 2, 3)[:2], "scores.missing", "scores.delivery"),
        ((*scores(1, 2, 3), *scores(1, 2, 3)[:1]), "scores.twice", "scores.3.criterion"),
        (
            (*scores(1, 2, 3), CriterionScore(criterion="beauty", score=5, justification="Fine.")),
            "scores.unknown_criterion",
            "scores.3.criterion",
        ),
        (
            (CriterionScore(criterion="carbon", score=5, justification="  "), *scores(1, 2, 3)[1:]),
            "justification.missing",
            "scores.0.justification",
        ),
    ],
)
def test_scores_that_cannot_be_taken_say_where_and_why(
    given_scores: tuple[CriterionScore, ...], code: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        check_scores(CRITERIA, given_scores)

    assert refused.value.code == code
    assert [problem.field for problem in refused.value.problems] == [field]
