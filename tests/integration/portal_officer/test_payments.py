"""Payments by two people, and the books they leave."""

from uuid import UUID

import pytest

from services.portal.identity.people import Person
from shared.web.roles import Role
from tests.support.council import Council
from tests.support.events.ids import APPLICATION_ID, CLAIM_ID
from tests.support.officer import click_twice, make_a_claim_payable, receive, signed_in_with_session
from tests.support.portal import OWN_ORIGIN, Browser, words

LIST = "/finance/payments"
REQUEST = f"/finance/claims/{CLAIM_ID}/request"
BOTH = Person(
    id=UUID("0d000000-0000-4000-8000-0000000000ff"),
    name="Robin Both",
    roles=(Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER),
    may="Asks for payments and approves them, never the same one.",
)
STATES = "SELECT state, voucher FROM payment"


def on(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


async def asked_for(requester: Browser) -> str:
    """The page of the payment that was asked for."""
    answer = await requester.send(REQUEST, on("requested_on", 16, 3, 2021))
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"].split("?")[0])


async def test_a_claim_is_asked_for_approved_by_another_and_marked_as_paid(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)
    assert "Roof insulated 15 March 2021 £30,000.00 Request payment" in await requester.read(LIST)

    payment = await asked_for(requester)
    assert "Requested Gareth Pugh (you), 16 March 2021" in await requester.read(payment)
    approved = await approver.send(payment, on("approved_on", 17, 3, 2021), to=f"{payment}/approve")
    assert "The payment is approved." in await approver.read(approved.headers["location"])
    paid = await requester.send(
        payment, {"voucher": "V-1", **on("paid_on", 18, 3, 2021)}, to=f"{payment}/paid"
    )

    page = await requester.read(paid.headers["location"])
    assert "Approved Anita Rao, 17 March 2021" in page
    assert "Paid Voucher V-1, 18 March 2021" in page
    assert "P2018/2269/FUL-COCM 2 September 2024 £30,000.00" in page
    assert f"/trace/projects/{APPLICATION_ID}" in (await requester.open(payment)).text
    assert "None: every approved payment has been made." in await approver.read(LIST)


async def test_a_request_is_taken_back_with_its_reason_and_can_be_asked_for_again(
    requester: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)
    payment = await asked_for(requester)
    reason = {"reason": "The quote was for another roof.", **on("refused_on", 17, 3, 2021)}

    without = await requester.send(f"{payment}/refuse", on("refused_on", 17, 3, 2021))
    refused = await click_twice(requester, f"{payment}/refuse", reason)

    assert words(without).count("Enter why it is not paid") == 2
    assert [refused.first.status_code, refused.second.status_code] == [303, 303]
    page = await requester.read(refused.first.headers["location"])
    assert "Gareth Pugh, 17 March 2021: The quote was for another roof." in page
    assert "Refuse this payment" not in page
    listed = await requester.read(LIST)
    assert "Roof insulated 15 March 2021 £30,000.00 Request payment" in listed
    assert "Refused Grant For Refused on" in listed


async def test_second_clicks_ask_approve_and_pay_once(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)

    asked = await click_twice(requester, REQUEST, on("requested_on", 16, 3, 2021))
    payment = asked.first.headers["location"].split("?")[0]
    approved = await click_twice(approver, payment, on("approved_on", 17, 3, 2021), to=f"{payment}/approve")
    voucher = {"voucher": "V-1", **on("paid_on", 18, 3, 2021)}
    paid = await click_twice(approver, payment, voucher, to=f"{payment}/paid")

    assert [each.second.status_code for each in (asked, approved, paid)] == [303, 303, 303]
    assert await council.contributions.rows(STATES) == [{"state": "paid", "voucher": "V-1"}]


async def test_the_requester_sees_why_they_cannot_approve_and_is_refused_all_the_same(
    council: Council,
) -> None:
    await make_a_claim_payable(council)

    async with signed_in_with_session(council, BOTH) as both:
        payment = await asked_for(both)
        page = await both.open(payment)
        tried = await both.send(payment, on("approved_on", 17, 3, 2021), to=f"{payment}/approve")

    assert "You requested this payment, so somebody else must approve it." in words(page)
    assert "Approve the payment" not in words(page)
    assert tried.status_code in {403, 422}
    assert (await council.contributions.rows(STATES))[0]["state"] == "requested"


async def test_a_requester_without_the_approvers_role_is_told_who_approves(
    requester: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)
    payment = await asked_for(requester)

    page = await requester.read(payment)
    tried = await requester.send(payment, on("approved_on", 17, 3, 2021), to=f"{payment}/approve")

    assert "You requested this payment, so somebody else must approve it." in page
    assert tried.status_code == 403
    assert "Only a person with the role payment approver may do this." in words(tried)


async def test_wrong_dates_and_vouchers_are_said_beside_their_boxes(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)

    early = await requester.send(REQUEST, on("requested_on", 14, 3, 2021))
    payment = await asked_for(requester)
    late = await approver.send(payment, on("approved_on", 1, 1, 2126), to=f"{payment}/approve")
    await approver.send(payment, on("approved_on", 17, 3, 2021), to=f"{payment}/approve")
    without = await approver.send(
        payment, {"voucher": "", **on("paid_on", 16, 3, 2021)}, to=f"{payment}/paid"
    )
    before = await approver.send(
        payment, {"voucher": "V", **on("paid_on", 16, 3, 2021)}, to=f"{payment}/paid"
    )

    assert words(early).count("before its claim was verified on 15 March 2021. Check the date.") == 2
    assert words(late).count("Date of the approval must be today or in the past") == 2
    assert words(without).count("Enter finance's voucher number") == 2
    assert words(before).count("before the payment was approved on 17 March 2021. Check the date.") == 2
    assert 'value="V"' in before.text


async def test_a_stale_page_says_in_plain_words_what_happened_meanwhile(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)
    payment = await asked_for(requester)
    await approver.send(payment, on("approved_on", 17, 3, 2021), to=f"{payment}/approve")

    again = await requester.open(REQUEST)

    assert again.status_code == 404
    assert "This claim does not wait for a request any more." in words(again)


async def test_the_books_say_in_words_that_they_balance(approver: Browser, council: Council) -> None:
    await receive(council)

    page = await approver.read("/finance/books")
    file = await approver.open("/finance/books/trial-balance.csv")

    assert "The books balance: all entries add up to zero" in page
    assert "Received from developers \N{MINUS SIGN}£88,596.00" in page
    assert "Total £0.00" in page
    assert "Available,88596.00" in file.text
    assert "Total,0.00" in file.text


@pytest.mark.parametrize("path", [LIST, REQUEST, "/finance/books"])
async def test_empty_books_and_lists_say_so(requester: Browser, path: str) -> None:
    answer = await requester.open(path)

    said = {
        LIST: "None: no verified claim waits for a request.",
        REQUEST: "does not wait",
        "/finance/books": "no entries yet",
    }
    assert said[path] in words(answer)


async def test_officers_see_the_books_but_no_payments(officer: Browser) -> None:
    assert (await officer.open("/finance/books")).status_code == 200
    assert (await officer.open(LIST)).status_code == 403


async def test_a_payment_form_without_its_token_asks_for_nothing(
    requester: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)

    answer = await requester.client.post(REQUEST, data=on("requested_on", 16, 3, 2021), headers=OWN_ORIGIN)

    assert answer.status_code == 403
    assert await council.contributions.rows(STATES) == []
