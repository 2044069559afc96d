"""What contributions tells of a sample."""

from datetime import date, datetime
from uuid import UUID

from services.portal.officer.books import Told


class SampleEntry(Told):
    """One entry of the ledger, in pence."""

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


class SampleDemand(Told):
    """A demand for the money of the pot's obligation, in pence."""

    reference: str
    issued_on: date
    due_on: date
    demanded_pence: int
    state: str
    issued_by: str


class SamplePot(Told):
    """A pot with its receipt, its obligation, its deed and every entry, in pence."""

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
    demands: tuple[SampleDemand, ...]
    entries: tuple[SampleEntry, ...]


class SampleShare(Told):
    """What a pot bears of an award, and what of it went back, in pence."""

    pot_id: UUID
    amount_pence: int
    released_pence: int


class SampleClaim(Told):
    """A verified claim and its payment, if there is one."""

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


class SampleGrant(Told):
    """A grant with the shares of its awards, its claims and payments."""

    application_id: UUID
    reference: str | None
    grantee: str | None
    accepted_on: date | None
    award_id: UUID | None
    state: str | None
    decided_on: date | None
    requested_pence: int | None
    shares: tuple[SampleShare, ...]
    claims: tuple[SampleClaim, ...]


class SampleEvent(Told):
    """An event that was recorded together with a drawn entry."""

    event_id: UUID
    type: str
    key: str
    occurred_at: datetime
    actor: str


class SampledEntry(Told):
    """A drawn entry, how often the draw fell on it, and the events recorded with it."""

    times: int
    entry: SampleEntry
    events: tuple[SampleEvent, ...]

    @property
    def file_name(self) -> str:
        """The page of the entry in the pack."""
        return f"entries/{self.entry.position:08}.html"


class Sample(Told):
    """What was drawn, from which population, and the pots and grants behind it."""

    organisation: str
    first_on: date
    last_on: date
    count: int
    method: str
    seed: str
    population_entries: int
    population_pence: int
    sampled_pence: int
    entries: tuple[SampledEntry, ...]
    pots: tuple[SamplePot, ...]
    grants: tuple[SampleGrant, ...]

    def pot_of(self, entry: SampleEntry) -> SamplePot:
        """The pot that an entry moved."""
        return next(pot for pot in self.pots if pot.pot_id == entry.pot_id)

    def grant_of(self, entry: SampleEntry) -> SampleGrant | None:
        """The grant that an entry was for, if any."""
        return next((grant for grant in self.grants if grant.application_id == entry.application_id), None)
