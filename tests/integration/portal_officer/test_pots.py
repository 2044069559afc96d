"""Pots, their statements, and the officers' overview."""

import httpx2
import pytest

from services.portal.identity.people import DECISION_MAKER
from tests.support.council import Council
from tests.support.events import awarded, offer_accepted
from tests.support.officer import OBLIGATION_PAGE, RECEIPT_ID, receive, record_obligation, signed_in
from tests.support.portal import Browser, words

POT = f"/officer/pots/{RECEIPT_ID}"


async def test_an_empty_overview_says_how_to_begin(officer: Browser) -> None:
    page = await officer.read("/officer")

    assert "No money is recorded yet." in page
    assert "Import open data" in page
    assert "Record an agreement" in page


async def test_the_overview_shows_where_the_money_is_and_what_must_be_spent_next(
    officer: Browser, council: Council
) -> None:
    await receive(council)
    await council.contributions.give(awarded())

    page = await officer.read("/officer")

    assert "Received £88,596.00 in 1 pot" in page
    assert "Available £58,596.00" in page
    assert "Reserved £30,000.00" in page
    assert "P2018/2269/FUL-COCM 2 September 2024 Passed £58,596.00" in page


async def test_a_pot_without_a_date_is_flagged_in_the_list_and_the_overview(
    officer: Browser, council: Council
) -> None:
    await receive(council, spend_by_months=None)

    assert "No date" in await officer.read("/officer/pots")
    assert "1 pot with money in it has no spend-by date." in await officer.read("/officer")


async def test_a_statement_reads_like_a_bank_s_and_adds_up(officer: Browser, council: Council) -> None:
    await receive(council)
    await council.contributions.give(awarded(), offer_accepted())

    page = await officer.read(POT)

    assert "Received from the developer: P2018/2269/FUL-da £88,596.00 £88,596.00 £0.00 £0.00" in page
    assert "Reserved for an award £30,000.00 £58,596.00 £30,000.00 £0.00" in page
    assert "Committed to an accepted grant £30,000.00 £58,596.00 £30,000.00 £0.00" in page
    assert "The same numbers: What has become of the money" in page
    assert "Whole pot £88,596.00" in page


async def test_the_statement_the_parts_and_the_list_are_files_too(officer: Browser, council: Council) -> None:
    await receive(council)

    statement = await officer.open(f"{POT}/statement.csv")
    parts = await officer.open(f"{POT}/parts.csv")
    pots = await officer.open("/officer/pots/pots.csv")

    assert statement.headers["content-type"].startswith("text/csv")
    assert (
        "2019-09-02,Received from the developer,P2018/2269/FUL-da,,88596.00,88596.00,0.00,0.00"
        in statement.text
    )
    assert "Available,88596.00" in parts.text
    assert (
        "P2018/2269/FUL-COCM,local-authority-eng:ISL,green-infrastructure,2019-09-02,2024-09-02" in pots.text
    )


async def test_a_decision_maker_sees_pots_and_is_not_led_where_they_may_not_go(council: Council) -> None:
    await receive(council)

    async with signed_in(council, DECISION_MAKER) as browser:
        page = await browser.open(POT)

    assert page.status_code == 200
    assert "/officer/agreements" not in page.text.split("<main")[1]


async def test_an_unknown_pot_is_a_page_that_says_so(officer: Browser) -> None:
    answer = await officer.open("/officer/pots/00000000-0000-4000-8000-000000000000")

    assert answer.status_code == 404
    assert "There is no such pot. Choose one from the list." in words(answer)


@pytest.mark.parametrize(
    "path", ["/officer", "/officer/pots", "/officer/agreements", "/officer/exceptions", "/officer/funds"]
)
async def test_a_service_that_is_down_is_a_page_that_says_nothing_was_lost(
    officer: Browser, council: Council, path: str
) -> None:
    for client in council.portal.app.state.clients._clients.values():
        client._transport = Away()

    answer = await officer.open(path)

    assert answer.status_code == 503
    assert "Nothing was lost. Try again in a minute" in words(answer)


async def test_a_service_that_goes_down_while_a_form_is_sent_keeps_what_was_typed(
    officer: Browser, council: Council
) -> None:
    await record_obligation(council, met_on=None)
    await officer.open(f"{OBLIGATION_PAGE}/trigger")
    client = council.portal.app.state.clients._clients["contributions"]
    client._transport = Away(once_then=client._transport)
    day = {"trigger_met_on-day": "30", "trigger_met_on-month": "8", "trigger_met_on-year": "2019"}

    answer = await officer.send(f"{OBLIGATION_PAGE}/trigger", day)

    assert answer.status_code == 422
    assert "Nothing was lost. Try again in a minute" in answer.text
    assert 'value="30"' in answer.text


class Away(httpx2.AsyncBaseTransport):
    """A service that does not answer; or one that answers what is read and not what is sent."""

    def __init__(self, once_then: httpx2.AsyncBaseTransport | None = None) -> None:
        self._reading = once_then

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._reading is not None and request.method == "GET":
            return await self._reading.handle_async_request(request)
        raise httpx2.ConnectError("nobody there")
