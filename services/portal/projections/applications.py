"""What the read model keeps of the applications service: what was asked, promised, offered and claimed."""

from collections.abc import Iterable
from functools import singledispatch

from services.portal.projections.columns import Columns, Values
from services.portal.projections.projecting import Rows, fact
from services.portal.tables import ApplicationRow, ClaimRow, FundRow, MeasureRow
from shared.events.applications import (
    ApplicationSubmitted,
    ClaimSubmitted,
    FundOpened,
    OfferAccepted,
    OfferDeclined,
    OfferMade,
)

EVENTS = (FundOpened, ApplicationSubmitted, OfferMade, OfferAccepted, OfferDeclined, ClaimSubmitted)

FUND = Columns(
    FundRow,
    (
        "name",
        "organisation",
        "purposes",
        "wards",
        "grant_percent_limit",
        "maximum_grant_pence",
        "opens_on",
    ),
)
SUBMITTED = Columns(
    ApplicationRow,
    (
        "reference",
        "fund_id",
        "organisation_id",
        "organisation_name",
        "organisation_kind",
        "building_name",
        "building_use",
        "ward",
        "total_cost_pence",
        "eligible_cost_pence",
        "match_funding_pence",
        "requested_pence",
        "promised_kwh",
        "promised_kg_co2e",
        "factor_edition",
        "submitted_on",
    ),
    "submitted_sequence",
)
OFFERED = Columns(ApplicationRow, ("offered_pence",), "offered_sequence")
ACCEPTED = Columns(
    ApplicationRow,
    ("accepted_on", "accepted_pence", "accepted_promised_kwh", "accepted_promised_kg_co2e"),
    "accepted_sequence",
)
TURNED_DOWN = Columns(ApplicationRow, ("offer_declined_on",), "offer_declined_sequence")
CLAIMED = Columns(
    ClaimRow,
    ("application_id", "milestone", "claimed_pence", "claimed_on", "evidence_count"),
    "submitted_sequence",
)
MEASURE = Columns(MeasureRow, ("kind", "fuel", "lifetime_years", "promised_kwh", "promised_kg_co2e"))


@singledispatch
def rows(_event: object, _sequence: int) -> Rows:
    """Which columns an event fills; those that the read model does not show fill none."""
    return ()


@rows.register
def _fund(event: FundOpened, sequence: int) -> Rows:
    terms = {name: getattr(event.terms, name) for name in FUND.names if name != "opens_on"}
    yield fact(FUND, event, sequence, **terms)


@rows.register
def _submitted(event: ApplicationSubmitted, sequence: int) -> Rows:
    building = event.building
    yield fact(
        SUBMITTED,
        event,
        sequence,
        fund_id=event.fund.fund_id,
        building_name=building.name,
        building_use=building.use,
        ward=building.ward,
    )
    yield from _measures(event, sequence)


@rows.register
def _offered(event: OfferMade, sequence: int) -> Rows:
    yield fact(OFFERED, event, sequence, offered_pence=event.amount_pence)


@rows.register
def _accepted(event: OfferAccepted, sequence: int) -> Rows:
    yield fact(
        ACCEPTED,
        event,
        sequence,
        accepted_pence=event.amount_pence,
        accepted_promised_kwh=event.promised_kwh,
        accepted_promised_kg_co2e=event.promised_kg_co2e,
    )
    yield from _measures(event, sequence)


@rows.register
def _turned_down(event: OfferDeclined, sequence: int) -> Rows:
    yield fact(TURNED_DOWN, event, sequence, offer_declined_on=event.declined_on)


@rows.register
def _claimed(event: ClaimSubmitted, sequence: int) -> Rows:
    yield fact(CLAIMED, event, sequence, claimed_pence=event.amount_pence)


def _measures(event: ApplicationSubmitted | OfferAccepted, sequence: int) -> Iterable[tuple[Columns, Values]]:
    for measure in event.measures:
        place = {"application_id": event.application_id, "sequence": sequence}
        yield MEASURE, {**place, **measure.model_dump()}
