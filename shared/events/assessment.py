"""What the assessment service publishes: screening, interests, scoring and decisions."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Part


class ScreeningCheck(Part):
    """One rule of the fund, and whether the application meets it."""

    rule: str
    passed: bool
    explanation: str


class ApplicationScreened(Event):
    """The application was held against each of the fund's rules."""

    topic: ClassVar[str] = "assessment.assessment"
    name: ClassVar[str] = "application.screened.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    eligible: bool
    checks: tuple[ScreeningCheck, ...]


class InterestDeclared(Event):
    """An assessor said whether they have an interest; with none, they may read the application."""

    topic: ClassVar[str] = "assessment.assessment"
    name: ClassVar[str] = "interest.declared.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    assessor_id: UUID
    has_interest: bool


class ApplicationScored(Event):
    """An assessor scored the application; the scores themselves stay with assessment until the decision."""

    topic: ClassVar[str] = "assessment.assessment"
    name: ClassVar[str] = "application.scored.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    assessor_id: UUID
    scored_count: int


class GrantAwarded(Event):
    """The fund decided to award a grant, and why; carries all that reserving its money needs."""

    topic: ClassVar[str] = "assessment.assessment"
    name: ClassVar[str] = "grant.awarded.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    award_id: UUID
    fund_id: UUID
    organisation: str
    purposes: tuple[str, ...]
    ward: str
    amount_pence: int
    decided_on: date
    reasons: str
    weighted_score: Decimal
    organisation_kind: str | None = None


class ApplicationDeclined(Event):
    """The fund decided against the application, with reasons and a way forward."""

    topic: ClassVar[str] = "assessment.assessment"
    name: ClassVar[str] = "application.declined.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    decided_on: date
    reasons: str
    way_forward: str
