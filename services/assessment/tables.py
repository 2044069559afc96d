"""The tables of the assessment service; constraints stand in the migrations."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, Text, Uuid
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Base(SQLModel, registry=registry()):
    """Tables of the assessment service."""


class AssessmentRow(Base, table=True):
    """One application to be assessed; its version is the sequence of its last event."""

    __tablename__ = "assessment"

    application_id: UUID = Field(primary_key=True)
    version: int = Field(sa_type=BigInteger)
    reference: str
    submitted_on: date
    organisation_name: str
    organisation_kind: str | None
    people: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    building_name: str
    ward: str
    requested_pence: int = Field(sa_type=BigInteger)
    fund_id: UUID
    fund_organisation: str
    purposes: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))


class CriterionRow(Base, table=True):
    """One thing to score, with its weight, as the fund's terms stood on submission."""

    __tablename__ = "criterion"
    __table_args__ = {"comment": "append-only: the terms of an application never change"}

    application_id: UUID = Field(primary_key=True)
    code: str = Field(primary_key=True)
    place: int
    title: str
    weight_percent: int


class ScreeningCheckRow(Base, table=True):
    """One rule of the fund, and whether the application meets it."""

    __tablename__ = "screening_check"
    __table_args__ = {"comment": "append-only: an application is screened once"}

    application_id: UUID = Field(primary_key=True)
    rule: str = Field(primary_key=True)
    place: int
    passed: bool
    explanation: str


class InterestRow(Base, table=True):
    """One person's declaration; its nature is personal and stays here."""

    __tablename__ = "interest"

    application_id: UUID = Field(primary_key=True)
    assessor_id: UUID = Field(primary_key=True)
    has_interest: bool
    nature: str | None = None


class ScoreRow(Base, table=True):
    """One assessor's score on one criterion; the database holds it to a declaration of no interest."""

    __tablename__ = "score"
    __table_args__ = {"comment": "append-only: a score once given stands"}

    application_id: UUID = Field(primary_key=True)
    assessor_id: UUID = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    score: int
    justification: str
    has_interest: bool = False


class DecisionRow(Base, table=True):
    """The one decision on an application."""

    __tablename__ = "decision"
    __table_args__ = {"comment": "append-only: a decision once made stands"}

    application_id: UUID = Field(primary_key=True)
    decided_by: UUID
    decided_on: date
    reasons: str
    award_id: UUID | None = None
    amount_pence: int | None = Field(default=None, sa_type=BigInteger)
    weighted_score: Decimal | None = None
    way_forward: str | None = None


class FundingRow(Base, table=True):
    """What the contributions service answered to an award; it may be known before the award is."""

    __tablename__ = "funding"

    application_id: UUID = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger)
    reserved_pence: int = Field(sa_type=BigInteger)
    shortfall_pence: int = Field(sa_type=BigInteger)
