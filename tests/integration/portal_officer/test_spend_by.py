"""Spend-by dates, interest and drawing otherwise, as people of the fund do them on pages."""

from collections.abc import AsyncIterator

import pytest

from services.portal.identity.people import FUND_MANAGER
from tests.support.council import Council
from tests.support.events import APPLICATION_ID, ISLINGTON, an_id, awarded
from tests.support.officer import (
    AGREEMENT_PAGE,
    OBLIGATION_PAGE,
    RECEIPT_ID,
    click_twice,
    receive,
    signed_in,
)
from tests.support.people import OFFICER
from tests.support.portal import Browser, words

POT = f"/officer/pots/{RECEIPT_ID}"
DRAWING = f"/finance/grants/{APPLICATION_ID}/pots"


def on(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


@pytest.fixture
async def manager(council: Council) -> AsyncIterator[Browser]:
    async with signed_in(council, FUND_MANAGER) as browser:
        yield browser


async def test_a_date_is_extended_and_its_history_is_public(manager: Browser, council: Council) -> None:
    await receive(council)
    varied = {**on("spend_by_on", 2, 9, 2029), **on("deed_on", 1, 8, 2024), "document_url": ""}

    early = await manager.send(f"{POT}/extend", {**varied, **on("spend_by_on", 2, 9, 2024)})
    clicks = await click_twice(manager, f"{POT}/extend", varied)
    await council.settle()

    assert words(early).count("Enter a date after the one in force, 2 September 2024.") == 2
    assert clicks.second.headers["location"] == f"{POT}?done=extended"
    page = await manager.read(POT)
    assert "2 September 2029 2 September 2024 Deed of 1 August 2024" in page
    trace = await manager.read(f"/trace/pots/{RECEIPT_ID}")
    assert "To be spent by a later date on 1 August 2024" in trace
    assert "To be spent by 2 September 2029." in trace
    (pot,) = (await council.portal.get("/api/pots"))["pots"]
    assert pot["spend_by_on"] == "2029-09-02"


async def test_what_the_deed_says_decides_what_is_at_risk(manager: Browser, council: Council) -> None:
    await receive(council)
    path = f"{OBLIGATION_PAGE}/spending-terms"
    empty = await manager.send(path, {})
    said = {"spend_by_counts": "spent", "refund_with_interest": "no", "recipients": ["school"]}
    answer = await manager.send(path, said)
    await council.settle()

    assert words(empty).count("Select what counts at the spend-by date") == 2
    assert answer.headers["location"] == f"{AGREEMENT_PAGE}?done=terms"
    assert 'value="school" checked' in (await manager.open(path)).text
    page = await manager.read("/officer/at-risk")
    assert "£88,596.00 is unspent in 1 pot" in page
    assert "The date has passed" in page
    assert "only for: school" in page
    assert "Nothing: its date has passed." in page
    file = await manager.open("/officer/at-risk/at-risk.csv?months=18")
    assert "P2018/2269/FUL-COCM,2024-09-02," in file.text
    assert "only these may be granted the money: school." in (
        await manager.read(f"/trace/pots/{RECEIPT_ID}")
    ).replace("Only", "only")


async def test_no_pot_at_risk_is_said_so(manager: Browser) -> None:
    assert "No pot with unspent money has a spend-by date within 6 months." in await manager.read(
        "/officer/at-risk?months=6"
    )


async def test_interest_is_looked_at_before_it_is_shared_out(requester: Browser, council: Council) -> None:
    await receive(council)
    period = {**on("period_start", 1, 4, 2021), **on("period_end", 30, 6, 2021)}
    asked = {"organisation": ISLINGTON, "amount_pence": "125.01", **period}

    wrong = await requester.send("/finance/interest/new", {**asked, **on("period_end", 1, 1, 2021)})
    backwards = await requester.open(wrong.headers["location"])
    sent = await requester.send("/finance/interest/new", asked)
    check = sent.headers["location"]
    page = await requester.read(check)
    clicks = await click_twice(requester, check, {}, to="/finance/interest/check")
    shared = clicks.first.headers["location"]
    await council.settle()

    assert "before it starts. Check both days." in words(backwards)
    assert "P2018/2269/FUL-COCM £88,596.00 £125.01" in page
    assert clicks.second.headers["location"] == shared
    assert "The interest is shared out." in await requester.read(shared)
    assert "1 April 2021 to 30 June 2021" in await requester.read("/finance/interest")
    file = await requester.open(f"{shared.split('?')[0]}/shares.csv")
    assert "P2018/2269/FUL-COCM,88596.00,125.01" in file.text
    (pot,) = (await council.portal.get("/api/pots"))["pots"]
    assert (pot["interest_pence"], pot["available_pence"]) == (125_01, 88_596_00 + 125_01)
    assert "A share of the interest earned" in await requester.read(f"/trace/pots/{RECEIPT_ID}")


async def test_an_award_is_drawn_from_another_pot_and_everybody_sees_it(
    requester: Browser, council: Council
) -> None:
    first = await receive(council, spend_by_months=240, amount_pence=188_596_00)
    path = f"{OBLIGATION_PAGE.removeprefix('/officer')}/receipts"
    second = an_id("second receipt of the pages")
    receipt = {"receipt_id": str(second), "amount_pence": 50_000_00, "received_on": "2019-09-03"}
    await council.contributions.post(path, OFFICER, receipt)
    await council.contributions.give(awarded())
    page = await requester.read(DRAWING)
    boxes = {f"pot-{first}": "10,000", f"pot-{second}": "20,000", **on("redrawn_on", 20, 11, 2019)}

    unreasoned = await requester.send(DRAWING, {**boxes, "reason": ""})
    short = await requester.send(DRAWING, {**boxes, f"pot-{first}": "9,000", "reason": "A variation."})
    above = {**boxes, f"pot-{first}": "-20,000", f"pot-{second}": "50,000", "reason": "A variation."}
    below_zero = await requester.send(DRAWING, above)
    clicks = await click_twice(requester, DRAWING, {**boxes, "reason": "Its deed is being varied."})
    await council.settle()

    assert "2 September 2039 Anywhere £88,596.00 £30,000.00 £30,000.00" in page
    assert words(unreasoned).count("Enter why it is drawn otherwise") == 2
    assert "The shares add up to £29,000.00; the award is £30,000.00." in words(short)
    assert "must be £0 or more" in words(below_zero)
    assert clicks.second.headers["location"] == clicks.first.headers["location"]
    after = await requester.read(DRAWING)
    assert "2 September 2039 Anywhere £88,596.00 £30,000.00 £10,000.00" in after
    pots = {pot["pot_id"]: pot for pot in (await council.portal.get("/api/pots"))["pots"]}
    assert pots[str(first)]["reserved_pence"] == 10_000_00
    assert pots[str(second)]["reserved_pence"] == 20_000_00
