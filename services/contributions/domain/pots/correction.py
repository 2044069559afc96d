"""A balance that was taken over from another system turns out to be less."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """By how much the balance of an imported pot is less, in pence; the reason is for everybody.

    `version` counts the facts published about the pot, this one included.
    """

    id: UUID
    pot_id: UUID
    version: int
    amount_pence: int
    corrected_on: date
    reason: str
