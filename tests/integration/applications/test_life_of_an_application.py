"""One application from the fund's opening to its paid claim."""

from datetime import date
from decimal import Decimal

from services.applications.tables import Base
from shared.events.applications import (
    ApplicationSubmitted,
    ClaimSubmitted,
    FundOpened,
    OfferAccepted,
    OfferMade,
)
from tests.support.applications import HERE, accepted, claim_body, send_file, submitted
from tests.support.events import (
    APPLICATION_ID,
    AWARD_ID,
    EDITION,
    MEASURE_ID,
    awarded,
    funds_reserved,
    milestone_verified,
    payment_made,
)
from tests.support.people import APPLICANT, VERIFIER
from tests.support.schema import assert_schema_matches
from tests.support.services import ServiceUnderTest


async def test_the_migrated_schema_is_that_of_the_tables(applications: ServiceUnderTest) -> None:
    await assert_schema_matches(applications, Base)


async def test_what_is_submitted_carries_the_terms_and_the_promise(applications: ServiceUnderTest) -> None:
    await submitted(applications)

    opened, sent = await applications.recorded()

    assert isinstance(opened, FundOpened)
    assert isinstance(sent, ApplicationSubmitted)
    assert sent.reference == "COF-2019-0001"
    assert sent.fund == opened.terms
    assert sent.people == (APPLICANT.id,)
    assert (sent.total_cost_pence, sent.eligible_cost_pence) == (64_000_00, 60_000_00)
    assert (sent.match_funding_pence, sent.requested_pence, sent.quotes) == (30_000_00, 30_000_00, 1)
    assert sent.measures[0].measure_id == MEASURE_ID
    assert [measure.promised_kwh for measure in sent.measures] == [Decimal("12000.00"), Decimal("1500.00")]
    assert [measure.promised_kg_co2e for measure in sent.measures] == [Decimal("2206.20"), Decimal("415.95")]
    assert sent.promised_kg_co2e == Decimal("2622.15")
    assert (sent.factor_edition, sent.submitted_on) == (EDITION, date(2019, 10, 1))
    assert not sent.energy_missing


async def test_a_grant_is_offered_accepted_claimed_verified_and_paid(applications: ServiceUnderTest) -> None:
    await accepted(applications)
    sent = await send_file(applications)
    claim = claim_body(30_000_00)
    await applications.post(f"{HERE}/claims", APPLICANT, json=claim)
    await applications.give(milestone_verified(), payment_made())

    seen = await applications.get(HERE, APPLICANT)
    claims = await applications.get(f"{HERE}/claims", VERIFIER)

    assert sent.status_code == 201
    assert seen["status"] == "accepted"
    assert (seen["offer"]["claimed_pence"], seen["offer"]["left_pence"]) == (30_000_00, 0)
    assert seen["decision"]["reasons"]
    assert [item["status"] for item in claims] == ["paid"]
    assert claims[0]["evidence"][0]["display_name"] == "invoice.pdf"


async def test_the_acceptance_freezes_what_was_submitted(applications: ServiceUnderTest) -> None:
    await accepted(applications)

    _, sent, offer, acceptance = await applications.recorded()

    assert isinstance(sent, ApplicationSubmitted)
    assert isinstance(offer, OfferMade)
    assert isinstance(acceptance, OfferAccepted)
    assert (offer.award_id, offer.amount_pence) == (AWARD_ID, 30_000_00)
    assert acceptance.measures == sent.measures
    assert acceptance.energy == sent.energy
    assert acceptance.building == sent.building
    assert (acceptance.promised_kwh, acceptance.factor_edition) == (sent.promised_kwh, sent.factor_edition)


async def test_the_events_of_an_application_are_numbered_without_a_gap(
    applications: ServiceUnderTest,
) -> None:
    await accepted(applications)
    await send_file(applications)
    await applications.post(f"{HERE}/claims", APPLICANT, json=claim_body(10_000_00))

    rows = await applications.rows(
        "SELECT type, sequence FROM event_log WHERE key = :key ORDER BY position", key=str(APPLICATION_ID)
    )

    assert [row["sequence"] for row in rows] == [1, 2, 3, 4]
    assert rows[-1]["type"] == ClaimSubmitted.name


async def test_saving_a_draft_publishes_nothing(applications: ServiceUnderTest) -> None:
    await submitted(applications)

    recorded = await applications.recorded()

    assert [event.name for event in recorded] == [FundOpened.name, ApplicationSubmitted.name]


async def test_it_does_not_matter_whether_the_award_or_its_money_is_told_first(
    applications: ServiceUnderTest,
) -> None:
    await submitted(applications)

    await applications.give(funds_reserved())
    before = await applications.get(HERE, APPLICANT)
    await applications.give(awarded())
    after = await applications.get(HERE, APPLICANT)

    assert (before["status"], before["decision"]) == ("offered", None)
    assert (after["status"], after["decision"]["outcome"]) == ("offered", "awarded")


async def test_a_reservation_told_twice_makes_one_offer(applications: ServiceUnderTest) -> None:
    await submitted(applications)

    await applications.give(funds_reserved())
    await applications.give(funds_reserved())

    offers = [event for event in await applications.recorded() if isinstance(event, OfferMade)]
    assert len(offers) == 1
    assert await applications.rows("SELECT id FROM parked_event") == []
