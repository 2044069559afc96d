"""One account of an organisation, as its entries add up to it."""

from typing import Any

import pytest

from tests.support.contributions_service import a_pot, pay
from tests.support.events import ISLINGTON, awarded, milestone_verified, offer_accepted
from tests.support.people import OFFICER
from tests.support.services import ServiceUnderTest

ALL_DAYS = {"organisation": ISLINGTON, "first_on": "2019-01-01", "last_on": "2021-12-31"}


async def statement(service: ServiceUnderTest, account: str, **changes: Any) -> dict[str, Any]:
    told: dict[str, Any] = await service.get(
        f"/accounts/{account}/statement", OFFICER, params=ALL_DAYS | changes
    )
    return told


@pytest.fixture
async def paid(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """40,000.00 received in 2019, of which a grant of 30,000.00 is paid in April 2021."""
    await a_pot(contributions, "one", 40_000_00)
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    await pay(contributions)
    return contributions


async def test_available_money_reads_like_a_bank_statement(paid: ServiceUnderTest) -> None:
    told = await statement(paid, "available")

    assert [(line["kind"], line["amount_pence"], line["balance_pence"]) for line in told["lines"]] == [
        ("receipt", 40_000_00, 40_000_00),
        ("reservation", -30_000_00, 10_000_00),
    ]
    assert [(month["first_on"], month["closing_pence"]) for month in told["months"]] == [
        ("2019-08-01", 40_000_00),
        ("2019-11-01", 10_000_00),
    ]
    (year,) = told["years"]
    assert (year["first_on"], year["in_pence"], year["out_pence"]) == ("2019-04-01", 40_000_00, 30_000_00)
    assert (told["opening_pence"], told["closing_pence"], told["next_cursor"]) == (0, 10_000_00, None)


async def test_what_came_and_what_was_paid_both_count_upwards_and_name_whom(paid: ServiceUnderTest) -> None:
    received, made = await statement(paid, "received"), await statement(paid, "paid")

    assert (received["closing_pence"], received["lines"][0]["party"]) == (40_000_00, "agreement one-da")
    assert (made["closing_pence"], made["lines"][0]["booked_on"]) == (30_000_00, "2021-04-09")
    assert made["lines"][0]["grant_reference"]


async def test_a_part_of_the_time_begins_with_what_was_there(paid: ServiceUnderTest) -> None:
    told = await statement(paid, "available", first_on="2019-11-01", last_on="2019-11-30")

    assert (told["opening_pence"], told["entries"], told["closing_pence"]) == (40_000_00, 1, 10_000_00)


async def test_pages_of_a_statement_carry_the_balance_on(contributions: ServiceUnderTest) -> None:
    for number in range(5):
        await a_pot(contributions, f"{number}", 100, received_on=f"2019-09-{30 - number}")

    lines, cursor = [], None
    while True:
        told = await statement(contributions, "received", limit=2, **({"cursor": cursor} if cursor else {}))
        lines += told["lines"]
        cursor = told["next_cursor"]
        if cursor is None:
            break

    assert [line["balance_pence"] for line in lines] == [100, 200, 300, 400, 500]
    assert [line["booked_on"] for line in lines] == [f"2019-09-{day}" for day in range(26, 31)]


async def test_accounts_are_listed_with_their_balances(paid: ServiceUnderTest) -> None:
    listed = {each["account"]: each["balance_pence"] for each in await paid.get("/accounts", OFFICER)}

    assert listed == {
        "received": 40_000_00,
        "available": 10_000_00,
        "reserved": 0,
        "committed": 0,
        "payment_requested": 0,
        "payment_approved": 0,
        "paid": 30_000_00,
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [({"cursor": "x"}, "cursor"), ({"last_on": "2018-01-01"}, "last_on"), ({"limit": 0}, "limit")],
)
async def test_a_statement_that_cannot_be_made_says_why(
    contributions: ServiceUnderTest, change: dict[str, Any], field: str
) -> None:
    path = "/accounts/available/statement"

    problem = await contributions.refused(422, "GET", path, OFFICER, params=ALL_DAYS | change)

    assert problem["problems"][0]["field"] == field
    await contributions.refused(422, "GET", "/accounts/petty_cash/statement", OFFICER, params=ALL_DAYS)


async def test_an_account_without_entries_has_an_empty_statement(contributions: ServiceUnderTest) -> None:
    told = await statement(contributions, "returned")

    assert (told["lines"], told["closing_pence"], told["months"]) == ([], 0, [])
