"""Builders of what the applications service publishes."""

from datetime import date
from decimal import Decimal
from typing import Any

from shared.carbon.quantities import Fuel
from shared.events import applications
from tests.support.events.ids import (
    APPLICATION_ID,
    AWARD_ID,
    BUNHILL,
    CLAIM_ID,
    EDITION,
    FUND_ID,
    GREEN,
    HILLRISE,
    ISLINGTON,
    MEASURE_ID,
    ORGANISATION_ID,
    REQUESTED_PENCE,
    made,
)
from tests.support.people import APPLICANT

CRITERIA = (
    applications.Criterion(code="carbon", title="Carbon saved for the money", weight_percent=50),
    applications.Criterion(code="community", title="Use by the community", weight_percent=30),
    applications.Criterion(code="delivery", title="Ready to begin", weight_percent=20),
)


def terms(**changes: Any) -> applications.FundTerms:
    return made(
        applications.FundTerms,
        changes,
        fund_id=FUND_ID,
        name="Carbon Offset Fund",
        organisation=ISLINGTON,
        purposes=(GREEN,),
        wards=(BUNHILL, HILLRISE),
        organisation_kinds=("charity", "parish_council", "school"),
        measure_kinds=("insulation", "heat_pump", "solar_pv", "lighting", "glazing"),
        grant_percent_limit=50,
        maximum_grant_pence=50_000_00,
        minimum_quotes=3,
        criteria=CRITERIA,
    )


def fund_opened(**changes: Any) -> applications.FundOpened:
    return made(applications.FundOpened, changes, fund_id=FUND_ID, opens_on=date(2019, 1, 1), terms=terms())


def building(**changes: Any) -> applications.Building:
    return made(
        applications.Building,
        changes,
        name="Old Street Community Hall",
        address="1 Invented Street, London",
        ward=BUNHILL,
        use="community hall",
        latitude=Decimal("51.5250"),
        longitude=Decimal("-0.0920"),
    )


def measure(**changes: Any) -> applications.Measure:
    return made(
        applications.Measure,
        changes,
        measure_id=MEASURE_ID,
        kind="insulation",
        fuel=Fuel.NATURAL_GAS,
        lifetime_years=30,
        promised_kwh=Decimal(12_000),
        promised_kg_co2e=Decimal("2206.20"),
    )


def annual_energy(**changes: Any) -> applications.AnnualEnergy:
    return made(
        applications.AnnualEnergy,
        changes,
        fuel=Fuel.NATURAL_GAS,
        period_start=date(2018, 9, 1),
        period_end=date(2019, 9, 1),
        kwh=Decimal(48_000),
    )


PROMISE = {
    "measures": (measure(),),
    "energy": (annual_energy(),),
    "promised_kwh": Decimal(12_000),
    "promised_kg_co2e": Decimal("2206.20"),
    "factor_edition": EDITION,
}
APPLICANTS = {
    "organisation_id": ORGANISATION_ID,
    "organisation_name": "Old Street Community Association",
    "people": (APPLICANT.id,),
}


def submitted(**changes: Any) -> applications.ApplicationSubmitted:
    return made(
        applications.ApplicationSubmitted,
        changes,
        **PROMISE,
        **APPLICANTS,
        application_id=APPLICATION_ID,
        reference="COF-2019-0001",
        fund=terms(),
        organisation_kind="charity",
        building=building(),
        energy_missing=False,
        total_cost_pence=64_000_00,
        eligible_cost_pence=60_000_00,
        match_funding_pence=34_000_00,
        requested_pence=REQUESTED_PENCE,
        quotes=3,
        submitted_on=date(2019, 10, 1),
    )


def offer_made(**changes: Any) -> applications.OfferMade:
    return made(
        applications.OfferMade,
        changes,
        application_id=APPLICATION_ID,
        award_id=AWARD_ID,
        amount_pence=REQUESTED_PENCE,
        decided_on=date(2019, 11, 14),
    )


def offer_accepted(**changes: Any) -> applications.OfferAccepted:
    return made(
        applications.OfferAccepted,
        changes,
        **PROMISE,
        **APPLICANTS,
        application_id=APPLICATION_ID,
        award_id=AWARD_ID,
        reference="COF-2019-0001",
        amount_pence=REQUESTED_PENCE,
        accepted_on=date(2019, 12, 2),
        building=building(),
    )


def offer_declined(**changes: Any) -> applications.OfferDeclined:
    return made(
        applications.OfferDeclined,
        changes,
        application_id=APPLICATION_ID,
        award_id=AWARD_ID,
        declined_on=date(2019, 12, 2),
    )


def claim_submitted(**changes: Any) -> applications.ClaimSubmitted:
    return made(
        applications.ClaimSubmitted,
        changes,
        application_id=APPLICATION_ID,
        claim_id=CLAIM_ID,
        claimant_id=APPLICANT.id,
        milestone="Roof insulated",
        amount_pence=REQUESTED_PENCE,
        claimed_on=date(2021, 3, 8),
        evidence_count=2,
    )
