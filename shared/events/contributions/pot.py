"""Pots of received money."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from shared.events.base import Event


class PotOpened(Event):
    """Money was received and may be granted: a pot with its own restrictions and spend-by date.

    `opened_by` tells a recorded receipt from a balance that was taken over: from the open data, or at the
    cut-over from another system. Of the latter `standing` says how sure it is, `pool` its name where no
    single deed explains it, `as_at_on` when it stood so; `records_begin_on` and `kept_before_in` say since
    when records here are complete, and what held them before.
    """

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "pot.opened.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    agreement_id: UUID
    obligation_id: UUID
    organisation: str
    reference: str
    purpose: str
    wards: tuple[str, ...]
    received_pence: int
    received_on: date | None
    spend_by_on: date | None
    opened_by: Literal["receipt", "import"]
    standing: Literal["reconciled", "unreconciled", "pooled"] | None = None
    pool: str | None = None
    as_at_on: date | None = None
    records_begin_on: date | None = None
    kept_before_in: str | None = None


class ReceiptReversed(Event):
    """A receipt that was recorded by mistake is taken back out of its pot; the reason is for everybody."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "receipt.reversed.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    amount_pence: int
    reversed_on: date
    reason: str


class RefundRequested(Event):
    """One person asked for unspent money to go back to whoever the deed names."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "refund.requested.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    refund_id: UUID
    amount_pence: int
    requested_on: date


class RefundApproved(Event):
    """A second person approved the refund; the council's finance system may make it."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "refund.approved.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    refund_id: UUID
    amount_pence: int
    approved_on: date


class RefundRefused(Event):
    """The refund was stopped before the money left: it is available again."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "refund.refused.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    refund_id: UUID
    amount_pence: int
    refused_on: date


class RefundMade(Event):
    """Finance sent the money back, under its voucher, on a day."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "refund.made.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    refund_id: UUID
    amount_pence: int
    voucher: str
    returned_on: date


class InterestShared(Event):
    """The pot was given its share of the interest that the fund's held money earned in a period."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "interest.shared.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    interest_id: UUID
    amount_pence: int
    period_start: date
    period_end: date
    shared_on: date


class SpendByExtended(Event):
    """A deed of variation allows the pot to be spent until a later date."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "pot.extended.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    spend_by_on: date
    deed_on: date
    document_url: str | None


class BalanceCorrected(Event):
    """A balance taken over from another system is less than was said; the reason is for everybody."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "balance.corrected.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    correction_id: UUID
    amount_pence: int
    corrected_on: date
    reason: str
