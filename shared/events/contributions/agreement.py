"""Agreements and what they secure."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


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
