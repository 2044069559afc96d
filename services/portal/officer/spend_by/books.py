"""What the page of pots at risk is told; sums in pence."""

from datetime import date
from uuid import UUID

from services.portal.officer.books import Told


class WantingAward(Told):
    """An award that was refused for want of money."""

    application_id: UUID
    reference: str | None
    requested_pence: int
    shortfall_pence: int
    decided_on: date


class AtRiskPot(Told):
    """A pot with unspent money near or past its date, and what it could still fund."""

    pot_id: UUID
    reference: str
    spend_by_on: date
    days_left: int
    within_months: int
    spend_by_counts: str | None
    unspent_pence: int
    available_pence: int
    purposes: tuple[str, ...]
    anywhere: bool
    wards: tuple[str, ...]
    recipients: tuple[str, ...]
    could_fund: tuple[WantingAward, ...]


class AtRisk(Told):
    """The pots at risk on a day, the earliest date first."""

    as_at: date
    months: int
    unspent_pence: int
    pots: tuple[AtRiskPot, ...]
