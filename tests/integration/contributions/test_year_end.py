"""What a financial year ended with: every figure has its list, and the trial balance is zero."""

from typing import Any

import pytest

from tests.support.contributions_service import a_due_obligation, a_pot, pay, payment_body
from tests.support.events import ISLINGTON, awarded, milestone_verified, offer_accepted
from tests.support.people import AUDITOR, PAYMENT_APPROVER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest


async def year(service: ServiceUnderTest, start: int) -> dict[str, Any]:
    told: dict[str, Any] = await service.get(
        f"/year-end/{start}-04-01", AUDITOR, params={"organisation": ISLINGTON}
    )
    assert told["total_pence"] == 0
    assert sum(line["total_pence"] for line in told["trial_balance"]) == 0
    return told


def held(told: dict[str, Any]) -> tuple[int, int, int, int]:
    names = ("in_advance_pence", "reserved_pence", "committed_pence", "on_the_way_pence")
    first, second, third, fourth = (told[name] for name in names)
    return first, second, third, fourth


@pytest.fixture
async def funded(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """40,000.00 received in 2019, a grant of 30,000.00 accepted and claimed, and 500.00 still owed."""
    await a_pot(contributions, "one", 40_000_00)
    await a_due_obligation(contributions, "owed", amount_pence=500_00)
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    return contributions


async def test_each_year_says_what_was_held_at_its_end(funded: ServiceUnderTest) -> None:
    await funded.post("/payments", PAYMENT_REQUESTER, payment_body(requested_on="2021-03-30"))
    here = f"/payments/{payment_body()['payment_id']}"
    await funded.post(f"{here}/approve", PAYMENT_APPROVER, {"approved_on": "2021-04-06"})
    paid = {"voucher": "V-1", "paid_on": "2021-04-09"}
    await funded.post(f"{here}/paid", PAYMENT_APPROVER, paid)

    first, second, third = [await year(funded, start) for start in (2019, 2020, 2021)]

    assert held(first)[0] == 40_000_00
    assert held(first)[1] + held(first)[2] == 30_000_00
    assert held(second) == (40_000_00, 0, 0, 30_000_00)
    assert held(third) == (10_000_00, 0, 0, 0)
    assert second["grants"][0]["on_the_way_pence"] == 30_000_00


async def test_secured_money_that_has_not_come_is_accrued_until_it_comes(funded: ServiceUnderTest) -> None:
    before, after = await year(funded, 2018), await year(funded, 2019)

    assert (before["accrued_pence"], after["accrued_pence"]) == (0, 500_00)
    (owed,) = after["accrued"]
    assert (owed["reference"], owed["secured_pence"], owed["received_pence"]) == ("owed", 500_00, 0)
    assert after["trial_balance"][0]["account"] == "available"


async def test_a_payment_dated_into_a_closed_year_counts_in_the_next(funded: ServiceUnderTest) -> None:
    body = {"organisation": ISLINGTON, "kind": "month", "first_on": "2021-04-01"}
    await funded.post("/periods", PAYMENT_APPROVER, body)

    await pay(funded)

    told = await year(funded, 2021)
    (paid,) = [line for line in told["trial_balance"] if line["account"] == "paid"]
    assert (paid["before_pence"], paid["year_pence"], paid["total_pence"]) == (0, 30_000_00, 30_000_00)
    assert held(await year(funded, 2020))[2] == 30_000_00


async def test_a_year_without_entries_is_empty(contributions: ServiceUnderTest) -> None:
    told = await year(contributions, 2024)

    assert (told["trial_balance"], told["in_advance"], told["closed_by"]) == ([], [], None)
