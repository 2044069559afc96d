"""What the pages of interest are told; sums in pence."""

from datetime import date
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.officer.books import Told


class InterestShare(Told):
    """One pot's share, and its average balance in the period."""

    pot_id: UUID
    reference: str
    amount_pence: int
    average_pence: int


class InterestPreview(Told):
    """How interest would be shared out."""

    organisation: str
    period_start: date
    period_end: date
    amount_pence: int
    shares: tuple[InterestShare, ...]
    shares_digest: str


class InterestLine(Told):
    """Interest of a period that was shared out."""

    interest_id: UUID
    organisation: str
    period_start: date
    period_end: date
    amount_pence: int
    shared_on: date
    pots: int


class Interest(Told):
    """The same with each pot's share."""

    interest: InterestLine
    shares: tuple[InterestShare, ...]


Lines = TypeAdapter(list[InterestLine])
