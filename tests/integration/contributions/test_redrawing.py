"""Drawing an award otherwise: earliest spend-by first is a proposal, and finance may have a reason."""

from typing import Any

import pytest

from shared.events.contributions import FundsRedrawn
from tests.support.contributions_service import a_pot, assert_books_balance, balances
from tests.support.events import APPLICATION_ID, HILLRISE, an_id, awarded, offer_accepted
from tests.support.people import DECISION_MAKER, FUND_MANAGER, OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest

SHARES = f"/grant-fundings/{APPLICATION_ID}/shares"
POTS = f"/grant-fundings/{APPLICATION_ID}/pots"


def redrawing(pence: dict[str, int], **changes: Any) -> dict[str, Any]:
    shares = [{"pot_id": str(an_id(f"pot {name}")), "amount_pence": each} for name, each in pence.items()]
    return {"shares": shares, "reason": "Its deed is being varied.", "redrawn_on": "2019-11-20", **changes}


@pytest.fixture
async def reserved(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """30,000.00 reserved: 20,000.00 from the pot to be spent first, 10,000.00 from the next of two."""
    await a_pot(contributions, "first", 20_000_00, spend_by_months=120)
    await a_pot(contributions, "second", 20_000_00, spend_by_months=132)
    await a_pot(contributions, "third", 20_000_00, spend_by_months=None)
    await a_pot(contributions, "elsewhere", 20_000_00, wards=[HILLRISE])
    await a_pot(contributions, "roads", 20_000_00, purpose="highways")
    await a_pot(contributions, "past", 20_000_00, spend_by_months=1)
    await contributions.give(awarded())
    return contributions


async def test_the_proposal_names_lawful_pots_with_what_each_could_give(reserved: ServiceUnderTest) -> None:
    told = await reserved.get(POTS, DECISION_MAKER)

    assert (told["status"], told["amount_pence"]) == ("reserved", 30_000_00)
    assert [
        (pot["reference"], pot["could_give_pence"], pot["proposed_pence"], pot["current_pence"])
        for pot in told["pots"]
    ] == [
        ("first", 20_000_00, 20_000_00, 20_000_00),
        ("second", 20_000_00, 10_000_00, 10_000_00),
        ("third", 20_000_00, 0, 0),
    ]


async def test_an_award_is_drawn_otherwise_and_committed_so(reserved: ServiceUnderTest) -> None:
    answer = await reserved.post(
        SHARES, PAYMENT_REQUESTER, redrawing({"third": 15_000_00, "second": 15_000_00})
    )

    assert answer["sequence"] == 2
    assert await balances(reserved, an_id("pot first")) == {"received": 20_000_00, "available": 20_000_00}
    assert (await balances(reserved, an_id("pot second")))["reserved"] == 15_000_00
    fact = (await reserved.recorded())[-1]
    assert isinstance(fact, FundsRedrawn)
    assert [(share.pot_id, share.amount_pence) for share in fact.shares] == [
        (an_id("pot second"), 15_000_00),
        (an_id("pot third"), 15_000_00),
    ]
    assert {change.pot_id: change.change_pence for change in fact.changes} == {
        an_id("pot first"): -20_000_00,
        an_id("pot second"): 5_000_00,
        an_id("pot third"): 15_000_00,
    }
    await reserved.give(offer_accepted())
    assert (await balances(reserved, an_id("pot third")))["committed"] == 15_000_00
    await assert_books_balance(reserved)


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        ({"first": 20_000_00, "second": 9_999_99}, "the award is £30,000.00"),
        ({"first": 20_000_00, "elsewhere": 10_000_00}, "may not be spent in the grant's ward"),
        ({"first": 20_000_00, "roads": 10_000_00}, "may not be spent on what the fund is for"),
        ({"first": 20_000_00, "past": 10_000_00}, "is past its spend-by date"),
        ({"first": 30_000_00}, "holds only £20,000.00"),
        ({"first": 30_000_01, "second": -1}, "bears nothing"),
        ({"first": 20_000_00, "nowhere": 10_000_00}, "is not there"),
    ],
)
async def test_no_share_is_unlawful_empty_or_wrong_in_sum(
    reserved: ServiceUnderTest, pence: dict[str, int], said: str
) -> None:
    problem = await reserved.refused(422, "POST", SHARES, FUND_MANAGER, redrawing(pence))

    assert any(said in each["message"] for each in problem["problems"]), problem
    assert (await balances(reserved, an_id("pot first")))["reserved"] == 20_000_00


async def test_a_reason_a_day_and_a_difference_are_needed(reserved: ServiceUnderTest) -> None:
    other = {"first": 10_000_00, "third": 20_000_00}
    unreasoned = await reserved.refused(422, "POST", SHARES, FUND_MANAGER, redrawing(other, reason=" "))
    early = redrawing(other, redrawn_on="2019-11-13")
    too_early = await reserved.refused(422, "POST", SHARES, FUND_MANAGER, early)
    same = redrawing({"second": 10_000_00, "first": 20_000_00})
    unchanged = await reserved.refused(409, "POST", SHARES, FUND_MANAGER, same)
    await reserved.refused(403, "POST", SHARES, OFFICER, redrawing(other))

    assert unreasoned["code"] == "reason.missing"
    assert too_early["code"] == "redrawing.before_award"
    assert unchanged["code"] == "redrawing.nothing_changes"


async def test_what_is_accepted_stays_with_its_pots(reserved: ServiceUnderTest) -> None:
    await reserved.give(offer_accepted())

    problem = await reserved.refused(
        409, "POST", SHARES, FUND_MANAGER, redrawing({"first": 10_000_00, "third": 20_000_00})
    )

    assert problem["code"] == "redrawing.not_reserved"
    await assert_books_balance(reserved)


async def test_a_receipt_is_reversed_once_its_award_is_drawn_otherwise(reserved: ServiceUnderTest) -> None:
    await reserved.post(SHARES, FUND_MANAGER, redrawing({"second": 10_000_00, "third": 20_000_00}))

    said = {"reversed_on": "2019-12-02", "reason": "Posted to the wrong agreement."}
    await reserved.post(f"/pots/{an_id('pot first')}/reversal", OFFICER, said)

    assert await balances(reserved, an_id("pot first")) == {}
    await assert_books_balance(reserved)
