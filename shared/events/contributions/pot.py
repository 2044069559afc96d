"""Pots of received money."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from shared.events.base import Event


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


class ReceiptReversed(Event):
    """A receipt that was recorded by mistake is taken back out of its pot; the reason is for everybody."""

    topic: ClassVar[str] = "contributions.pot"
    name: ClassVar[str] = "receipt.reversed.v1"
    key_field: ClassVar[str] = "pot_id"

    pot_id: UUID
    amount_pence: int
    reversed_on: date
    reason: str
