"""Assessments between the domain and their rows: the only place that knows both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col, select

from services.assessment.domain.assessment import Application, Assessment, Scores
from services.assessment.domain.decision import Award, Decision, Decline
from services.assessment.domain.participation import Interest
from services.assessment.domain.scoring import CriterionScore
from services.assessment.tables import (
    AssessmentRow,
    Base,
    CriterionRow,
    DecisionRow,
    InterestRow,
    ScoreRow,
    ScreeningCheckRow,
)
from shared.errors import NotFound
from shared.events.applications import Criterion
from shared.events.assessment import ScreeningCheck

R = TypeVar("R", CriterionRow, ScreeningCheckRow, InterestRow, ScoreRow)


def no_such_assessment() -> NotFound:
    """The answer where an application is unknown here, or not submitted yet."""
    message = "There is no such application to assess. It appears here within seconds of its submission."
    return NotFound("assessment.unknown", message)


@dataclass(frozen=True, slots=True)
class Assessments:
    """The assessments in the database, as the domain knows them."""

    session: AsyncSession

    async def exists(self, application_id: UUID) -> bool:
        """Whether the application was screened already."""
        return await self.session.get(AssessmentRow, application_id) is not None

    async def get(self, application_id: UUID) -> Assessment:
        """Load one and lock it until the commit: whoever comes second sees what the first did."""
        row = await self.session.get(AssessmentRow, application_id, with_for_update=True)
        if row is None:
            raise no_such_assessment()
        criteria = await self._rows(CriterionRow, application_id)
        checks = await self._rows(ScreeningCheckRow, application_id)
        interests = await self._rows(InterestRow, application_id)
        return Assessment(
            application=_application(row, sorted(criteria, key=lambda criterion: criterion.place)),
            checks=tuple(_check(check) for check in sorted(checks, key=lambda check: check.place)),
            version=row.version,
            interests={
                i.assessor_id: Interest(has_interest=i.has_interest, nature=i.nature) for i in interests
            },
            scores=_scores(await self._rows(ScoreRow, application_id)),
            decision=_decision(await self.session.get(DecisionRow, application_id)),
        )

    async def add(self, assessment: Assessment) -> None:
        """Keep a new one, with its criteria and checks."""
        application = assessment.application
        self.session.add(_assessment_row(assessment))
        await self.session.flush()  # the rows below refer to it
        for place, criterion in enumerate(application.criteria):
            values = {"application_id": application.application_id, "place": place, **dict(criterion)}
            self.session.add(CriterionRow(**values))
        for place, check in enumerate(assessment.checks):
            values = {"application_id": application.application_id, "place": place, **dict(check)}
            self.session.add(ScreeningCheckRow(**values))

    async def save(self, assessment: Assessment) -> None:
        """Keep what changed since it was loaded; rows that are as they were cost nothing."""
        for row in (_assessment_row(assessment), *_declared(assessment), *_scored(assessment)):
            await self.session.merge(row)
        if assessment.decision is not None:
            await self.session.merge(_decision_row(assessment, assessment.decision))

    async def award_id_taken(self, award_id: UUID) -> bool:
        """Whether an award has this id already."""
        found = select(DecisionRow.application_id).where(col(DecisionRow.award_id) == award_id)
        return (await self.session.execute(found)).first() is not None

    async def _rows(self, table: type[R], application_id: UUID) -> Sequence[R]:
        found = select(table).where(col(table.application_id) == application_id)
        return (await self.session.execute(found)).scalars().all()


def _application(row: AssessmentRow, criteria: Iterable[CriterionRow]) -> Application:
    return Application(
        application_id=row.application_id,
        reference=row.reference,
        submitted_on=row.submitted_on,
        organisation_name=row.organisation_name,
        organisation_kind=row.organisation_kind,
        people=tuple(row.people),
        building_name=row.building_name,
        ward=row.ward,
        requested_pence=row.requested_pence,
        fund_id=row.fund_id,
        fund_organisation=row.fund_organisation,
        purposes=tuple(row.purposes),
        criteria=tuple(
            Criterion(code=c.code, title=c.title, weight_percent=c.weight_percent) for c in criteria
        ),
    )


def _check(row: ScreeningCheckRow) -> ScreeningCheck:
    return ScreeningCheck(rule=row.rule, passed=row.passed, explanation=row.explanation)


def _scores(rows: Iterable[ScoreRow]) -> dict[UUID, Scores]:
    scores: dict[UUID, Scores] = {}
    for row in rows:
        score = CriterionScore(criterion=row.criterion, score=row.score, justification=row.justification)
        scores[row.assessor_id] = (*scores.get(row.assessor_id, ()), score)
    return scores


def _decision(row: DecisionRow | None) -> Decision | None:
    if row is None:
        return None
    outcome: Award | Decline
    if row.award_id is not None and row.amount_pence is not None:
        outcome = Award(
            award_id=row.award_id,
            amount_pence=row.amount_pence,
            decided_on=row.decided_on,
            reasons=row.reasons,
        )
    else:
        outcome = Decline(decided_on=row.decided_on, reasons=row.reasons, way_forward=row.way_forward or "")
    return Decision(by=row.decided_by, outcome=outcome)


def _assessment_row(assessment: Assessment) -> AssessmentRow:
    application = assessment.application
    return AssessmentRow(
        application_id=application.application_id,
        version=assessment.version,
        reference=application.reference,
        submitted_on=application.submitted_on,
        organisation_name=application.organisation_name,
        organisation_kind=application.organisation_kind,
        people=list(application.people),
        building_name=application.building_name,
        ward=application.ward,
        requested_pence=application.requested_pence,
        fund_id=application.fund_id,
        fund_organisation=application.fund_organisation,
        purposes=list(application.purposes),
    )


def _declared(assessment: Assessment) -> list[Base]:
    return [
        InterestRow(
            application_id=assessment.application.application_id,
            assessor_id=assessor_id,
            has_interest=interest.has_interest,
            nature=interest.nature,
        )
        for assessor_id, interest in assessment.interests.items()
    ]


def _scored(assessment: Assessment) -> list[Base]:
    return [
        ScoreRow(
            application_id=assessment.application.application_id,
            assessor_id=assessor_id,
            criterion=score.criterion,
            score=score.score,
            justification=score.justification,
        )
        for assessor_id, scores in assessment.scores.items()
        for score in scores
    ]


def _decision_row(assessment: Assessment, decision: Decision) -> DecisionRow:
    outcome = decision.outcome
    row = DecisionRow(
        application_id=assessment.application.application_id,
        decided_by=decision.by,
        decided_on=outcome.decided_on,
        reasons=outcome.reasons,
    )
    if isinstance(outcome, Award):
        row.award_id, row.amount_pence = outcome.award_id, outcome.amount_pence
        row.weighted_score = assessment.mean_score()
    else:
        row.way_forward = outcome.way_forward
    return row
