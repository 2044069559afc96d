"""Accounts read like bank statements, and months and years that are closed for good."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from services.portal.identity.people import AUDITOR, FUND_MANAGER
from shared.messaging.unit_of_work import LOCAL_ZONE
from tests.support.council import Council
from tests.support.events import ISLINGTON, awarded, fund_opened
from tests.support.officer import click_twice, make_a_claim_payable, receive, signed_in
from tests.support.portal import Browser, words

ACCOUNTS = "/finance/accounts"
AVAILABLE = f"{ACCOUNTS}/{ISLINGTON}/available"
PERIODS = "/finance/periods"
CLOSE = f"{PERIODS}/{ISLINGTON}/month/2019-10-01/close"


@pytest.fixture
async def manager(council: Council) -> AsyncIterator[Browser]:
    async with signed_in(council, FUND_MANAGER) as browser:
        yield browser


async def test_an_account_opens_as_a_statement_of_a_year_with_its_file(
    approver: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)

    listed = await approver.read(ACCOUNTS)
    page = await approver.read(f"{AVAILABLE}?span=2019")
    file = await approver.open(f"{AVAILABLE}/statement.csv?span=all")

    assert "Available 2 14 November 2019 £58,596.00" in listed
    assert "Opening balance £0.00 In £88,596.00 Out £30,000.00 Closing balance £58,596.00" in page
    assert "Received from the developer P2018/2269/FUL-COCM" in page
    assert "Month by month" in page
    assert "2019-09-02,2019-09-02,Received from the developer,P2018/2269/FUL-COCM" in file.text
    assert file.text.splitlines()[-1].endswith("30000.00,58596.00")


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{AVAILABLE}?span=2020-13", 422, "Choose one from the list."),
        (f"{ACCOUNTS}/{ISLINGTON}/petty_cash", 404, "no such account"),
        (f"{AVAILABLE}?span=2021", 200, "Nothing was booked on this account in this time."),
    ],
)
async def test_a_statement_of_no_time_or_account_says_so(
    approver: Browser, council: Council, path: str, status: int, said: str
) -> None:
    await receive(council)

    answer = await approver.open(path)

    assert (answer.status_code, said in words(answer)) == (status, True)


async def test_a_month_is_closed_once_and_what_comes_late_says_so(manager: Browser, council: Council) -> None:
    await receive(council)
    assert "Nothing is closed yet" in await manager.read(PERIODS)

    unsure = await manager.send(CLOSE, {})
    closed = await click_twice(manager, CLOSE, {"sure": "yes"})
    again = await manager.send(CLOSE, {"sure": "yes"})

    assert words(unsure).count("Select that you understand that it stays closed") == 2
    assert [closed.first.status_code, closed.second.status_code] == [303, 303]
    assert "October 2019 is closed already, and stays so." in words(again)
    page = await manager.read(closed.first.headers["location"])
    assert "The month is closed." in page
    assert "First open day 1 November 2019" in page


async def test_the_month_of_today_cannot_be_closed(approver: Browser, council: Council) -> None:
    await receive(council)
    today = datetime.now(UTC).astimezone(LOCAL_ZONE).date()

    answer = await approver.send(f"{PERIODS}/{ISLINGTON}/month/{today:%Y-%m}-01/close", {"sure": "yes"})

    assert "is not over. Close it on" in words(answer)


async def test_an_award_decided_in_a_closed_month_shows_both_days(manager: Browser, council: Council) -> None:
    await receive(council)
    await manager.send(f"{PERIODS}/{ISLINGTON}/month/2019-11-01/close", {"sure": "yes"})
    await council.contributions.give(fund_opened(), awarded())

    page = await manager.read(f"{AVAILABLE}?span=2019-12")

    assert "1 December 2019 Happened on 14 November 2019, which was closed Reserved for an award" in page


async def test_auditors_read_but_do_not_close(council: Council) -> None:
    await receive(council)

    async with signed_in(council, AUDITOR) as auditor:
        page = await auditor.read(PERIODS)
        tried = await auditor.open(CLOSE)

    assert "Nothing is closed yet" in page
    assert "Close September 2019" not in page
    assert tried.status_code == 403


@pytest.mark.parametrize(
    ("path", "said"), [(ACCOUNTS, "There are no entries yet."), (PERIODS, "There are no books yet")]
)
async def test_empty_books_say_so(approver: Browser, path: str, said: str) -> None:
    assert said in await approver.read(path)
