from typing import Any

import pytest

from shared.events.contributions import ReceiptReversed
from tests.support.contributions_service import (
    a_due_obligation,
    a_pot,
    assert_books_balance,
    balances,
    receipt_body,
)
from tests.support.events import an_id, awarded, offer_accepted
from tests.support.people import FUND_MANAGER, OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest

REASON = "Posted to the wrong agreement; it belongs to another."


def reversal(**changes: Any) -> dict[str, Any]:
    return {"reversed_on": "2020-01-13", "reason": REASON, **changes}


async def test_a_reversed_receipt_is_nothing_in_the_books_and_stays_to_be_seen(
    contributions: ServiceUnderTest,
) -> None:
    pot_id = await a_pot(contributions, "wrong", 88_596_00)

    answer = await contributions.post(f"/pots/{pot_id}/reversal", OFFICER, reversal())

    assert answer == {"id": str(pot_id), "sequence": 2}
    assert await balances(contributions, pot_id) == {}
    statement = await contributions.get(f"/pots/{pot_id}", OFFICER)
    assert [
        (entry["kind"], entry["amount_pence"], entry["available_pence"]) for entry in statement["entries"]
    ] == [
        ("receipt", 88_596_00, 88_596_00),
        ("reversal_of_receipt", 88_596_00, 0),
    ]
    assert statement["reversal"] == {
        "amount_pence": 88_596_00,
        "reversed_on": "2020-01-13",
        "reason": REASON,
        "reversed_by": str(OFFICER.id),
    }
    fact = (await contributions.recorded())[-1]
    assert isinstance(fact, ReceiptReversed)
    assert (fact.pot_id, fact.amount_pence, fact.reason) == (pot_id, 88_596_00, REASON)
    await assert_books_balance(contributions)


async def test_the_right_receipt_is_recorded_afterwards_and_what_is_owed_is_right_again(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "due")
    agreement = path.split("/obligations")[0]
    await contributions.post(f"{path}/receipts", OFFICER, receipt_body("wrong", amount_pence=50_000_00))
    await contributions.post(f"/pots/{an_id('wrong')}/reversal", FUND_MANAGER, reversal())

    (line,) = (await contributions.get(agreement, OFFICER))["obligations"]
    assert (line["received_pence"], line["outstanding_pence"]) == (0, 88_596_00)

    await contributions.post(f"{path}/receipts", OFFICER, receipt_body("right"))
    (line,) = (await contributions.get(agreement, OFFICER))["obligations"]
    assert (line["received_pence"], line["outstanding_pence"]) == (88_596_00, 0)
    await assert_books_balance(contributions)


async def test_a_receipt_is_reversed_once(contributions: ServiceUnderTest) -> None:
    pot_id = await a_pot(contributions, "wrong", 100_00)
    await contributions.post(f"/pots/{pot_id}/reversal", OFFICER, reversal())

    problem = await contributions.refused(409, "POST", f"/pots/{pot_id}/reversal", OFFICER, reversal())

    assert problem["code"] == "reversal.reversed_before"
    assert await balances(contributions, pot_id) == {}


async def test_money_that_a_grant_holds_is_not_reversed_and_the_grant_is_named(
    contributions: ServiceUnderTest,
) -> None:
    pot_id = await a_pot(contributions, "one", 40_000_00)
    await contributions.give(awarded())

    reserved = await contributions.refused(409, "POST", f"/pots/{pot_id}/reversal", OFFICER, reversal())
    await contributions.give(offer_accepted())
    committed = await contributions.refused(409, "POST", f"/pots/{pot_id}/reversal", OFFICER, reversal())

    assert "£30,000.00 is reserved for the award" in reserved["detail"]
    assert "Draw what is reserved from other pots first." in reserved["detail"]
    reference = offer_accepted().reference
    assert f"£30,000.00 is committed to grant {reference}" in committed["detail"]
    assert committed["code"] == "reversal.money_held"
    assert (await balances(contributions, pot_id))["committed"] == 30_000_00


async def test_no_award_draws_on_a_reversed_receipt(contributions: ServiceUnderTest) -> None:
    pot_id = await a_pot(contributions, "wrong", 40_000_00)
    await contributions.post(f"/pots/{pot_id}/reversal", OFFICER, reversal())

    await contributions.give(awarded())

    assert (await contributions.recorded())[-1].name == "funds.refused.v1"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"reason": " "}, "reason.missing", "reason"),
        ({"reason": "x" * 2001}, "reason.too_long", "reason"),
        ({"reversed_on": "2019-08-29"}, "reversal.before_receipt", "reversed_on"),
        ({"reversed_on": "2999-01-01"}, "reversed_on.in_the_future", "reversed_on"),
    ],
)
async def test_a_reversal_says_why_and_when(
    contributions: ServiceUnderTest, change: dict[str, str], code: str, field: str
) -> None:
    pot_id = await a_pot(contributions, "one", 100_00)
    path = f"/pots/{pot_id}/reversal"

    problem = await contributions.refused(422, "POST", path, OFFICER, reversal(**change))

    assert (problem["code"], problem["problems"][0]["field"]) == (code, field)


async def test_finance_does_not_reverse_receipts_and_an_unknown_pot_is_said_to_be_so(
    contributions: ServiceUnderTest,
) -> None:
    pot_id = await a_pot(contributions, "one", 100_00)

    await contributions.refused(403, "POST", f"/pots/{pot_id}/reversal", PAYMENT_REQUESTER, reversal())
    nowhere = f"/pots/{an_id('none')}/reversal"
    problem = await contributions.refused(404, "POST", nowhere, OFFICER, reversal())

    assert problem["code"] == "pot.not_found"
