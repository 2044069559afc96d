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
    """A clause of an agreement secures a sum for a purpose, once its trigger is met.

    Of a clause that falls due in tranches each is an obligation; `trigger_kind` and its threshold say what
    the trigger's words wait for; `calculation_id` leads to how the clause's sum was worked out.
    """

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
    trigger_kind: str | None = None
    trigger_dwelling: int | None = None
    trigger_percent: int | None = None
    trigger_on: date | None = None
    clause: str | None = None
    tranche_number: int | None = None
    tranche_count: int | None = None
    calculation_id: UUID | None = None


class ObligationSecured(Event):
    """The trigger of an obligation is met: the developer must now pay."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "obligation.secured.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    obligation_id: UUID
    trigger_met_on: date
