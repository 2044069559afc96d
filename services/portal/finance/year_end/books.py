"""What contributions tells of the end of a financial year."""

from datetime import date
from uuid import UUID

from services.portal.officer.books import Told


class TrialLine(Told):
    """An account in pence: before the year, in it, and at its end; credits are below zero."""

    account: str
    before_pence: int
    year_pence: int
    total_pence: int


class InAdvance(Told):
    """A pot with money that was received and not spent, in pence."""

    pot_id: UUID
    reference: str
    received_on: date | None
    spend_by_on: date | None
    received_pence: int
    gone_pence: int
    amount_pence: int


class Accrued(Told):
    """An obligation that is secured and has not wholly come, in pence."""

    agreement_id: UUID
    agreement_reference: str
    reference: str
    trigger_met_on: date
    secured_pence: int
    received_pence: int
    amount_pence: int


class HeldForGrant(Told):
    """What was held for a grant, in pence."""

    application_id: UUID
    reference: str | None
    grantee: str | None
    reserved_pence: int
    committed_pence: int
    on_the_way_pence: int


class Returned(Told):
    """Money that went back to a developer, in pence."""

    pot_id: UUID
    reference: str
    booked_on: date
    party: str | None
    amount_pence: int


class YearEnd(Told):
    """A financial year: the trial balance, and the lists behind each figure."""

    organisation: str
    first_on: date
    last_on: date
    closed_by: str | None
    total_pence: int
    trial_balance: tuple[TrialLine, ...]
    in_advance_pence: int
    in_advance: tuple[InAdvance, ...]
    accrued_pence: int
    accrued: tuple[Accrued, ...]
    reserved_pence: int
    committed_pence: int
    on_the_way_pence: int
    grants: tuple[HeldForGrant, ...]
    returned_pence: int
    returned: tuple[Returned, ...]
