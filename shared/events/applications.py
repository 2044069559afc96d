"""What the applications service publishes: funds, applications, offers and claims."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from shared.events.base import Event, Part


class Criterion(Part):
    """One thing assessors score, with its weight in per cent."""

    code: str
    title: str
    weight_percent: int


class FundTerms(Part):
    """The policy of a fund as it stood when an application was submitted under it.

    `organisation` and `purposes` say whose pots, and of which purpose codes, it may draw on.
    """

    fund_id: UUID
    name: str
    organisation: str
    purposes: tuple[str, ...]
    wards: tuple[str, ...]
    organisation_kinds: tuple[str, ...]
    measure_kinds: tuple[str, ...]
    grant_percent_limit: int
    maximum_grant_pence: int
    minimum_quotes: int
    criteria: tuple[Criterion, ...]


class FundOpened(Event):
    """A fund takes applications under these terms."""

    topic: ClassVar[str] = "applications.fund"
    name: ClassVar[str] = "fund.opened.v1"
    key_field: ClassVar[str] = "fund_id"

    fund_id: UUID
    opens_on: date
    terms: FundTerms


class Building(Part):
    """The building to be improved; a UPRN or a point places it."""

    name: str
    address: str
    ward: str
    use: str
    uprn: str | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None


class Measure(Part):
    """One kind of works, and the saving that the application works out for it (kWh and kgCO2e a year).

    The promise is net of what the works themselves will use, such as a heat pump's electricity (`added_kwh`).
    """

    measure_id: UUID
    kind: str
    fuel: str
    lifetime_years: int
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    added_fuel: str | None = None
    added_kwh: Decimal | None = None


class AnnualEnergy(Part):
    """Twelve months of one fuel before the works, in kWh."""

    fuel: str
    period_start: date
    period_end: date
    kwh: Decimal


class ApplicationSubmitted(Event):
    """An organisation has asked the fund for money; assessment may begin.

    `people` are the opaque ids of those who act for the applicant: none of them may assess it.
    """

    topic: ClassVar[str] = "applications.application"
    name: ClassVar[str] = "application.submitted.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    reference: str
    fund: FundTerms
    organisation_id: UUID
    organisation_name: str
    organisation_kind: str
    people: tuple[UUID, ...]
    building: Building
    measures: tuple[Measure, ...]
    energy: tuple[AnnualEnergy, ...]
    energy_missing: bool
    total_cost_pence: int
    eligible_cost_pence: int
    match_funding_pence: int
    requested_pence: int
    quotes: int
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    factor_edition: str
    submitted_on: date


class OfferMade(Event):
    """The money is reserved, so the applicant is offered the grant."""

    topic: ClassVar[str] = "applications.application"
    name: ClassVar[str] = "offer.made.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    award_id: UUID
    amount_pence: int
    decided_on: date


class OfferAccepted(Event):
    """The applicant accepted the grant; its energy figures are frozen as the promise to be measured."""

    topic: ClassVar[str] = "applications.application"
    name: ClassVar[str] = "offer.accepted.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    award_id: UUID
    reference: str
    amount_pence: int
    accepted_on: date
    organisation_id: UUID
    organisation_name: str
    people: tuple[UUID, ...]
    building: Building
    measures: tuple[Measure, ...]
    energy: tuple[AnnualEnergy, ...]
    promised_kwh: Decimal
    promised_kg_co2e: Decimal
    factor_edition: str


class OfferDeclined(Event):
    """The applicant turned the grant down; its money goes back."""

    topic: ClassVar[str] = "applications.application"
    name: ClassVar[str] = "offer.declined.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    award_id: UUID
    declined_on: date


class ClaimSubmitted(Event):
    """The grant holder claims part of the grant for works done, with evidence held by this service."""

    topic: ClassVar[str] = "applications.application"
    name: ClassVar[str] = "claim.submitted.v1"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    claim_id: UUID
    claimant_id: UUID
    milestone: str
    amount_pence: int
    claimed_on: date
    evidence_count: int
