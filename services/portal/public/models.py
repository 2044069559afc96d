"""What the register and the trace show: the same for the page and for programs. Pence, kWh and kgCO2e."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from services.portal.public.rows import Row

M = TypeVar("M")


def made(kind: type[M], row: Row, **more: Any) -> M:
    """A model from the columns of its fields' names."""
    names = _names(kind)  # type: ignore[arg-type] # mypy doubts that a class can be the key of a cache
    return kind(**{name: row[name] for name in names if name not in more}, **more)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.init)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pot:
    """Money received, and what has become of it.

    Received and interest together equal available, reserved, committed, paid, refunding and returned. Nothing
    counts as received where the receipt was reversed: `reversed_pence` is what had been recorded by mistake.
    """

    pot_id: UUID
    agreement_id: UUID
    obligation_id: UUID
    organisation: str
    reference: str
    purpose: str
    wards: list[str]
    received_on: date | None
    spend_by_on: date | None
    opened_by: str
    received_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    paid_pence: int
    interest_pence: int
    refunding_pence: int
    returned_pence: int
    reversed_pence: int
    standing: str | None = None
    pool: str | None = None
    as_at_on: date | None = None
    records_begin_on: date | None = None
    kept_before_in: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PotAct:
    """What happened to a pot apart from grants: a reversal, a refund, interest or a later spend-by date."""

    kind: str
    amount_pence: int | None
    happened_on: date | None
    reason: str | None
    voucher: str | None
    spend_by_on: date | None
    document_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A deed that varied an agreement from its own day on, and in words what it changed."""

    agreement_id: UUID
    varied_on: date
    variation_url: str | None
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The deed as it stands, with the deeds that varied it; its facts are None while only its id is known.

    A developer is named only where it is an organisation.
    """

    agreement_id: UUID
    reference: str | None
    planning_application: str | None
    kind: str | None
    deed_on: date | None
    document_url: str | None
    ward: str | None
    ward_edition: str | None
    developer: str | None
    variations: list[Variation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What the developer was asked to pay, and how the deed's sum became it, step by step in words."""

    reference: str
    issued_on: date
    due_on: date
    base_pence: int
    demanded_pence: int
    working: list[str]
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """The clause of the deed."""

    obligation_id: UUID
    reference: str | None
    purpose: str | None
    amount_pence: int | None
    spend_by_months: int | None
    wards: list[str] | None
    trigger: str | None
    trigger_met_on: date | None
    spend_by_counts: str | None
    refund_with_interest: bool | None
    recipients: list[str] | None
    demand: Demand | None = None
    clause: str | None
    tranche_number: int | None
    tranche_count: int | None
    calculation_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationStep:
    """One step that anybody can check: the rule in words, the same in figures, and the result.

    A check changes no sum: `met` says whether it holds, None where it could not be made.
    """

    label: str
    formula: str
    working: str
    result: str
    check: bool
    met: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculation:
    """How the sum of a clause was worked out, and the policy and statement that it rests on."""

    calculation_id: UUID
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
    amount_pence: int
    due_pence: int
    fee_pence: int
    steps: list[CalculationStep]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One grant as the register lists it; `promise_` is a year's saving, frozen when it was accepted."""

    application_id: UUID
    reference: str | None
    organisation_name: str | None
    building_name: str | None
    ward: str | None
    status: str
    awarded_on: date | None
    award_reasons: str | None
    accepted_on: date | None
    completed_on: date | None
    awarded_pence: int | None
    granted_pence: int
    reserved_pence: int
    committed_pence: int
    paid_pence: int
    promise_kwh: Decimal | None
    promise_kg_co2e: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one pot bears of one grant."""

    application_id: UUID
    pot_id: UUID
    undated: bool
    granted_pence: int
    reserved_pence: int
    committed_pence: int
    paid_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """A payment of a claim, from one pot where `pot_id` is given: `amount_pence` is that pot's part."""

    application_id: UUID
    payment_id: UUID
    pot_id: UUID
    amount_pence: int
    payment_pence: int
    voucher: str | None
    paid_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A claim, and how far it has come."""

    claim_id: UUID
    milestone: str | None
    claimed_pence: int | None
    claimed_on: date | None
    verified_pence: int | None
    verified_on: date | None
    paid_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One kind of works, and the saving a year that was promised of it."""

    application_id: UUID
    measure_id: UUID
    kind: str
    fuel: str
    lifetime_years: int
    promised_kwh: Decimal
    promised_kg_co2e: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """What a building saved in a period [start, end), verified, with its total band."""

    application_id: UUID
    saving_id: UUID
    basis: str
    period_start: date
    period_end: date
    avoided_kwh: Decimal
    counterfactual_kwh: Decimal
    model_band_kwh: Decimal
    total_band_kwh: Decimal
    saved_kg_co2e: Decimal
    total_band_kg_co2e: Decimal
    confidence_percent: int
    distinguishable: bool
    said: str
    factor_edition: str
    verified_on: date
    temperatures_generated: bool

    @property
    def last_on(self) -> date:
        """The last day that was measured."""
        return self.period_end - timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributedSaving:
    """A verified saving, and the part ascribed to one pot."""

    saving: Saving
    attributed_kg_co2e: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedTotal:
    """Verified kilograms of one basis; bases are never added to one another."""

    basis: str
    projects: int
    saved_kg_co2e: Decimal
    distinguishable_kg_co2e: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PotGrant:
    """One grant that a pot bears a share of, down to its kilograms."""

    grant: Grant
    share: Share
    payments: list[Payment]
    measures: list[Measure]
    attributed_promise_kg_co2e: Decimal
    savings: list[AttributedSaving]


@dataclass(frozen=True, slots=True, kw_only=True)
class PotTrace:
    """From the money of one pot to the kilograms it helped to save."""

    as_of: datetime | None
    pot: Pot
    agreement: Agreement | None
    obligation: Obligation | None
    calculation: Calculation | None
    acts: list[PotAct]
    grants: list[PotGrant]
    attributed_promise_kg_co2e: Decimal
    attributed_verified: list[VerifiedTotal]
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One pot behind a grant, back to the clause of the deed; its facts are None until they have come."""

    share: Share
    pot: Pot | None
    agreement: Agreement | None
    obligation: Obligation | None
    payments: list[Payment]
    attributed_promise_kg_co2e: Decimal
    savings: list[AttributedSaving]


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """Whether the project's meters cover every fuel that the works touch, and why the team says so."""

    complete: bool
    reason: str | None
    fuels: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTrace:
    """From one project back to the clauses that secured its money, and on to what it saved."""

    as_of: datetime | None
    grant: Grant
    sources: list[Source]
    claims: list[Claim]
    measures: list[Measure]
    boundary: Boundary | None
    savings: list[Saving]
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundTotals:
    """What the fund holds and what it did; the promise is a year's saving of the accepted grants."""

    as_of: datetime | None
    pots: int
    grants: int
    received_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    paid_pence: int
    interest_pence: int
    refunding_pence: int
    returned_pence: int
    promised_kg_co2e: Decimal
    verified: list[VerifiedTotal]
