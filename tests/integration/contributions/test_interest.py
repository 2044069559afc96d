from typing import Any

from shared.events.contributions import InterestShared
from tests.support.contributions_service import a_pot, assert_books_balance, balances, pay
from tests.support.events import (
    ISLINGTON,
    an_id,
    awarded,
    milestone_verified,
    offer_accepted,
)
from tests.support.people import AUDITOR, FUND_MANAGER, OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest


def earned(**changes: Any) -> dict[str, Any]:
    return {
        "interest_id": str(an_id("interest")),
        "organisation": ISLINGTON,
        "period_start": "2021-04-01",
        "period_end": "2021-04-30",
        "amount_pence": 1_000,
        **changes,
    }


async def test_interest_goes_to_the_pots_that_held_the_money_for_as_long_as_they_did(
    contributions: ServiceUnderTest,
) -> None:
    """30,000.00 of the first pot left on 9 April: it held 30 days of 10,000.00 and 8 of 30,000.00."""
    first = await a_pot(contributions, "first", 40_000_00, spend_by_months=60)
    late = await a_pot(contributions, "late", 20_000_00, received_on="2021-04-16")
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    await pay(contributions)

    await contributions.post("/interest", PAYMENT_REQUESTER, earned())

    pence_days = {first: 30 * 10_000_00 + 8 * 30_000_00, late: 15 * 20_000_00}
    assert pence_days == {first: 54_000_000, late: 30_000_000}
    shown = await contributions.get(f"/interest/{an_id('interest')}", AUDITOR)
    assert {share["pot_id"]: share["amount_pence"] for share in shown["shares"]} == {
        str(first): 643,
        str(late): 357,
    }
    assert {share["average_pence"] for share in shown["shares"]} == {1_800_000, 1_000_000}
    held = await balances(contributions, first)
    assert (held["interest"], held["available"]) == (643, 10_000_00 + 643)
    facts = [fact for fact in await contributions.recorded() if isinstance(fact, InterestShared)]
    assert sorted(fact.amount_pence for fact in facts) == [357, 643]
    books = await assert_books_balance(contributions)
    assert books["interest_pence"] == 1_000


async def test_what_is_looked_at_is_what_is_booked_or_nothing(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 40_000_00)
    wanted = {name: value for name, value in earned().items() if name != "interest_id"}
    preview = await contributions.get("/interest/preview", FUND_MANAGER, params=wanted)
    await a_pot(contributions, "two", 40_000_00)

    changed = earned(shares_digest=preview["shares_digest"])
    problem = await contributions.refused(409, "POST", "/interest", FUND_MANAGER, changed)

    assert problem["code"] == "interest.changed_meanwhile"
    assert [share["amount_pence"] for share in preview["shares"]] == [1_000]
    again = await contributions.get("/interest/preview", FUND_MANAGER, params=wanted)
    await contributions.post("/interest", FUND_MANAGER, earned(shares_digest=again["shares_digest"]))
    assert [share["amount_pence"] for share in again["shares"]] == [500, 500]


async def test_a_period_is_shared_out_once_and_only_when_it_is_over(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 40_000_00)
    await contributions.post("/interest", FUND_MANAGER, earned())

    refused = {}
    for name, change in {
        "again": {"period_start": "2021-04-30", "period_end": "2021-05-31"},
        "future": {"period_start": "2021-05-01", "period_end": "2999-01-01"},
        "backwards": {"period_start": "2021-06-30", "period_end": "2021-06-01"},
        "nothing": {"period_start": "2021-05-01", "period_end": "2021-05-31", "amount_pence": 0},
        "empty": {"period_start": "2018-05-01", "period_end": "2018-05-31"},
    }.items():
        body = earned(interest_id=str(an_id(name)), **change)
        problem = await contributions.refused(422, "POST", "/interest", FUND_MANAGER, body)
        refused[name] = problem["code"]

    assert refused == {
        "again": "interest.shared_before",
        "future": "period_end.in_the_future",
        "backwards": "interest.ends_before_it_starts",
        "nothing": "money.zero",
        "empty": "interest.nothing_held",
    }
    assert len(await contributions.get("/interest", OFFICER)) == 1
    await contributions.refused(403, "POST", "/interest", OFFICER, earned())


async def test_a_reversed_receipt_earns_nothing(contributions: ServiceUnderTest) -> None:
    wrong = await a_pot(contributions, "wrong", 40_000_00)
    right = await a_pot(contributions, "right", 40_000_00)
    said = {"reversed_on": "2021-04-20", "reason": "Posted twice."}
    await contributions.post(f"/pots/{wrong}/reversal", OFFICER, said)

    await contributions.post("/interest", FUND_MANAGER, earned())

    assert (await balances(contributions, right))["interest"] == 1_000
    assert await balances(contributions, wrong) == {}
