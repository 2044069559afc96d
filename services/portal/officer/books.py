"""What the officers' and finance's pages are told by the services that keep the books."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, TypeAdapter

from shared.errors import NotFound
from shared.events.applications import FundTerms
from shared.messaging.unit_of_work import LOCAL_ZONE


class Told(BaseModel):
    """An answer of a service; what a page does not show is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Balances(Told):
    """Where money is, in pence; received and interest equal the sum of the others."""

    received_pence: int
    interest_pence: int
    available_pence: int
    reserved_pence: int
    committed_pence: int
    payment_requested_pence: int
    payment_approved_pence: int
    paid_pence: int
    refund_requested_pence: int
    refund_approved_pence: int
    returned_pence: int

    @property
    def refunding_pence(self) -> int:
        """What is on its way back to a developer: a refund asked for, or approved."""
        return self.refund_requested_pence + self.refund_approved_pence

    @property
    def bound_pence(self) -> int:
        """What accepted grants will still be paid: committed, asked for, or approved."""
        return self.committed_pence + self.payment_requested_pence + self.payment_approved_pence


class Pot(Balances):
    """Money received, its limits, and where it is now."""

    pot_id: UUID
    agreement_id: UUID
    obligation_id: UUID
    organisation: str
    reference: str
    purpose: str | None
    wards: tuple[str, ...]
    received_on: date | None
    spend_by_on: date | None
    opened_by: str
    reversed_on: date | None
    spend_by_counts: str | None
    refund_with_interest: bool | None
    recipients: tuple[str, ...]

    @property
    def refundable_pence(self) -> int:
        """What can be refunded: all that is available, without interest where the deed says so."""
        kept_pence = self.interest_pence if self.refund_with_interest is False else 0
        return max(self.available_pence - kept_pence, 0)

    @property
    def is_past(self) -> bool:
        """Whether its spend-by date has passed."""
        return self.spend_by_on is not None and self.spend_by_on < datetime.now(LOCAL_ZONE).date()


class Pots(Told):
    """Pots, the earliest spend-by date first and those without one last."""

    pots: tuple[Pot, ...]


class Entry(Told):
    """One movement of a pot's money, and what was available, held, paid and returned after it, in pence."""

    happened_on: date | None
    recorded_at: datetime
    kind: str
    party: str | None
    application_id: UUID | None
    amount_pence: int
    available_pence: int
    held_pence: int
    paid_pence: int
    returned_pence: int


class Reversal(Told):
    """When and why a receipt was taken back, in pence."""

    amount_pence: int
    reversed_on: date
    reason: str


class RefundLine(Told):
    """A refund of a pot, in pence."""

    refund_id: UUID
    amount_pence: int
    state: str
    requested_on: date


class Extension(Told):
    """A later spend-by date and the deed of variation that gave it."""

    spend_by_before: date
    spend_by_on: date
    deed_on: date
    document_url: str | None


class PotStatement(Told):
    """A pot with its entries, the oldest first."""

    pot: Pot
    entries: tuple[Entry, ...]
    reversal: Reversal | None
    refunds: tuple[RefundLine, ...]
    extensions: tuple[Extension, ...]


class Obligation(Told):
    """What a clause secures, what came of it and what is still owed, in pence."""

    obligation_id: UUID
    reference: str
    purpose: str | None
    amount_pence: int | None
    spend_by_months: int | None
    wards: tuple[str, ...]
    trigger: str
    trigger_met_on: date | None
    spend_by_counts: str | None
    refund_with_interest: bool | None
    recipients: tuple[str, ...]
    received_pence: int
    outstanding_pence: int | None
    exception: str | None
    tranche_number: int | None
    tranche_count: int | None
    calculation_id: UUID | None
    pot_ids: tuple[UUID, ...]
    demand_id: UUID | None
    demanded_pence: int | None


class Variation(Told):
    """A deed of variation, and the version of the agreement that it made."""

    variation_id: UUID
    deed_version: int
    deed_on: date
    document_url: str | None
    summary: str


class Payee(Told):
    """Who is refunded what is not spent in time; no name once it is erased."""

    payee_id: UUID
    name: str | None
    reference: str | None
    removed_at: datetime | None


class Agreement(Told):
    """An agreement with its obligations; one that is asked for alone also with its deeds and payees."""

    agreement_id: UUID
    organisation: str
    reference: str
    name: str
    planning_application: str
    kind: str | None
    deed_on: date | None
    document_url: str | None
    site_address: str | None
    ward: str | None
    ward_name: str | None
    ward_edition: str | None
    developer: str | None
    developer_is_organisation: bool
    deed_version: int
    varied_on: date | None
    state: str
    sequence: int
    variations: tuple[Variation, ...] = ()
    payees: tuple[Payee, ...] = ()
    obligations: tuple[Obligation, ...]

    @property
    def secured_pence(self) -> int:
        """What its obligations secure together, as far as their sums are known."""
        return sum(each.amount_pence or 0 for each in self.obligations)

    @property
    def received_pence(self) -> int:
        """What was received of it."""
        return sum(each.received_pence for each in self.obligations)

    def obligation(self, obligation_id: UUID) -> Obligation:
        """The obligation of that id, or NotFound."""
        for obligation in self.obligations:
            if obligation.obligation_id == obligation_id:
                return obligation
        raise NotFound(
            "obligation.not_found",
            f"Agreement {self.reference} has no such obligation. Choose one from its page.",
        )


class Agreements(Told):
    """Some agreements in the order of their references; the cursor leads to the next ones."""

    agreements: tuple[Agreement, ...]
    next_cursor: UUID | None


class RowNote(Told):
    """One remark on one field of a reported row."""

    field: str
    reported: str
    message: str


class ReportedRow(Told):
    """What became of one row of a file; row 1 is the file's header."""

    file: str
    row: int
    reference: str
    outcome: str
    notes: tuple[RowNote, ...]


class ImportSummary(Told):
    """What an import brought; counts and sums, in pence, are of rows that were new, outcomes of all."""

    changes_nothing: bool
    outcomes: dict[str, int]
    agreements: int
    contributions: int
    transactions: int
    secured_pence: int
    received_pence: int
    allocated_pence: int
    transferred_pence: int
    spent_pence: int
    returned_pence: int
    pots: int
    pots_pence: int
    exceptions: int
    exceptions_pence: int


class ImportReport(Told):
    """An import: what it changed, and its rows, the gravest first."""

    import_id: UUID
    imported_at: datetime
    summary: ImportSummary
    rows: tuple[ReportedRow, ...]

    @property
    def doubtful(self) -> tuple[ReportedRow, ...]:
        """The rows that were refused or taken with a warning."""
        return tuple(row for row in self.rows if row.outcome in {"refused", "warned"})


class Excepted(Told):
    """Something that waits for an officer: the sum in pence, why, and what to do."""

    kind: str
    organisation: str
    agreement_id: UUID | None
    reference: str
    application_id: UUID | None
    amount_pence: int
    reason: str


class Account(Told):
    """One account of the ledger, and the sum of its entries in pence: credits are below zero."""

    account: str
    total_pence: int


class Difference(Told):
    """A pot's balance that is not the sum of its entries, in pence."""

    pot_id: UUID
    reference: str
    account: str
    balance_pence: int
    entries_pence: int


class ClosedDifference(Told):
    """A closed period that does not say any more what it said at its close, in pence."""

    organisation: str
    kind: str
    first_on: date
    account: str
    closed_pence: int
    entries_pence: int


class TrialBalance(Balances):
    """All accounts of the ledger; they add up to zero, and each balance is the sum of its entries."""

    balanced: bool
    total_pence: int
    unbalanced_movements: int
    accounts: tuple[Account, ...]
    differences: tuple[Difference, ...]
    closed_differences: tuple[ClosedDifference, ...]
    pots: tuple[Pot, ...]


class Fund(Told):
    """A fund, and the terms it takes applications under."""

    fund_id: UUID
    opens_on: date
    terms: FundTerms


Exceptions = TypeAdapter(list[Excepted])
Funds = TypeAdapter(list[Fund])
