"""What assessors and decision-makers may see, straight from the tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.assessment.domain.assessment import ASSESSORS_NEEDED
from services.assessment.domain.participation import (
    Interest,
    refuse_applicants,
    refuse_interested,
    refuse_undeclared,
)
from services.assessment.domain.scoring import CriterionScore, mean_weighted_score, weighted_score
from services.assessment.repository import no_such_assessment
from shared.events.applications import Criterion
from shared.events.assessment import ScreeningCheck


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and whether they do so as a decision-maker."""

    person_id: UUID
    decides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentLine:
    """One application in the list; what only a reader of it may know is absent for others (pence)."""

    application_id: UUID
    reference: str
    organisation_name: str
    building_name: str
    ward: str
    status: str
    to_do: str
    requested_pence: int | None = None
    eligible: bool | None = None
    scored_count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessorScores:
    """One assessor's scores, and what they come to out of 100."""

    assessor_id: UUID
    scores: list[CriterionScore]
    weighted_score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """The decision as it is published, and who made it (pence)."""

    outcome: str
    decided_by: UUID
    decided_on: date
    reasons: str
    way_forward: str | None
    award_id: UUID | None
    amount_pence: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """What contributions answered to the award (pence)."""

    reserved_pence: int
    shortfall_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentDetail:
    """One assessment as its reader may see it; `mean_score` out of 100 where all scores are shown."""

    application_id: UUID
    reference: str
    organisation_name: str
    building_name: str
    ward: str
    status: str
    to_do: str
    requested_pence: int
    submitted_on: date
    eligible: bool
    scored_count: int
    checks: list[ScreeningCheck]
    criteria: list[Criterion]
    scores: list[AssessorScores] = field(default_factory=list)
    mean_score: Decimal | None = None
    decision: DecisionView | None = None
    funding: Funding | None = None


OVERVIEW = """
    SELECT a.application_id, a.reference, a.organisation_name, a.building_name, a.ward, a.requested_pence,
           a.submitted_on, :person = ANY (a.people) AS own, i.has_interest,
           CASE WHEN d.application_id IS NULL THEN 'to_assess'
                WHEN d.award_id IS NULL THEN 'declined' ELSE 'awarded' END AS status,
           (SELECT bool_and(passed) FROM screening_check c WHERE c.application_id = a.application_id)
               AS eligible,
           (SELECT count(DISTINCT assessor_id) FROM score s WHERE s.application_id = a.application_id)
               AS scored_count,
           EXISTS (SELECT 1 FROM score s WHERE s.application_id = a.application_id
                   AND s.assessor_id = :person) AS has_scored
    FROM assessment a
    LEFT JOIN interest i ON i.application_id = a.application_id AND i.assessor_id = :person
    LEFT JOIN decision d ON d.application_id = a.application_id
"""
LIST = text(f"{OVERVIEW} ORDER BY d.application_id IS NOT NULL, a.submitted_on, a.reference LIMIT 500")
ONE = text(f"{OVERVIEW} WHERE a.application_id = :application_id")
CHECKS = text(
    "SELECT rule, passed, explanation FROM screening_check "
    "WHERE application_id = :application_id ORDER BY place"
)
CRITERIA = text(
    "SELECT code, title, weight_percent FROM criterion WHERE application_id = :application_id ORDER BY place"
)
SCORES = text(
    """
    SELECT s.assessor_id, s.criterion, s.score, s.justification
    FROM score s JOIN criterion c ON c.application_id = s.application_id AND c.code = s.criterion
    WHERE s.application_id = :application_id ORDER BY s.assessor_id, c.place
    """
)
DECISION = text(
    """
    SELECT CASE WHEN award_id IS NULL THEN 'decline' ELSE 'award' END AS outcome, decided_by, decided_on,
           reasons, way_forward, award_id, amount_pence
    FROM decision WHERE application_id = :application_id
    """
)
FUNDING = text("SELECT reserved_pence, shortfall_pence FROM funding WHERE application_id = :application_id")
SHOWN_TO_ALL = ("application_id", "reference", "organisation_name", "building_name", "ward", "status")
SHOWN_TO_READERS = ("requested_pence", "eligible", "scored_count")


async def list_assessments(session: AsyncSession, reader: Reader) -> list[AssessmentLine]:
    """Undecided applications first; before a declaration, only what is needed to make it."""
    rows = (await session.execute(LIST, {"person": reader.person_id})).mappings()
    return [_line(dict(row), reader) for row in rows]


async def get_assessment(session: AsyncSession, application_id: UUID, reader: Reader) -> AssessmentDetail:
    """One assessment, refused to those who act for the applicant, have an interest or have not declared."""
    found = await session.execute(ONE, {"application_id": application_id, "person": reader.person_id})
    row = found.mappings().one_or_none()
    if row is None:
        raise no_such_assessment()
    refuse_applicants(reader.person_id, [reader.person_id] if row["own"] else [])
    interest = None if row["has_interest"] is None else Interest(has_interest=row["has_interest"])
    if reader.decides:
        refuse_interested(interest)
    else:
        refuse_undeclared(interest)
    return await _detail(session, dict(row), reader)


async def _detail(session: AsyncSession, row: dict[str, Any], reader: Reader) -> AssessmentDetail:
    application_id = row["application_id"]
    criteria = [Criterion(**found) for found in await _all(session, CRITERIA, application_id)]
    scores = _by_assessor(await _all(session, SCORES, application_id))
    decisions = [DecisionView(**found) for found in await _all(session, DECISION, application_id)]
    funding = [Funding(**found) for found in await _all(session, FUNDING, application_id)]
    every = bool(decisions) or (reader.decides and len(scores) >= ASSESSORS_NEEDED)
    shown = scores if every else {who: given for who, given in scores.items() if who == reader.person_id}
    return AssessmentDetail(
        **{name: row[name] for name in (*SHOWN_TO_ALL, *SHOWN_TO_READERS, "submitted_on")},
        to_do=_to_do(row, reader),
        checks=[ScreeningCheck(**found) for found in await _all(session, CHECKS, application_id)],
        criteria=criteria,
        scores=_views(criteria, shown),
        mean_score=mean_weighted_score(criteria, scores.values()) if every and scores else None,
        decision=decisions[0] if decisions else None,
        funding=funding[0] if funding and reader.decides else None,
    )


async def _all(session: AsyncSession, statement: TextClause, application_id: UUID) -> list[dict[str, Any]]:
    rows = await session.execute(statement, {"application_id": application_id})
    return [dict(row) for row in rows.mappings()]


def _line(row: dict[str, Any], reader: Reader) -> AssessmentLine:
    may_read = not row["own"] and (reader.decides or row["has_interest"] is False) and not row["has_interest"]
    names = (*SHOWN_TO_ALL, *SHOWN_TO_READERS) if may_read else SHOWN_TO_ALL
    return AssessmentLine(**{name: row[name] for name in names}, to_do=_to_do(row, reader))


def _to_do(row: dict[str, Any], reader: Reader) -> str:
    """What this reader does next: declare_interest, score, decide, wait_for_scores or nothing."""
    if row["own"] or row["has_interest"] or row["has_scored"] or row["status"] != "to_assess":
        return "nothing"
    if reader.decides:
        ready = row["scored_count"] >= ASSESSORS_NEEDED or not row["eligible"]
        return "decide" if ready else "wait_for_scores"
    return "declare_interest" if row["has_interest"] is None else "score"


def _by_assessor(rows: Sequence[dict[str, Any]]) -> dict[UUID, list[CriterionScore]]:
    scores: dict[UUID, list[CriterionScore]] = {}
    for row in rows:
        scores.setdefault(row.pop("assessor_id"), []).append(CriterionScore(**row))
    return scores


def _views(criteria: list[Criterion], scores: dict[UUID, list[CriterionScore]]) -> list[AssessorScores]:
    return [
        AssessorScores(assessor_id=who, scores=given, weighted_score=weighted_score(criteria, given))
        for who, given in scores.items()
    ]
