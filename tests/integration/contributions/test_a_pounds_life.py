from shared.events.contributions import (
    ClaimPayable,
    FundsCommitted,
    FundsRefused,
    FundsReleased,
    FundsReserved,
    PaymentMade,
    PotOpened,
)
from tests.support.contributions_service import a_pot, assert_books_balance, balances, pay
from tests.support.events import (
    APPLICATION_ID,
    BUNHILL,
    CLAIM_ID,
    HILLRISE,
    PAYMENT_ID,
    an_id,
    awarded,
    milestone_verified,
    offer_accepted,
    offer_declined,
)
from tests.support.people import DECISION_MAKER, OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest


async def test_a_pound_is_received_reserved_committed_and_paid(contributions: ServiceUnderTest) -> None:
    early = await a_pot(contributions, "early", 20_000_00, spend_by_months=60)
    late = await a_pot(contributions, "late", 20_000_00, spend_by_months=120)

    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    payable = await contributions.get("/payable-claims", PAYMENT_REQUESTER)
    await pay(contributions)

    assert [claim["claim_id"] for claim in payable] == [str(CLAIM_ID)]
    assert await balances(contributions, early) == {"received": 20_000_00, "paid": 20_000_00}
    assert await balances(contributions, late) == {
        "received": 20_000_00,
        "available": 10_000_00,
        "paid": 10_000_00,
    }
    await assert_books_balance(contributions)
    facts = [fact for fact in await contributions.recorded() if fact.topic == "contributions.grant_funding"]
    assert [fact.name for fact in facts] == [
        "funds.reserved.v1",
        "funds.committed.v1",
        "claim.payable.v1",
        "payment.requested.v1",
        "payment.approved.v1",
        "payment.made.v1",
    ]
    made = facts[-1]
    assert isinstance(made, PaymentMade)
    assert [(share.pot_id, share.amount_pence) for share in made.shares] == [
        (early, 20_000_00),
        (late, 10_000_00),
    ]
    funding = await contributions.get(f"/grant-fundings/{APPLICATION_ID}", DECISION_MAKER)
    assert (funding["status"], funding["sequence"]) == ("paid", 6)
    assert [share["paid_pence"] for share in funding["shares"]] == [20_000_00, 10_000_00]
    assert funding["payments"][0]["voucher"] == "V-2021-0042"


async def test_the_statement_of_a_pot_tells_each_movement_with_its_cause(
    contributions: ServiceUnderTest,
) -> None:
    pot = await a_pot(contributions, "one", 40_000_00)
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    await pay(contributions)

    statement = await contributions.get(f"/pots/{pot}", OFFICER)

    told = [
        (entry["kind"], entry["cause"], entry["available_pence"], entry["held_pence"], entry["paid_pence"])
        for entry in statement["entries"]
    ]
    assert told == [
        ("receipt", "command", 40_000_00, 0, 0),
        ("reservation", "event", 10_000_00, 30_000_00, 0),
        ("commitment", "event", 10_000_00, 30_000_00, 0),
        ("payment_request", "command", 10_000_00, 30_000_00, 0),
        ("payment_approval", "command", 10_000_00, 30_000_00, 0),
        ("payment", "command", 10_000_00, 0, 30_000_00),
    ]
    assert [entry["happened_on"] for entry in statement["entries"]] == [
        "2019-08-30",
        "2019-11-14",
        "2019-12-02",
        "2021-04-01",
        "2021-04-06",
        "2021-04-09",
    ]
    assert statement["entries"][1]["application_id"] == str(APPLICATION_ID)


async def test_an_award_above_all_lawful_pots_is_refused_with_the_shortfall_and_nothing_is_held(
    contributions: ServiceUnderTest,
) -> None:
    bunhill = await a_pot(contributions, "bunhill", 20_000_00, wards=[BUNHILL])
    await a_pot(contributions, "hillrise", 99_000_00, wards=[HILLRISE])
    await a_pot(contributions, "roads", 99_000_00, purpose="highways")
    await a_pot(contributions, "council", 99_000_00, organisation="local-authority-eng:HAL")
    await a_pot(contributions, "lapsed", 99_000_00, spend_by_months=1)

    await contributions.give(awarded())

    refused = (await contributions.recorded())[-1]
    assert isinstance(refused, FundsRefused)
    assert (refused.requested_pence, refused.available_pence, refused.shortfall_pence) == (
        30_000_00,
        20_000_00,
        10_000_00,
    )
    assert await balances(contributions, bunhill) == {"received": 20_000_00, "available": 20_000_00}
    funding = await contributions.get(f"/grant-fundings/{APPLICATION_ID}", OFFICER)
    assert (funding["status"], funding["shortfall_pence"]) == ("refused", 10_000_00)


async def test_a_refused_award_may_be_followed_by_a_smaller_one(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 20_000_00)
    smaller = awarded(award_id=an_id("smaller"), amount_pence=15_000_00)

    await contributions.give(awarded(), smaller, offer_accepted(award_id=an_id("smaller")))

    funding = await contributions.get(f"/grant-fundings/{APPLICATION_ID}", OFFICER)
    assert (funding["status"], funding["requested_pence"], funding["sequence"]) == ("committed", 15_000_00, 3)


async def test_pots_without_a_spend_by_date_come_last_and_are_flagged(
    contributions: ServiceUnderTest,
) -> None:
    undated = await a_pot(contributions, "undated", 50_000_00, spend_by_months=None)
    dated = await a_pot(contributions, "dated", 10_000_01, spend_by_months=600)

    await contributions.give(awarded())

    reserved = (await contributions.recorded())[-1]
    assert isinstance(reserved, FundsReserved)
    assert [(share.pot_id, share.amount_pence, share.undated) for share in reserved.shares] == [
        (dated, 10_000_01, False),
        (undated, 19_999_99, True),
    ]


async def test_an_award_told_twice_is_held_once(contributions: ServiceUnderTest) -> None:
    pot = await a_pot(contributions, "one", 90_000_00)

    await contributions.give(awarded(), awarded())
    await contributions.give(awarded())

    assert (await balances(contributions, pot))["reserved"] == 30_000_00
    assert len([fact for fact in await contributions.recorded() if isinstance(fact, FundsReserved)]) == 1


async def test_a_declined_offer_gives_every_penny_back(contributions: ServiceUnderTest) -> None:
    pot = await a_pot(contributions, "one", 30_000_00)

    await contributions.give(awarded(), offer_declined())

    released = (await contributions.recorded())[-1]
    assert isinstance(released, FundsReleased)
    assert released.amount_pence == 30_000_00
    assert await balances(contributions, pot) == {"received": 30_000_00, "available": 30_000_00}
    await assert_books_balance(contributions)


async def test_a_verified_claim_waits_until_the_offer_is_accepted(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 30_000_00)

    await contributions.give(milestone_verified())
    await contributions.give(awarded())
    before = await contributions.get("/payable-claims", PAYMENT_REQUESTER)
    await contributions.give(offer_accepted())

    assert before == []
    names = [type(fact) for fact in (await contributions.recorded())[-2:]]
    assert names == [FundsCommitted, ClaimPayable]


async def test_an_acceptance_that_overtakes_its_award_waits_for_it(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 30_000_00)

    await contributions.give(offer_accepted())
    await contributions.give(awarded())

    funding = await contributions.get(f"/grant-fundings/{APPLICATION_ID}", OFFICER)
    assert funding["status"] == "committed"


async def test_a_claim_above_what_is_left_is_disputed_and_nobody_can_pay_it(
    contributions: ServiceUnderTest,
) -> None:
    await a_pot(contributions, "one", 30_000_00)
    first = milestone_verified(amount_pence=20_000_00)
    second = milestone_verified(claim_id=an_id("second"), amount_pence=10_000_01)

    await contributions.give(awarded(), offer_accepted(), first, second)

    funding = await contributions.get(f"/grant-fundings/{APPLICATION_ID}", OFFICER)
    assert {claim["claim_id"]: claim["state"] for claim in funding["claims"]} == {
        str(CLAIM_ID): "payable",
        str(an_id("second")): "disputed",
    }
    (exception,) = await contributions.get("/exceptions", OFFICER)
    assert exception["kind"] == "disputed_claim"
    assert "£10,000.00" in exception["reason"]
    body = {
        "payment_id": str(PAYMENT_ID),
        "application_id": str(APPLICATION_ID),
        "claim_id": str(an_id("second")),
        "requested_on": "2021-04-01",
    }
    problem = await contributions.refused(409, "POST", "/payments", PAYMENT_REQUESTER, body)
    assert problem["code"] == "claim.disputed"


async def test_a_claim_of_a_released_grant_is_disputed(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 30_000_00)

    await contributions.give(awarded(), offer_declined(), milestone_verified())

    (exception,) = await contributions.get("/exceptions", OFFICER)
    assert "went back to its pots" in exception["reason"]


async def test_a_receipt_opens_a_pot_that_tells_its_limits(contributions: ServiceUnderTest) -> None:
    pot = await a_pot(contributions, "one", 30_000_00, wards=[BUNHILL], spend_by_months=6)

    opened = (await contributions.recorded())[-1]
    assert isinstance(opened, PotOpened)
    assert (opened.pot_id, opened.received_pence, opened.wards) == (pot, 30_000_00, (BUNHILL,))
    assert (str(opened.spend_by_on), opened.opened_by) == ("2020-02-29", "receipt")
