"""Refunds by two people, as finance does them and as everybody sees what went back."""

from tests.support.council import Council
from tests.support.events import awarded
from tests.support.officer import RECEIPT_ID, click_twice, receive
from tests.support.portal import Browser, words

LIST = "/finance/refunds"
REQUEST = f"/finance/pots/{RECEIPT_ID}/refund"


def on(name: str, day: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": "10", f"{name}-year": "2024"}


ASKED = {
    "amount_pence": "58,596.00",
    "payee": "Old Street Yard Limited",
    "payee_reference": "",
    "reason": "Unspent at the spend-by date.",
    **on("requested_on", 1),
}


async def test_a_refund_is_asked_for_approved_by_another_returned_and_traced(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await receive(council)
    await council.contributions.give(awarded())
    assert "P2018/2269/FUL-COCM 2 September 2024 £58,596.00 £30,000.00" in await requester.read(LIST)
    form = await requester.open(REQUEST)
    assert 'value="58596.00"' in form.text
    assert "Nobody has recorded what the deed says: read it first" in words(form)

    asked = await click_twice(requester, REQUEST, ASKED)
    refund = asked.first.headers["location"].split("?")[0]
    assert asked.second.headers["location"] == asked.first.headers["location"]
    own = await requester.read(refund)
    assert "You requested this refund, so somebody else must approve it." in own
    assert "Requested Gareth Pugh (you), 1 October 2024" in own
    await approver.send(refund, on("approved_on", 2), to=f"{refund}/approve")
    voucher = {"voucher": "V-2024-1", **on("returned_on", 3)}
    returned = await approver.send(refund, voucher, to=f"{refund}/returned")
    await council.settle()

    page = await approver.read(returned.headers["location"])
    assert "Its sum and date are published" in page
    assert "Returned Voucher V-2024-1, 3 October 2024" in page
    pot = await requester.read(f"/officer/pots/{RECEIPT_ID}")
    assert "Returned £58,596.00" in pot
    assert "Returned to the developer: P2018/2269/FUL-da £58,596.00 £0.00 £30,000.00 £0.00 £58,596.00" in pot
    assert "Refund of £58,596.00, returned" in pot
    trace = await requester.read(f"/trace/pots/{RECEIPT_ID}")
    assert "Returned to the developer on 3 October 2024 £58,596.00 Voucher V-2024-1" in trace
    assert "Old Street Yard Limited" not in trace
    told = (await council.portal.get("/api/pots"))["pots"][0]
    assert (told["available_pence"], told["reserved_pence"], told["returned_pence"]) == (
        0,
        30_000_00,
        58_596_00,
    )
    assert (
        "P2018/2269/FUL-COCM,P2018/2269/FUL-da,58596.00,returned"
        in (await approver.open(f"{LIST}/refunds.csv")).text
    )


async def test_a_refund_is_refused_with_its_reason_and_the_money_is_there_again(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await receive(council)
    asked = await requester.send(REQUEST, {**ASKED, "amount_pence": "100"})
    refund = asked.headers["location"].split("?")[0]

    unreasoned = await approver.send(f"{refund}/refuse", {"reason": "", **on("refused_on", 2)})
    await approver.send(f"{refund}/refuse", {"reason": "The deed names another.", **on("refused_on", 2)})

    assert words(unreasoned).count("Enter why the refund is refused") == 2
    page = await requester.read(refund)
    assert "Refused Anita Rao, 2 October 2024: The deed names another." in page
    assert "Available £88,596.00" in await requester.read(f"/officer/pots/{RECEIPT_ID}")


async def test_too_much_and_nothing_are_said_beside_the_boxes(requester: Browser, council: Council) -> None:
    await receive(council)

    above = await requester.send(REQUEST, {**ASKED, "amount_pence": "88,596.01"})
    empty = await requester.send(REQUEST, {**ASKED, "amount_pence": "0", "payee": ""})

    assert words(above).count("is more than the £88,596.00 of this pot that can be refunded.") == 2
    assert words(empty).count("Amount to refund must be more than £0") == 2
    assert words(empty).count("Enter the payee that the deed names") == 2


async def test_officers_see_refunds_and_ask_for_none(officer: Browser, council: Council) -> None:
    assert "None: no pot past its spend-by date has money left." in await officer.read(LIST)
    await receive(council)

    assert "Request refund" not in await officer.read(LIST)
    assert (await officer.open(REQUEST)).status_code == 403
