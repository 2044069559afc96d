"""One application on its way to a decision: screened, declared on, scored, awarded or declined."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from services.assessment.domain.decision import Award, Decision, Decline, check_award, check_decline
from services.assessment.domain.participation import (
    Interest,
    refuse_applicants,
    refuse_interested,
    refuse_undeclared,
)
from services.assessment.domain.scoring import CriterionScore, check_scores, mean_weighted_score
from services.assessment.domain.screening import screen
from shared.checks import text_refusal
from shared.errors import Conflict, Forbidden, Invalid
from shared.events.applications import ApplicationSubmitted, Criterion
from shared.events.assessment import (
    ApplicationDeclined,
    ApplicationScored,
    ApplicationScreened,
    GrantAwarded,
    InterestDeclared,
    ScreeningCheck,
)

ASSESSORS_NEEDED = 2

Scores: TypeAlias = tuple[CriterionScore, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What was asked for, by whom and under which terms, as far as assessing needs it (sum in pence).

    `people` act for the applicant. `fund_organisation` and `purposes` say on whose pots an award may draw.
    """

    application_id: UUID
    reference: str
    submitted_on: date
    organisation_name: str
    organisation_kind: str | None
    people: tuple[UUID, ...]
    building_name: str
    ward: str
    requested_pence: int
    fund_id: UUID
    fund_organisation: str
    purposes: tuple[str, ...]
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The state of one assessment; `version` is the sequence of its last event."""

    application: Application
    checks: tuple[ScreeningCheck, ...]
    version: int
    interests: Mapping[UUID, Interest] = field(default_factory=dict)
    scores: Mapping[UUID, Scores] = field(default_factory=dict)
    decision: Decision | None = None

    @property
    def eligible(self) -> bool:
        """Whether the application passed every check of the screening."""
        return all(check.passed for check in self.checks)

    def mean_score(self) -> Decimal:
        """The weighted score out of 100, as the mean of those who scored."""
        return mean_weighted_score(self.application.criteria, self.scores.values())

    def declare_interest(
        self, *, by: UUID, has_interest: bool, nature: str | None = None
    ) -> tuple["Assessment", InterestDeclared]:
        """An assessor's one declaration; "none" may still become an interest, until they have scored."""
        refuse_applicants(by, self.application.people)
        self._refuse_second_declaration(by, has_interest)
        _check_nature(has_interest, nature)
        interests = {**self.interests, by: Interest(has_interest=has_interest, nature=nature)}
        event = InterestDeclared(
            application_id=self.application.application_id, assessor_id=by, has_interest=has_interest
        )
        return self._next(interests=interests), event

    def score(self, *, by: UUID, scores: Scores) -> tuple["Assessment", ApplicationScored]:
        """One assessor's scores on every criterion, given once; the event does not carry them."""
        refuse_applicants(by, self.application.people)
        refuse_undeclared(self.interests.get(by))
        self._refuse_when_decided()
        if by in self.scores:
            raise Conflict("assessment.scored_already", "You have scored this application; scores stand.")
        check_scores(self.application.criteria, scores)
        scored = {**self.scores, by: scores}
        event = ApplicationScored(
            application_id=self.application.application_id, assessor_id=by, scored_count=len(scored)
        )
        return self._next(scores=scored), event

    def award(self, *, by: UUID, award: Award, today: date) -> tuple["Assessment", GrantAwarded]:
        """The grant is awarded: all or part of what was requested, to an eligible application."""
        self._refuse_decider(by)
        self._refuse_when_decided()
        if not self.eligible:
            message = "This application does not meet the fund's rules, so it cannot be awarded. Decline it."
            raise Invalid("decision.ineligible", message, field="outcome")
        self._refuse_too_few_scores()
        application = self.application
        check_award(
            award,
            requested_pence=application.requested_pence,
            submitted_on=application.submitted_on,
            today=today,
        )
        event = GrantAwarded(
            application_id=application.application_id,
            award_id=award.award_id,
            fund_id=application.fund_id,
            organisation=application.fund_organisation,
            purposes=application.purposes,
            ward=application.ward,
            amount_pence=award.amount_pence,
            decided_on=award.decided_on,
            reasons=award.reasons,
            weighted_score=self.mean_score(),
            organisation_kind=application.organisation_kind,
        )
        return self._next(decision=Decision(by=by, outcome=award)), event

    def decline(self, *, by: UUID, decline: Decline, today: date) -> tuple["Assessment", ApplicationDeclined]:
        """The application is declined with a way forward; one that failed screening needs no scores."""
        self._refuse_decider(by)
        self._refuse_when_decided()
        if self.eligible:
            self._refuse_too_few_scores()
        check_decline(decline, submitted_on=self.application.submitted_on, today=today)
        event = ApplicationDeclined(
            application_id=self.application.application_id,
            decided_on=decline.decided_on,
            reasons=decline.reasons,
            way_forward=decline.way_forward,
        )
        return self._next(decision=Decision(by=by, outcome=decline)), event

    def _next(self, **changes: object) -> "Assessment":
        # Each caller names fields of this class; mypy cannot see through the keywords.
        return replace(self, version=self.version + 1, **changes)  # type: ignore[arg-type]

    def _refuse_second_declaration(self, by: UUID, has_interest: bool) -> None:
        earlier = self.interests.get(by)
        if earlier is None:
            return
        if earlier.has_interest or not has_interest:
            message = "You have declared on this application already. Your declaration stands."
            raise Conflict("assessment.declared_already", message)
        if by in self.scores:
            message = "You have scored this application. Tell the decision-maker about your interest at once."
            raise Conflict("assessment.scored_already", message)

    def _refuse_decider(self, by: UUID) -> None:
        refuse_applicants(by, self.application.people)
        refuse_interested(self.interests.get(by))
        if by in self.scores:
            message = "You scored this application, so somebody else must decide on it."
            raise Forbidden("assessment.decider_scored", message)

    def _refuse_when_decided(self) -> None:
        if self.decision is not None:
            message = "This application has been decided. Open it again to see the decision."
            raise Conflict("assessment.decided", message)

    def _refuse_too_few_scores(self) -> None:
        missing = ASSESSORS_NEEDED - len(self.scores)
        if missing > 0:
            message = f"{ASSESSORS_NEEDED} assessors must score before a decision; {missing} more must score."
            raise Conflict("assessment.too_few_scores", message)


def _check_nature(has_interest: bool, nature: str | None) -> None:
    if nature is None:
        return
    if not has_interest:
        message = "You describe an interest but say that you have none. Choose one of the two."
        raise Invalid("interest.contradiction", message, field="nature")
    refusal = text_refusal(nature, field="nature", name="what your interest is", longest=1000)
    if refusal is not None:
        raise refusal


def screen_application(submitted: ApplicationSubmitted) -> tuple[Assessment, ApplicationScreened]:
    """Begin the assessment of an application by holding it against the fund's rules."""
    checks = screen(submitted)
    assessment = Assessment(application=_application(submitted), checks=checks, version=1)
    event = ApplicationScreened(
        application_id=submitted.application_id, eligible=assessment.eligible, checks=checks
    )
    return assessment, event


def _application(submitted: ApplicationSubmitted) -> Application:
    return Application(
        application_id=submitted.application_id,
        reference=submitted.reference,
        submitted_on=submitted.submitted_on,
        organisation_name=submitted.organisation_name,
        organisation_kind=submitted.organisation_kind,
        people=submitted.people,
        building_name=submitted.building.name,
        ward=submitted.building.ward,
        requested_pence=submitted.requested_pence,
        fund_id=submitted.fund.fund_id,
        fund_organisation=submitted.fund.organisation,
        purposes=submitted.fund.purposes,
        criteria=submitted.fund.criteria,
    )
