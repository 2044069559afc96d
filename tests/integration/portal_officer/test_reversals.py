"""Reversing a receipt that was recorded by mistake, as an officer does it and as everybody sees it."""

from tests.support.council import Council
from tests.support.events import awarded
from tests.support.officer import AGREEMENT_PAGE, RECEIPT_ID, click_twice, receive
from tests.support.portal import Browser, words

POT = f"/officer/pots/{RECEIPT_ID}"
REVERSE = f"{POT}/reverse"
DAY = {"reversed_on-day": "13", "reversed_on-month": "1", "reversed_on-year": "2020"}
ANSWERS = {"reason": "Posted to the wrong agreement.", **DAY}


async def test_a_reversed_receipt_stays_in_the_statement_and_in_the_public_trace(
    officer: Browser, council: Council
) -> None:
    await receive(council)
    assert "Reverse this receipt, if it was recorded by mistake" in await officer.read(POT)

    clicks = await click_twice(officer, REVERSE, ANSWERS)
    await council.settle()

    assert [each.headers["location"] for each in (clicks.first, clicks.second)] == [
        f"{POT}?done=reversed"
    ] * 2
    page = await officer.read(f"{POT}?done=reversed")
    assert "The receipt is reversed. Record the right one" in page
    assert "recorded by mistake and reversed on 13 January 2020: Posted to the wrong agreement." in page
    assert "13 January 2020 Receipt reversed: P2018/2269/FUL-da £88,596.00 £0.00" in page
    assert "Reverse this receipt" not in page
    agreement = await officer.read(AGREEMENT_PAGE)
    assert "Receipt Reversed" in agreement
    assert "Record a receipt" in agreement
    trace = await officer.read(f"/trace/pots/{RECEIPT_ID}")
    assert "Where £88,596.00 of P2018/2269/FUL-COCM went" in trace
    assert "The receipt was reversed on 13 January 2020 £88,596.00 Posted to the wrong agreement." in trace
    (pot,) = (await council.portal.get("/api/pots"))["pots"]
    assert (pot["received_pence"], pot["available_pence"], pot["reversed_pence"]) == (0, 0, 88_596_00)
    assert (await council.portal.get("/api/fund"))["received_pence"] == 0


async def test_what_is_missing_or_held_is_said_beside_the_form(officer: Browser, council: Council) -> None:
    await receive(council)

    missing = await officer.send(REVERSE, {"reason": "", **DAY})
    await council.contributions.give(awarded())
    held = await officer.send(REVERSE, ANSWERS)

    assert words(missing).count("Enter why the receipt is reversed") == 2
    assert held.status_code == 422
    assert "£30,000.00 is reserved for the award" in words(held)
    assert "Posted to the wrong agreement." in held.text


async def test_finance_is_not_offered_the_reversal(requester: Browser, council: Council) -> None:
    await receive(council)

    assert "Reverse this receipt" not in await requester.read(POT)
    assert (await requester.open(REVERSE)).status_code == 403
