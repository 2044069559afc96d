"""What the service shows, to whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.applications.domain.request import Figures
from services.applications.domain.saving import PromisedSaving
from services.applications.domain.status import Status
from services.applications.domain.task_list import Task
from shared.errors import Problem
from shared.events.applications import FundTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class FundView:
    """A fund that takes applications from `opens_on`, and its terms."""

    fund_id: UUID
    opens_on: date
    terms: FundTerms


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """Whom to ask at an organisation: shown to its own people only."""

    name: str
    email: str
    telephone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """One of the caller's organisations."""

    organisation_id: UUID
    name: str
    kind: str
    charity_number: str | None
    contact: ContactView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationLine:
    """One application in the caller's list (pence)."""

    application_id: UUID
    reference: str
    fund_name: str
    organisation_name: str
    building_name: str | None
    requested_pence: int | None
    status: Status
    status_words: str
    started_at: datetime
    submitted_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """What the fund decided (pence), why, and what the applicant can do next."""

    outcome: str
    amount_pence: int | None
    decided_on: date
    reasons: str
    way_forward: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFundingView:
    """How much the fund's pots lack for the award (pence)."""

    available_pence: int
    shortfall_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """The offer (pence), the answer to it, and what of it is claimed and left."""

    award_id: UUID
    amount_pence: int
    decided_on: date
    accepted_on: date | None
    declined_on: date | None
    claimed_pence: int
    left_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """A file that was sent; its name is only for showing."""

    evidence_id: UUID
    display_name: str
    content_type: str
    size_bytes: int
    sent_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim (pence) and how far it is: submitted, verified or paid."""

    claim_id: UUID
    claimant_id: UUID
    milestone: str
    amount_pence: int
    status: str
    claimed_on: date
    verified_on: date | None
    paid_on: date | None
    voucher: str | None
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application as its own people see it; `version` is what the next save must name."""

    application_id: UUID
    reference: str
    version: int
    sequence: int
    status: Status
    status_words: str
    fund: FundView
    organisation_id: UUID
    organisation_name: str
    organisation_kind: str
    sections: dict[str, dict[str, Any] | None]
    tasks: tuple[Task, ...]
    figures: Figures
    submitted_on: date | None
    decision: DecisionView | None
    refused_funding: RefusedFundingView | None
    offer: OfferView | None
    claims: tuple[ClaimView, ...]
    evidence: tuple[EvidenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingView:
    """The saving promised, step by step, or what is missing before it can be worked out."""

    saving: PromisedSaving | None
    missing: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentView:
    """A submitted application in full, for those who assess or decide; without anybody's details."""

    application_id: UUID
    reference: str
    submitted_on: date
    fund: FundView
    organisation_name: str
    organisation_kind: str
    sections: dict[str, dict[str, Any] | None]
    figures: Figures
    saving: PromisedSaving
