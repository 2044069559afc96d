"""What the assessment service answers to assessors and decision-makers."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, TypeAdapter


class AssessmentLine(BaseModel):
    """One application in the list; what only its readers may know is absent for others (pence)."""

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

    @property
    def has_been_read(self) -> bool:
        """Whether the caller may read it: readers are told the sum that is asked for."""
        return self.requested_pence is not None


class Check(BaseModel):
    """One rule of the fund, and whether the application keeps it."""

    rule: str
    passed: bool
    explanation: str


class Criterion(BaseModel):
    """One thing that is scored, with its weight in per cent."""

    code: str
    title: str
    weight_percent: int


class Score(BaseModel):
    """0 to 5 on one criterion, and why."""

    criterion: str
    score: int
    justification: str


class AssessorScores(BaseModel):
    """One assessor's scores, and what they come to out of 100."""

    assessor_id: UUID
    scores: list[Score]
    weighted_score: Decimal

    @property
    def by_criterion(self) -> Mapping[str, Score]:
        """The scores by the code of their criterion."""
        return {score.criterion: score for score in self.scores}


class Decision(BaseModel):
    """The decision as it is published (pence)."""

    outcome: str
    decided_by: UUID
    decided_on: date
    reasons: str
    way_forward: str | None
    amount_pence: int | None


class Funding(BaseModel):
    """What contributions answered to the award (pence)."""

    reserved_pence: int
    shortfall_pence: int


class Assessment(BaseModel):
    """One assessment as its reader may see it."""

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
    checks: list[Check]
    criteria: list[Criterion]
    scores: list[AssessorScores]
    mean_score: Decimal | None
    decision: Decision | None
    funding: Funding | None

    def scores_of(self, person_id: UUID) -> AssessorScores | None:
        """The scores that this person gave."""
        return next((given for given in self.scores if given.assessor_id == person_id), None)


Lines = TypeAdapter(list[AssessmentLine])
