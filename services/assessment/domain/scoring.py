"""Scores of 0 to 5 on weighted criteria, and the weighted score out of 100 that they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shared.checks import refuse_all, text_refusal
from shared.errors import Invalid
from shared.events.applications import Criterion

HIGHEST_SCORE = 5
TWO_DECIMALS = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionScore:
    """What one assessor gave on one criterion, 0 to 5, and why."""

    criterion: str
    score: int
    justification: str


def check_scores(criteria: Sequence[Criterion], scores: Sequence[CriterionScore]) -> None:
    """Refuse, naming each field, unless every criterion is scored once, in range and justified."""
    titles = {criterion.code: criterion.title for criterion in criteria}
    given = [score.criterion for score in scores]
    refusals: list[Invalid | None] = [
        Invalid("scores.missing", f"Score “{title}” as well.", field=f"scores.{code}")
        for code, title in titles.items()
        if code not in given
    ]
    for row, score in enumerate(scores):
        refusals.append(_criterion_refusal(row, score, titles, given))
        refusals.append(_score_refusal(row, score))
        refusals.append(
            text_refusal(
                score.justification, field=f"scores.{row}.justification", name="why you gave this score"
            )
        )
    refuse_all("scores.invalid", refusals)


def _criterion_refusal(
    row: int, score: CriterionScore, titles: dict[str, str], given: list[str]
) -> Invalid | None:
    field = f"scores.{row}.criterion"
    if score.criterion not in titles:
        message = f"“{score.criterion}” is not a criterion of this fund. Score: {', '.join(titles)}."
        return Invalid("scores.unknown_criterion", message, field=field)
    if score.criterion in given[:row]:
        return Invalid("scores.twice", f"“{titles[score.criterion]}” is scored twice. Keep one.", field=field)
    return None


def _score_refusal(row: int, score: CriterionScore) -> Invalid | None:
    if 0 <= score.score <= HIGHEST_SCORE:
        return None
    return Invalid(
        "scores.out_of_range",
        f"Give a whole number from 0 to {HIGHEST_SCORE}, not {score.score}.",
        field=f"scores.{row}.score",
    )


def weighted_score(criteria: Iterable[Criterion], scores: Iterable[CriterionScore]) -> Decimal:
    """One assessor's score out of 100, to two decimals: 100 x sum(weight x score) / (5 x sum(weight))."""
    return mean_weighted_score(criteria, [scores])


def mean_weighted_score(
    criteria: Iterable[Criterion], by_assessor: Iterable[Iterable[CriterionScore]]
) -> Decimal:
    """The mean over assessors, out of 100: rounded once, half up, from the exact sum."""
    weights = {criterion.code: criterion.weight_percent for criterion in criteria}
    sums = [sum(weights[score.criterion] * score.score for score in scores) for scores in by_assessor]
    highest = HIGHEST_SCORE * sum(weights.values()) * len(sums)
    return (Decimal(100 * sum(sums)) / Decimal(highest)).quantize(TWO_DECIMALS, ROUND_HALF_UP)
