"""What the pages of refunds are told: refunds, and the pots whose deeds send money back; sums in pence."""

from datetime import date
from uuid import UUID

from services.portal.officer.books import Told


class Refund(Told):
    """A refund, how far it has come, and who did what; people are ids."""

    refund_id: UUID
    pot_id: UUID
    reference: str
    agreement: str
    amount_pence: int
    payee: str
    payee_reference: str | None
    reason: str
    state: str
    requested_by: str
    requested_on: date
    approved_by: str | None
    approved_on: date | None
    refused_by: str | None
    refused_on: date | None
    refusal_reason: str | None
    voucher: str | None
    returned_on: date | None

    def asked_for_by(self, person_id: UUID) -> bool:
        """Whether this person asked for it, and so may not approve it."""
        return self.requested_by == str(person_id)


class DuePot(Told):
    """A pot past its spend-by date with money that no grant holds."""

    pot_id: UUID
    reference: str
    agreement: str
    spend_by_on: date
    available_pence: int
    interest_pence: int
    refund_with_interest: bool | None
    refundable_pence: int
    held_unspent_pence: int


class Refunds(Told):
    """All refunds, and what is to be refunded."""

    refunds: tuple[Refund, ...]
    due: tuple[DuePot, ...]
