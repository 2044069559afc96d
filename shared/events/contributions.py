"""What the contributions service publishes: agreements, pots and the funding of grants."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from shared.events.base import Event, Part


class AgreementRecorded(Event):
    """A section 106 agreement or undertaking stands in the register."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "agreement.recorded.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    organisation: str
    reference: str
    planning_application: str
    kind: str
    deed_on: date | None
    document_url: str | None


class ObligationRecorded(Event):
    """A clause of an agreement secures a sum for a purpose, once its trigger is met."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "obligation.recorded.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    obligation_id: UUID
    reference: str
    purpose: str
    amount_pence: int
    spend_by_months: int | None
    wards: tuple[str, ...]
    trigger: str


class ObligationSecured(Event):
    """The trigger of an obligation is met: the developer must now pay."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "obligation.secured.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    obligation_id: UUID
    trigger_met_on: date


class PotOpened(Event):
    """Money was received and may be granted: a pot with its own restrictions and spend-by date.

    `opened_by` tells a recorded receipt from the balance that an import of the open data left.
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


class Share(Part):
    """The part of a grant that one pot bears, in pence."""

    pot_id: UUID
    amount_pence: int
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
