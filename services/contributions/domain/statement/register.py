"""The register as it is published: agreements, contributions and transactions, each as one row says it."""

from dataclasses import dataclass
from datetime import date

from services.contributions.domain.open_data.codes import FundingStatus
from services.contributions.domain.register.agreement import AgreementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """What all rows have: the organisation whose register it is, when it was entered, began and ended."""

    organisation: str
    reference: str
    entered_on: date | None
    started_on: date | None
    ended_on: date | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedAgreement(PublishedRow):
    """A deed, from the day it was sealed to the last day of this version."""

    name: str
    kind: AgreementKind | None
    planning_application: str
    document_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedContribution(PublishedRow):
    """What one clause secures: pence or units; `owner` where it is not the agreement's organisation."""

    agreement_reference: str
    purpose: str | None
    amount_pence: int | None
    units: int | None
    owner: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTransaction(PublishedRow):
    """Money of one contribution that was secured, received, allocated, spent, transferred or returned."""

    contribution_reference: str
    status: FundingStatus
    amount_pence: int | None
    units: int | None = None


@dataclass(frozen=True, slots=True)
class PublishedRegister:
    """All rows, in the order in which they are published."""

    agreements: tuple[PublishedAgreement, ...]
    contributions: tuple[PublishedContribution, ...]
    transactions: tuple[PublishedTransaction, ...]
