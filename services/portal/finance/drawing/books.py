"""What the page of an award's pots is told; sums in pence."""

from datetime import date
from uuid import UUID

from services.portal.officer.books import Told


class DrawablePot(Told):
    """A lawful pot: what it could give at most, gives now and is proposed to give."""

    pot_id: UUID
    reference: str
    spend_by_on: date | None
    wards: tuple[str, ...]
    could_give_pence: int
    current_pence: int
    proposed_pence: int


class Drawing(Told):
    """An award with the pots that it may draw on, earliest spend-by first."""

    application_id: UUID
    award_id: UUID
    reference: str | None
    status: str
    amount_pence: int
    decided_on: date
    pots: tuple[DrawablePot, ...]
