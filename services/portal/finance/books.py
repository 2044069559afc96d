"""What finance's pages are told: verified claims, and how far each payment has come."""

from datetime import date
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told
from shared.errors import NotFound


class Claim(Told):
    """A verified claim that nobody has asked to be paid yet, in pence."""

    claim_id: UUID
    application_id: UUID
    reference: str | None
    grantee: str | None
    milestone: str
    amount_pence: int
    verified_on: date


class PaidShare(Told):
    """What one pot bears of a payment, in pence."""

    pot_id: UUID
    amount_pence: int


class Payment(Claim):
    """A payment, how far it has come, and who did what; people are ids."""

    payment_id: UUID
    state: str
    requested_by: str
    requested_on: date
    approved_by: str | None
    approved_on: date | None
    refused_by: str | None
    refused_on: date | None
    refusal_reason: str | None
    voucher: str | None
    paid_on: date | None
    shares: tuple[PaidShare, ...]

    def asked_for_by(self, person_id: UUID) -> bool:
        """Whether this person asked for it, and so may not approve it."""
        return self.requested_by == str(person_id)

    def may_be_refused_by(self, person_id: UUID) -> bool:
        """Whoever asked may take a request back; what was approved only somebody else may stop."""
        if self.state == "approved":
            return not self.asked_for_by(person_id)
        return self.state == "requested"


class Share(Told):
    """A pot that bears a part of a grant."""

    pot_id: UUID
    reference: str
    spend_by_on: date | None


class Funding(Told):
    """The pots of one grant."""

    shares: tuple[Share, ...]


Claims = TypeAdapter(list[Claim])
Payments = TypeAdapter(list[Payment])


def find_claim(claims: list[Claim], claim_id: UUID) -> Claim:
    """The claim that waits to be paid, or NotFound where it was asked for already."""
    for claim in claims:
        if claim.claim_id == claim_id:
            return claim
    message = "This claim does not wait for a request any more. Look for its payment in the list."
    raise NotFound("claim.not_waiting", message)


def find_payment(payments: list[Payment], payment_id: UUID) -> Payment:
    """The payment of that id, or NotFound."""
    for payment in payments:
        if payment.payment_id == payment_id:
            return payment
    raise NotFound("payment.not_found", "There is no such payment. Choose one from the list.")
