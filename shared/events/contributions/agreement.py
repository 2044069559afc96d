"""Agreements and what they secure."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event


class AgreementRecorded(Event):
    """A section 106 agreement or undertaking stands in the register.

    The ward is that of the named edition; a developer is told only where it is an organisation.
    """

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
    ward: str | None = None
    ward_edition: str | None = None
    developer: str | None = None


class AgreementCorrected(AgreementRecorded):
    """A mistake in what was recorded of an agreement is put right; all of it is told again."""

    name: ClassVar[str] = "agreement.corrected.v1"

    correction_id: UUID


class AgreementVaried(AgreementRecorded):
    """A deed of variation made a new version of an agreement; all of it is told again.

    `deed_on` and `document_url` stay those of the first deed; the version before ended on the day before
    `varied_on`.
    """

    name: ClassVar[str] = "agreement.varied.v1"

    variation_id: UUID
    deed_version: int
    varied_on: date
    variation_url: str | None
    summary: str


class PayeeNamed(Event):
    """Somebody is to be refunded what is not spent in time; who it is stays with the register."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "payee.named.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    payee_id: UUID


class PayeeRemoved(Event):
    """Somebody is no longer to be refunded."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "payee.removed.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    payee_id: UUID


class PeopleErased(Event):
    """The names of people were erased from an agreement: its developer's, and those of removed payees."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "agreement.people_erased.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID


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


class ObligationCorrected(ObligationRecorded):
    """A mistake in what was recorded of an obligation is put right; all of it is told again."""

    name: ClassVar[str] = "obligation.corrected.v1"

    correction_id: UUID


class ObligationVaried(ObligationRecorded):
    """A deed of variation changed the terms of an obligation; all of them are told again."""

    name: ClassVar[str] = "obligation.varied.v1"

    variation_id: UUID
    varied_on: date


class ObligationSecured(Event):
    """The trigger of an obligation is met: the developer must now pay."""

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "obligation.secured.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    obligation_id: UUID
    trigger_met_on: date


class SpendingTermsStated(Event):
    """What the deed says about spending: what counts at the spend-by date, and who alone may be granted it.

    `spend_by_counts` is spent or committed; no recipients means any kind of organisation.
    """

    topic: ClassVar[str] = "contributions.agreement"
    name: ClassVar[str] = "obligation.spending_stated.v1"
    key_field: ClassVar[str] = "agreement_id"

    agreement_id: UUID
    obligation_id: UUID
    spend_by_counts: str
    refund_with_interest: bool
    recipients: tuple[str, ...]
