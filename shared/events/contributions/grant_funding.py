"""The money of one grant."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Part


class Share(Part):
    """The part of a grant that one pot bears, in pence."""

    pot_id: UUID
    amount_pence: int
    undated: bool = False


class ShareChange(Part):
    """What a pot bears more of a grant than before, or below zero less, in pence."""

    pot_id: UUID
    change_pence: int
    undated: bool = False


class FundsReserved(Event):
    """Pots that may lawfully bear an award hold its money; the shares add up to the award."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "funds.reserved.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    award_id: UUID
    amount_pence: int
    decided_on: date
    shares: tuple[Share, ...]


class FundsRedrawn(Event):
    """An award that is not accepted yet is borne by other pots than before; `shares` are all its new ones."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "funds.redrawn.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    award_id: UUID
    amount_pence: int
    redrawn_on: date
    reason: str
    shares: tuple[Share, ...]
    changes: tuple[ShareChange, ...]


class FundsRefused(Event):
    """The pots that may lawfully bear an award do not hold enough; nothing is reserved."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "funds.refused.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    award_id: UUID
    requested_pence: int
    available_pence: int
    shortfall_pence: int


class FundsCommitted(Event):
    """The grant is accepted: its reserved shares are committed."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "funds.committed.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    amount_pence: int
    shares: tuple[Share, ...]


class FundsReleased(Event):
    """Money held for a grant went back to the pots it came from."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "funds.released.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    amount_pence: int
    reason: str
    shares: tuple[Share, ...]


class ClaimPayable(Event):
    """A verified claim may now be paid: finance can request the payment."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "claim.payable.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    claim_id: UUID
    amount_pence: int
    verified_on: date


class PaymentRequested(Event):
    """One person asked for a verified claim to be paid."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "payment.requested.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    payment_id: UUID
    claim_id: UUID
    amount_pence: int


class PaymentApproved(Event):
    """A second person approved the payment; the council's finance system may pay it."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "payment.approved.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    payment_id: UUID


class PaymentRefused(Event):
    """A payment was stopped before it was made: its money is committed again, and its claim payable again.

    The reason is written to be published: it names nobody.
    """

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "payment.refused.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    payment_id: UUID
    claim_id: UUID
    amount_pence: int
    refused_on: date
    reason: str


class PaymentMade(Event):
    """Finance paid: its voucher and date, and the shares of the pots that bore it."""

    topic: ClassVar[str] = "contributions.grant_funding"
    name: ClassVar[str] = "payment.made.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    payment_id: UUID
    claim_id: UUID
    amount_pence: int
    voucher: str
    paid_on: date
    shares: tuple[Share, ...]
