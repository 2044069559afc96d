"""Tables of the applications service; the migrations hold the same, with the constraints."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

ERASABLE = "personal data: erasable, in no event"


class Base(SQLModel, registry=registry()):
    """Tables of the applications service."""


class FundRow(Base, table=True):
    """A fund and its terms."""

    __tablename__ = "fund"

    id: UUID = Field(primary_key=True)
    opens_on: date
    terms: dict[str, Any] = Field(sa_type=JSONB)


class OrganisationRow(Base, table=True):
    """An organisation that may apply."""

    __tablename__ = "organisation"

    id: UUID = Field(primary_key=True)
    name: str
    kind: str
    charity_number: str | None = None


class MemberRow(Base, table=True):
    """A person, by opaque id, who acts for an organisation."""

    __tablename__ = "organisation_member"

    organisation_id: UUID = Field(primary_key=True)
    person_id: UUID = Field(primary_key=True)


class ContactRow(Base, table=True):
    """Whom to ask at an organisation."""

    __tablename__ = "organisation_contact"
    __table_args__ = {"comment": ERASABLE}

    organisation_id: UUID = Field(primary_key=True)
    name: str
    email: str
    telephone: str | None = None


class ReferenceCounterRow(Base, table=True):
    """The last number given to an application of a fund that opened in the year."""

    __tablename__ = "reference_counter"

    year: int = Field(primary_key=True)
    last: int


class ApplicationRow(Base, table=True):
    """An application; what was sent stands in `submission` as the event said it."""

    __tablename__ = "application"

    id: UUID = Field(primary_key=True)
    reference: str
    fund_id: UUID
    organisation_id: UUID
    version: int
    sequence: int = Field(sa_type=BigInteger)
    started_at: datetime = Field(sa_type=DateTime(timezone=True))
    submitted_on: date | None = None
    submission: dict[str, Any] | None = Field(default=None, sa_type=JSONB(none_as_null=True))


class SectionRow(Base, table=True):
    """The answers of one section as last saved, and by whom."""

    __tablename__ = "application_section"

    application_id: UUID = Field(primary_key=True)
    section: str = Field(primary_key=True)
    answers: dict[str, Any] = Field(sa_type=JSONB)
    saved_at: datetime = Field(sa_type=DateTime(timezone=True))
    saved_by: str


class DecisionRow(Base, table=True):
    """What assessment decided; only its events write here."""

    __tablename__ = "decision"

    application_id: UUID = Field(primary_key=True)
    outcome: str
    award_id: UUID | None = None
    amount_pence: int | None = Field(default=None, sa_type=BigInteger)
    decided_on: date
    reasons: str
    way_forward: str | None = None


class RefusedFundingRow(Base, table=True):
    """That the pots did not hold enough for an award; only events of contributions write here."""

    __tablename__ = "refused_funding"

    application_id: UUID = Field(primary_key=True)
    award_id: UUID
    available_pence: int = Field(sa_type=BigInteger)
    shortfall_pence: int = Field(sa_type=BigInteger)


class OfferRow(Base, table=True):
    """The one offer of an application, the answer to it, and how much of it is claimed."""

    __tablename__ = "offer"

    application_id: UUID = Field(primary_key=True)
    award_id: UUID
    amount_pence: int = Field(sa_type=BigInteger)
    decided_on: date
    accepted_on: date | None = None
    declined_on: date | None = None
    claimed_pence: int = Field(sa_type=BigInteger)


class ClaimRow(Base, table=True):
    """A claim, and what monitoring and contributions have said of it since."""

    __tablename__ = "claim"

    id: UUID = Field(primary_key=True)
    application_id: UUID
    claimant_id: UUID
    milestone: str
    amount_pence: int = Field(sa_type=BigInteger)
    claimed_on: date
    verified_on: date | None = None
    paid_on: date | None = None
    voucher: str | None = None


class EvidenceRow(Base, table=True):
    """A file of evidence; its content lies beside the database under its digest."""

    __tablename__ = "evidence"
    __table_args__ = {"comment": "append-only: evidence of what was claimed stays as it was sent"}

    id: UUID = Field(primary_key=True)
    application_id: UUID
    sha256: str
    content_type: str
    size_bytes: int
    display_name: str
    sent_by: str
    sent_at: datetime = Field(sa_type=DateTime(timezone=True))


class ClaimEvidenceRow(Base, table=True):
    """Which files stand behind a claim."""

    __tablename__ = "claim_evidence"
    __table_args__ = {"comment": "append-only: what a claim rested on when it was made"}

    claim_id: UUID = Field(primary_key=True)
    evidence_id: UUID = Field(primary_key=True)


class DeclaredInterestRow(Base, table=True):
    """What an assessor last said of their interest; only events of assessment write here."""

    __tablename__ = "declared_interest"

    application_id: UUID = Field(primary_key=True)
    assessor_id: UUID = Field(primary_key=True)
    has_interest: bool
