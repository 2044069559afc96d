"""A sample as it is told: each drawn entry, and what stands behind it, from the deed to the voucher."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.contributions.domain.samples.drawing import Method


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the ledger, in pence; the actor is a person's opaque id or a service."""

    position: int
    movement_id: UUID
    kind: str
    pot_id: UUID
    account: str
    amount_pence: int
    party: str | None
    application_id: UUID | None
    happened_on: date | None
    booked_on: date
    recorded_at: datetime
    cause: str
    cause_id: UUID
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleDemand:
    """A demand for the money of the pot's obligation, in pence; who issued it is an opaque id."""

    reference: str
    issued_on: date
    due_on: date
    demanded_pence: int
    state: str
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePot:
    """A pot with its receipt, its obligation, the deed that this stands in, and every entry, in pence."""

    pot_id: UUID
    opened_by: str
    received_on: date | None
    spend_by_on: date | None
    received_pence: int
    available_pence: int
    paid_pence: int
    returned_pence: int
    reference: str
    purpose: str | None
    amount_pence: int | None
    trigger: str
    trigger_met_on: date | None
    agreement: str
    name: str
    kind: str | None
    deed_on: date | None
    planning_application: str
    document_url: str | None
    demands: list[SampleDemand]
    entries: list[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleShare:
    """What a pot bears of an award, and what of it went back, in pence."""

    pot_id: UUID
    amount_pence: int
    released_pence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleClaim:
    """A verified claim and its payment, if there is one, with finance's voucher; people are opaque ids."""

    claim_id: UUID
    milestone: str
    amount_pence: int
    verified_on: date
    state: str
    payment_id: UUID | None
    payment_state: str | None
    requested_by: str | None
    requested_on: date | None
    approved_by: str | None
    approved_on: date | None
    voucher: str | None
    paid_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleGrant:
    """A grant: its award in force, the shares of all its awards, its claims and payments."""

    application_id: UUID
    reference: str | None
    grantee: str | None
    accepted_on: date | None
    award_id: UUID | None
    state: str | None
    decided_on: date | None
    requested_pence: int | None
    shares: list[SampleShare]
    claims: list[SampleClaim]


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleEvent:
    """An event that was recorded together with a drawn entry."""

    event_id: UUID
    type: str
    key: str
    occurred_at: datetime
    actor: str
    correlation_id: UUID
    causation_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledEntry:
    """A drawn entry, how often the draw fell on it, and the events that were recorded with it."""

    times: int
    entry: Entry
    events: list[SampleEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was drawn, from which population, and the pots and grants behind it: enough to draw it again."""

    organisation: str
    first_on: date
    last_on: date
    count: int
    method: Method
    seed: str
    population_entries: int
    population_pence: int
    sampled_pence: int
    entries: list[SampledEntry]
    pots: list[SamplePot]
    grants: list[SampleGrant]
