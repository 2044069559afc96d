"""The portal's tables: sessions, and the read model that the owners' events fill.

Each owner writes its own columns only and remembers with them the sequence of the event they came from;
so the order in which the owners' events come does not matter, and a row may stand before its parent's.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

WORDS: Any = ARRAY(Text)


def _sequence() -> Any:
    """The number of the event that wrote the columns above it; none, as long as none did."""
    return Field(default=None, sa_type=BigInteger)


def _pence() -> Any:
    return Field(default=None, sa_type=BigInteger)


class Base(SQLModel, registry=registry()):
    """Tables of the portal service."""


class SignInSessionRow(Base, table=True):
    """One sign-in; the cookie holds the token, this row only its hash."""

    __tablename__ = "sign_in_session"
    token_hash: str = Field(primary_key=True)
    person_id: UUID
    started_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class ProgressRow(Base, table=True):
    """How far the read model is with one key of one topic."""

    __tablename__ = "progress"
    topic: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    sequence: int = Field(sa_type=BigInteger)
    occurred_at: datetime
    projected_at: datetime


class AgreementRow(Base, table=True):
    """A section 106 agreement (contributions)."""

    __tablename__ = "agreement"
    agreement_id: UUID = Field(primary_key=True)
    organisation: str | None
    reference: str | None
    planning_application: str | None
    kind: str | None
    deed_on: date | None
    document_url: str | None
    ward: str | None
    ward_edition: str | None
    developer: str | None
    sequence: int | None = _sequence()


class VariationRow(Base, table=True):
    """A deed of variation of an agreement (contributions)."""

    __tablename__ = "variation"
    variation_id: UUID = Field(primary_key=True)
    agreement_id: UUID
    deed_version: int
    varied_on: date
    variation_url: str | None
    summary: str
    sequence: int = Field(sa_type=BigInteger)


class ObligationRow(Base, table=True):
    """A clause of an agreement that secures a sum (contributions)."""

    __tablename__ = "obligation"
    obligation_id: UUID = Field(primary_key=True)
    agreement_id: UUID
    reference: str | None
    purpose: str | None
    amount_pence: int | None = _pence()
    spend_by_months: int | None
    wards: list[str] | None = Field(default=None, sa_type=WORDS)
    trigger: str | None
    clause: str | None
    tranche_number: int | None
    tranche_count: int | None
    calculation_id: UUID | None
    recorded_sequence: int | None = _sequence()
    trigger_met_on: date | None
    secured_sequence: int | None = _sequence()
    spend_by_counts: str | None
    refund_with_interest: bool | None
    recipients: list[str] | None = Field(default=None, sa_type=WORDS)
    spending_sequence: int | None = _sequence()


class DemandRow(Base, table=True):
    """What a developer was asked to pay under an obligation, and its working in words (contributions)."""

    __tablename__ = "demand"
    demand_id: UUID = Field(primary_key=True)
    agreement_id: UUID
    obligation_id: UUID
    reference: str | None
    issued_on: date | None
    due_on: date | None
    base_pence: int | None = _pence()
    demanded_pence: int | None = _pence()
    working: list[str] | None = Field(default=None, sa_type=WORDS)
    provisional: bool | None
    issued_sequence: int | None = _sequence()
    withdrawn_on: date | None
    withdrawn_sequence: int | None = _sequence()


class CalculationRow(Base, table=True):
    """How the sum of a clause was worked out (contributions); `steps` is JSON."""

    __tablename__ = "calculation"
    calculation_id: UUID = Field(primary_key=True)
    agreement_id: UUID
    clause: str
    policy_name: str | None
    policy_version: int | None
    policy_valid_from: date | None
    policy_source: str | None
    policy_source_url: str | None
    statement_reference: str | None
    statement_stage: str | None
    statement_approved_on: date | None
    rounding: str
    amount_pence: int = Field(sa_type=BigInteger)
    due_pence: int = Field(sa_type=BigInteger)
    fee_pence: int = Field(sa_type=BigInteger)
    steps: str
    sequence: int = Field(sa_type=BigInteger)


class PotRow(Base, table=True):
    """Money received, with its restrictions (contributions)."""

    __tablename__ = "pot"
    pot_id: UUID = Field(primary_key=True)
    agreement_id: UUID | None
    obligation_id: UUID | None
    organisation: str | None
    reference: str | None
    purpose: str | None
    wards: list[str] | None = Field(default=None, sa_type=WORDS)
    received_pence: int | None = _pence()
    received_on: date | None
    opened_by: str | None
    standing: str | None
    pool: str | None
    as_at_on: date | None
    records_begin_on: date | None
    kept_before_in: str | None
    sequence: int | None = _sequence()
    spend_by_on: date | None
    spend_by_sequence: int | None = _sequence()


class PotActRow(Base, table=True):
    """What one event did to one pot apart from grants (contributions); balances are added up from these."""

    __tablename__ = "pot_act"
    pot_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str
    amount_pence: int | None = _pence()
    happened_on: date | None
    reason: str | None
    voucher: str | None
    spend_by_on: date | None
    document_url: str | None


class FundMovementRow(Base, table=True):
    """What one event moved in one pot for one grant (contributions); balances are added up from these."""

    __tablename__ = "fund_movement"
    application_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    pot_id: UUID = Field(primary_key=True)
    kind: str
    amount_pence: int = Field(sa_type=BigInteger)
    undated: bool
    payment_id: UUID | None


class PaymentRow(Base, table=True):
    """A payment of a claim (contributions)."""

    __tablename__ = "payment"
    payment_id: UUID = Field(primary_key=True)
    application_id: UUID
    claim_id: UUID | None
    amount_pence: int | None = _pence()
    requested_sequence: int | None = _sequence()
    approved_sequence: int | None = _sequence()
    refused_on: date | None
    refusal_reason: str | None
    refused_sequence: int | None = _sequence()
    paid_pence: int | None = _pence()
    voucher: str | None
    paid_on: date | None
    made_sequence: int | None = _sequence()


class ClaimRow(Base, table=True):
    """A claim: submitted (applications), verified (monitoring), payable (contributions)."""

    __tablename__ = "claim"
    claim_id: UUID = Field(primary_key=True)
    application_id: UUID
    milestone: str | None
    claimed_pence: int | None = _pence()
    claimed_on: date | None
    evidence_count: int | None
    submitted_sequence: int | None = _sequence()
    verified_pence: int | None = _pence()
    verified_on: date | None
    verified_sequence: int | None = _sequence()
    payable_pence: int | None = _pence()
    payable_sequence: int | None = _sequence()


class FundRow(Base, table=True):
    """A fund that takes applications, and its terms (applications)."""

    __tablename__ = "fund"
    fund_id: UUID = Field(primary_key=True)
    name: str
    organisation: str
    purposes: list[str] = Field(sa_type=WORDS)
    wards: list[str] = Field(sa_type=WORDS)
    grant_percent_limit: int
    maximum_grant_pence: int = Field(sa_type=BigInteger)
    opens_on: date
    sequence: int = Field(sa_type=BigInteger)


class ApplicationRow(Base, table=True):
    """An application and the grant it became: four owners write it, each its own columns."""

    __tablename__ = "application"
    application_id: UUID = Field(primary_key=True)
    # What applications said when it was submitted.
    reference: str | None
    fund_id: UUID | None
    organisation_id: UUID | None
    organisation_name: str | None
    organisation_kind: str | None
    building_name: str | None
    building_use: str | None
    ward: str | None
    total_cost_pence: int | None = _pence()
    eligible_cost_pence: int | None = _pence()
    match_funding_pence: int | None = _pence()
    requested_pence: int | None = _pence()
    promised_kwh: Decimal | None
    promised_kg_co2e: Decimal | None
    factor_edition: str | None
    submitted_on: date | None
    submitted_sequence: int | None = _sequence()
    # Offered, accepted with its promise frozen, or turned down.
    offered_pence: int | None = _pence()
    offered_sequence: int | None = _sequence()
    accepted_on: date | None
    accepted_pence: int | None = _pence()
    accepted_promised_kwh: Decimal | None
    accepted_promised_kg_co2e: Decimal | None
    accepted_sequence: int | None = _sequence()
    offer_declined_on: date | None
    offer_declined_sequence: int | None = _sequence()
    # What assessment said of it.
    eligible: bool | None
    screened_sequence: int | None = _sequence()
    awarded_pence: int | None = _pence()
    awarded_on: date | None
    award_reasons: str | None
    weighted_score: Decimal | None
    awarded_sequence: int | None = _sequence()
    declined_on: date | None
    decline_reasons: str | None
    way_forward: str | None
    declined_sequence: int | None = _sequence()
    # What contributions said: money was moved for it, or the pots lacked some.
    funding_sequence: int | None = _sequence()
    shortfall_pence: int | None = _pence()
    shortfall_sequence: int | None = _sequence()
    # What monitoring said of the project.
    started_on: date | None
    started_sequence: int | None = _sequence()
    completed_on: date | None
    completed_sequence: int | None = _sequence()
    boundary_complete: bool | None
    boundary_reason: str | None
    boundary_fuels: list[str] | None = Field(default=None, sa_type=WORDS)
    boundary_sequence: int | None = _sequence()


class MeasureRow(Base, table=True):
    """One kind of works as an event named it (applications); those of the newest event hold."""

    __tablename__ = "measure"
    application_id: UUID = Field(primary_key=True)
    sequence: int = Field(primary_key=True, sa_type=BigInteger)
    measure_id: UUID = Field(primary_key=True)
    kind: str
    fuel: str
    lifetime_years: int
    promised_kwh: Decimal
    promised_kg_co2e: Decimal


class SavingRow(Base, table=True):
    """What a building saved in a period, verified (monitoring)."""

    __tablename__ = "saving"
    saving_id: UUID = Field(primary_key=True)
    application_id: UUID
    basis: str
    period_start: date
    period_end: date
    avoided_kwh: Decimal
    counterfactual_kwh: Decimal
    model_band_kwh: Decimal
    total_band_kwh: Decimal
    saved_kg_co2e: Decimal
    model_band_kg_co2e: Decimal
    total_band_kg_co2e: Decimal
    confidence_percent: int
    distinguishable: bool
    factor_edition: str
    verified_on: date
    temperatures_generated: bool
    sequence: int = Field(sa_type=BigInteger)


class SavingMeterRow(Base, table=True):
    """One meter's part of a verified saving (monitoring)."""

    __tablename__ = "saving_meter"
    saving_id: UUID = Field(primary_key=True)
    meter_id: UUID = Field(primary_key=True)
    fuel: str
    counterfactual_kwh: Decimal
    observed_kwh: Decimal
    avoided_kwh: Decimal
    model_band_kwh: Decimal
    total_band_kwh: Decimal
    factor_kg_co2e_per_kwh: Decimal
    saved_kg_co2e: Decimal
    sequence: int = Field(sa_type=BigInteger)
