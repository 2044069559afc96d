import asyncio
from typing import Any

import pytest

from shared.events.contributions import RefundMade
from shared.web.roles import Role
from tests.support.contributions_service import a_pot, assert_books_balance, balances
from tests.support.events import an_id, awarded
from tests.support.people import (
    AUDITOR,
    FUND_MANAGER,
    OFFICER,
    PAYMENT_APPROVER,
    PAYMENT_REQUESTER,
    Person,
)
from tests.support.services import ServiceUnderTest

BOTH = Person("holds both roles", (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER))
REFUND = f"/refunds/{an_id('refund')}"
APPROVAL = {"approved_on": "2024-09-10"}
RETURNED = {"voucher": "V-2024-0815", "returned_on": "2024-09-20"}
REFUSAL = {"reason": "The payee was dissolved.", "refused_on": "2024-09-12"}


def asked(**changes: Any) -> dict[str, Any]:
    return {
        "refund_id": str(an_id("refund")),
        "pot_id": str(an_id("pot one")),
        "amount_pence": 10_000_00,
        "payee": "Old Street Yard Limited",
        "payee_reference": "Supplier 204417",
        "reason": "Unspent at the spend-by date of clause 4.3.",
        "requested_on": "2024-09-02",
        **changes,
    }


@pytest.fixture
async def unspent(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """A pot of 40,000.00 to be spent by 30 August 2024, of which a grant holds 30,000.00."""
    await a_pot(contributions, "one", 40_000_00, spend_by_months=60)
    await contributions.give(awarded())
    return contributions


@pytest.fixture
async def requested(unspent: ServiceUnderTest) -> ServiceUnderTest:
    await unspent.post("/refunds", FUND_MANAGER, asked())
    return unspent


@pytest.fixture
async def approved(requested: ServiceUnderTest) -> ServiceUnderTest:
    await requested.post(f"{REFUND}/approve", PAYMENT_APPROVER, APPROVAL)
    return requested


async def test_unspent_money_goes_back_by_two_people_and_finances_voucher(unspent: ServiceUnderTest) -> None:
    held = [{"received": 40_000_00, "available": 10_000_00, "reserved": 30_000_00}]
    for path, person, body in (
        ("/refunds", PAYMENT_REQUESTER, asked()),
        (f"{REFUND}/approve", PAYMENT_APPROVER, APPROVAL),
        (f"{REFUND}/returned", PAYMENT_REQUESTER, RETURNED),
    ):
        await unspent.post(path, person, body)
        held.append(await balances(unspent, an_id("pot one")))

    moved = {"received": 40_000_00, "reserved": 30_000_00}
    assert held[1:] == [
        {**moved, "refund_requested": 10_000_00},
        {**moved, "refund_approved": 10_000_00},
        {**moved, "returned": 10_000_00},
    ]
    books = await assert_books_balance(unspent)
    assert books["returned_pence"] == 10_000_00
    facts = [fact for fact in await unspent.recorded() if fact.topic == "contributions.pot"]
    assert [fact.name for fact in facts] == [
        "pot.opened.v1",
        "refund.requested.v1",
        "refund.approved.v1",
        "refund.made.v1",
    ]
    made = facts[-1]
    assert isinstance(made, RefundMade)
    assert (made.amount_pence, made.voucher) == (10_000_00, "V-2024-0815")


async def test_the_payee_and_the_reason_are_in_no_event_and_no_entry(approved: ServiceUnderTest) -> None:
    for table, column in (("event_log", "payload"), ("ledger_entry", "coalesce(party, '')")):
        told = await approved.rows(f"SELECT {column} AS told FROM {table}")  # noqa: S608 - names from above
        assert not any("Old Street Yard" in row["told"] or "clause 4.3" in row["told"] for row in told)
    assert (await approved.get(REFUND, AUDITOR))["payee"] == "Old Street Yard Limited"


async def test_whoever_asked_never_approves_and_the_attempt_is_kept(unspent: ServiceUnderTest) -> None:
    await unspent.post("/refunds", BOTH, asked())

    problem = await unspent.refused(403, "POST", f"{REFUND}/approve", BOTH, APPROVAL)

    assert problem["code"] == "refund.same_person"
    noted = await unspent.rows("SELECT actor, code FROM refused_attempt")
    assert noted == [{"actor": str(BOTH.id), "code": "refund.same_person"}]
    assert (await unspent.get(REFUND, OFFICER))["state"] == "requested"


async def test_not_even_the_database_takes_one_person_for_two(approved: ServiceUnderTest) -> None:
    with pytest.raises(Exception, match="refund_by_two_people"):
        await approved.rows("UPDATE refund SET approved_by = requested_by RETURNING 1")


@pytest.mark.parametrize("is_approved", [False, True])
async def test_a_refused_refund_is_available_again_and_another_can_be_asked_for(
    requested: ServiceUnderTest, *, is_approved: bool
) -> None:
    if is_approved:
        await requested.post(f"{REFUND}/approve", PAYMENT_APPROVER, APPROVAL)

    await requested.post(f"{REFUND}/refuse", PAYMENT_APPROVER, REFUSAL)

    assert (await balances(requested, an_id("pot one")))["available"] == 10_000_00
    again = asked(refund_id=str(an_id("another")), payee="Its successor")
    await requested.post("/refunds", FUND_MANAGER, again)
    await assert_books_balance(requested)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"amount_pence": 10_000_01}, "refund.above_available", "amount_pence"),
        ({"amount_pence": 0}, "money.zero", "amount_pence"),
        ({"amount_pence": -1}, "money.negative", "amount_pence"),
        ({"payee": " "}, "payee.missing", "payee"),
        ({"reason": ""}, "reason.missing", "reason"),
        ({"requested_on": "2019-08-29"}, "refund.requested_on_too_early", "requested_on"),
        ({"requested_on": "2999-01-01"}, "requested_on.in_the_future", "requested_on"),
    ],
)
async def test_what_cannot_be_refunded_is_refused_by_field(
    unspent: ServiceUnderTest, change: dict[str, Any], code: str, field: str
) -> None:
    problem = await unspent.refused(422, "POST", "/refunds", FUND_MANAGER, asked(**change))

    assert (problem["code"], problem["problems"][0]["field"]) == (code, field)
    assert await unspent.rows("SELECT 1 FROM refund") == []


@pytest.mark.parametrize(
    ("act", "body", "field"),
    [
        ("approve", {"approved_on": "2024-09-01"}, "approved_on"),
        ("approve", {"approved_on": "2999-01-01"}, "approved_on"),
        ("refuse", {"reason": "", "refused_on": "2024-09-12"}, "reason"),
        ("refuse", {"reason": "No.", "refused_on": "2024-09-01"}, "refused_on"),
    ],
)
async def test_no_step_is_dated_before_the_one_before_or_without_a_reason(
    requested: ServiceUnderTest, act: str, body: dict[str, str], field: str
) -> None:
    problem = await requested.refused(422, "POST", f"{REFUND}/{act}", PAYMENT_APPROVER, body)

    assert problem["problems"][0]["field"] == field


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"voucher": "", "returned_on": "2024-09-20"}, "voucher"),
        ({"voucher": "V", "returned_on": "2024-09-09"}, "returned_on"),
    ],
)
async def test_a_refund_is_returned_with_its_voucher_after_its_approval(
    approved: ServiceUnderTest, body: dict[str, str], field: str
) -> None:
    problem = await approved.refused(422, "POST", f"{REFUND}/returned", PAYMENT_APPROVER, body)

    assert problem["problems"][0]["field"] == field


async def test_no_step_is_left_out_or_done_twice(requested: ServiceUnderTest) -> None:
    early = await requested.refused(409, "POST", f"{REFUND}/returned", PAYMENT_APPROVER, RETURNED)
    await requested.post(f"{REFUND}/approve", PAYMENT_APPROVER, APPROVAL)
    twice = await requested.refused(409, "POST", f"{REFUND}/approve", PAYMENT_APPROVER, APPROVAL)
    await requested.post(f"{REFUND}/returned", PAYMENT_APPROVER, RETURNED)
    late = await requested.refused(409, "POST", f"{REFUND}/refuse", PAYMENT_APPROVER, REFUSAL)

    assert {problem["code"] for problem in (early, twice, late)} == {"refund.wrong_state"}
    await assert_books_balance(requested)


async def test_of_six_requests_at_once_one_is_taken(unspent: ServiceUnderTest) -> None:
    bodies = [asked(refund_id=str(an_id(f"refund {number}")), amount_pence=100) for number in range(6)]

    answers = await asyncio.gather(
        *(unspent.request("POST", "/refunds", FUND_MANAGER, json=body) for body in bodies)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    await assert_books_balance(unspent)


async def test_a_pot_past_its_date_is_listed_with_what_can_be_refunded(unspent: ServiceUnderTest) -> None:
    await a_pot(unspent, "young", 5_000_00, spend_by_months=600)

    (due,) = (await unspent.get("/refunds", OFFICER))["due"]

    assert (due["pot_id"], due["spend_by_on"]) == (str(an_id("pot one")), "2024-08-30")
    assert (due["refundable_pence"], due["held_unspent_pence"]) == (10_000_00, 30_000_00)
    await unspent.post("/refunds", FUND_MANAGER, asked())
    assert (await unspent.get("/refunds", OFFICER))["due"] == []


async def test_officers_and_auditors_read_refunds_and_ask_for_none(requested: ServiceUnderTest) -> None:
    for person in (OFFICER, AUDITOR):
        assert len((await requested.get("/refunds", person))["refunds"]) == 1
        await requested.refused(403, "POST", "/refunds", person, asked())
    await requested.refused(403, "POST", f"{REFUND}/approve", FUND_MANAGER, APPROVAL)
    problem = await requested.refused(404, "GET", f"/refunds/{an_id('none')}", OFFICER)
    assert problem["code"] == "refund.not_found"
