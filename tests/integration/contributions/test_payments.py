import asyncio
from typing import Any

import pytest

from shared.web.roles import Role
from tests.support.contributions_service import a_pot, assert_books_balance, balances, payment_body
from tests.support.events import (
    CLAIM_ID,
    PAYMENT_ID,
    an_id,
    awarded,
    milestone_verified,
    offer_accepted,
)
from tests.support.people import OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER, Person
from tests.support.services import ServiceUnderTest

BOTH = Person("holds both roles", (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER))
APPROVE = f"/payments/{PAYMENT_ID}/approve"
PAID = f"/payments/{PAYMENT_ID}/paid"
APPROVAL = {"approved_on": "2021-04-06"}
VOUCHER = {"voucher": "V-1", "paid_on": "2021-04-09"}
REFUSE = f"/payments/{PAYMENT_ID}/refuse"
REFUSAL = {"refused_on": "2021-04-07", "reason": "The invoice is made out to another parish."}


@pytest.fixture
async def payable(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """A grant of 30,000.00 out of 40,000.00 whose whole claim is payable."""
    await a_pot(contributions, "one", 40_000_00)
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    return contributions


@pytest.fixture
async def requested(payable: ServiceUnderTest) -> ServiceUnderTest:
    await payable.post("/payments", PAYMENT_REQUESTER, payment_body())
    return payable


@pytest.fixture
async def approved(requested: ServiceUnderTest) -> ServiceUnderTest:
    await requested.post(APPROVE, PAYMENT_APPROVER, APPROVAL)
    return requested


async def test_whoever_asked_never_approves_and_the_attempt_is_kept(payable: ServiceUnderTest) -> None:
    await payable.post("/payments", BOTH, payment_body())

    problem = await payable.refused(403, "POST", APPROVE, BOTH, APPROVAL)

    assert problem["code"] == "payment.same_person"
    noted = await payable.rows("SELECT actor, path, code FROM refused_attempt")
    assert noted == [{"actor": str(BOTH.id), "path": APPROVE, "code": "payment.same_person"}]
    (payment,) = await payable.get("/payments", PAYMENT_APPROVER)
    assert payment["state"] == "requested"


async def test_a_payment_sent_twice_with_one_key_is_one(payable: ServiceUnderTest) -> None:
    headers = {"Idempotency-Key": "one click"}

    first = await payable.post("/payments", PAYMENT_REQUESTER, payment_body(), headers=headers)
    second = await payable.post("/payments", PAYMENT_REQUESTER, payment_body(), headers=headers)

    assert first == second
    assert len(await payable.get("/payments", PAYMENT_REQUESTER)) == 1


@pytest.mark.parametrize("change", [{}, {"payment_id": str(an_id("another"))}])
async def test_a_claim_is_paid_once(requested: ServiceUnderTest, change: dict[str, str]) -> None:
    problem = await requested.refused(409, "POST", "/payments", PAYMENT_REQUESTER, payment_body(**change))

    assert problem["code"] in {"payment.claim_paid_before", "payment.recorded_before"}
    assert len(await requested.get("/payments", PAYMENT_REQUESTER)) == 1


async def test_six_requests_at_once_make_one_payment(payable: ServiceUnderTest) -> None:
    bodies = [payment_body(payment_id=str(an_id(f"payment {number}"))) for number in range(6)]

    answers = await asyncio.gather(
        *(payable.request("POST", "/payments", PAYMENT_REQUESTER, json=body) for body in bodies)
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    await assert_books_balance(payable)


async def test_two_approvals_at_once_are_one(requested: ServiceUnderTest) -> None:
    other = Person("another approver", (Role.PAYMENT_APPROVER,))

    answers = await asyncio.gather(
        requested.request("POST", APPROVE, PAYMENT_APPROVER, json=APPROVAL),
        requested.request("POST", APPROVE, other, json=APPROVAL),
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    books = await assert_books_balance(requested)
    assert books["payment_approved_pence"] == 30_000_00


@pytest.mark.parametrize(
    ("requested_on", "code"),
    [("2019-12-01", "payment.requested_on_too_early"), ("2999-01-01", "requested_on.in_the_future")],
)
async def test_a_payment_is_asked_for_after_its_verification_and_not_in_the_future(
    payable: ServiceUnderTest, requested_on: str, code: str
) -> None:
    body = payment_body(requested_on=requested_on)

    problem = await payable.refused(422, "POST", "/payments", PAYMENT_REQUESTER, body)

    assert (problem["code"], problem["problems"][0]["field"]) == (code, "requested_on")


async def test_an_approval_before_the_request_is_refused(requested: ServiceUnderTest) -> None:
    problem = await requested.refused(422, "POST", APPROVE, PAYMENT_APPROVER, {"approved_on": "2021-03-31"})

    assert problem["problems"][0]["field"] == "approved_on"


async def test_nothing_is_paid_that_nobody_approved(requested: ServiceUnderTest) -> None:
    problem = await requested.refused(409, "POST", PAID, PAYMENT_REQUESTER, VOUCHER)

    assert problem["code"] == "payment.wrong_state"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"voucher": " "}, "voucher.missing", "voucher"),
        ({"paid_on": "2999-01-01"}, "paid_on.in_the_future", "paid_on"),
        ({"paid_on": "2020-01-01"}, "payment.before_claim_verified", "paid_on"),
        ({"paid_on": "2021-04-05"}, "payment.paid_on_too_early", "paid_on"),
    ],
)
async def test_paid_is_recorded_with_a_voucher_and_a_possible_day(
    approved: ServiceUnderTest, change: dict[str, Any], code: str, field: str
) -> None:
    problem = await approved.refused(422, "POST", PAID, PAYMENT_REQUESTER, {**VOUCHER, **change})

    assert (problem["code"], problem["problems"][0]["field"]) == (code, field)


async def test_a_payment_is_marked_paid_once(approved: ServiceUnderTest) -> None:
    await approved.post(PAID, PAYMENT_REQUESTER, VOUCHER)

    problem = await approved.refused(409, "POST", PAID, PAYMENT_REQUESTER, VOUCHER)

    assert problem["code"] == "payment.wrong_state"
    assert await balances(approved, an_id("pot one")) == {
        "received": 40_000_00,
        "available": 10_000_00,
        "paid": 30_000_00,
    }


async def test_a_payment_of_nothing_known_is_not_found(payable: ServiceUnderTest) -> None:
    unknown = payment_body(claim_id=str(an_id("no claim")))
    other = payment_body(application_id=str(an_id("no application")))

    await payable.refused(404, "POST", APPROVE, PAYMENT_APPROVER, APPROVAL)
    await payable.refused(404, "POST", "/payments", PAYMENT_REQUESTER, unknown)
    await payable.refused(404, "POST", "/payments", PAYMENT_REQUESTER, other)
    await payable.refused(404, "GET", f"/pots/{CLAIM_ID}", OFFICER)


@pytest.mark.parametrize("who", [PAYMENT_REQUESTER, PAYMENT_APPROVER])
async def test_a_request_is_refused_and_its_claim_may_be_asked_for_again(
    requested: ServiceUnderTest, who: Person
) -> None:
    await requested.post(REFUSE, who, REFUSAL)

    assert await balances(requested, an_id("pot one")) == {
        "received": 40_000_00,
        "available": 10_000_00,
        "committed": 30_000_00,
    }
    (claim,) = await requested.get("/payable-claims", PAYMENT_REQUESTER)
    assert claim["payment_id"] is None
    again = payment_body(payment_id=str(an_id("again")), requested_on="2021-04-08")
    await requested.post("/payments", PAYMENT_REQUESTER, again)
    refused, standing = await requested.get("/payments", PAYMENT_REQUESTER)
    assert (refused["state"], refused["refusal_reason"], refused["refused_by"]) == (
        "refused",
        REFUSAL["reason"],
        str(who.id),
    )
    assert standing["state"] == "requested"
    assert [each.name for each in await requested.recorded()][-2:] == [
        "payment.refused.v1",
        "payment.requested.v1",
    ]
    await assert_books_balance(requested)


async def test_what_was_approved_is_not_undone_by_whoever_asked_for_it(payable: ServiceUnderTest) -> None:
    await payable.post("/payments", BOTH, payment_body())
    await payable.post(APPROVE, PAYMENT_APPROVER, APPROVAL)

    problem = await payable.refused(403, "POST", REFUSE, BOTH, REFUSAL)
    await payable.post(REFUSE, PAYMENT_APPROVER, REFUSAL)

    assert problem["code"] == "payment.same_person"
    (payment,) = await payable.get("/payments", PAYMENT_APPROVER)
    assert (payment["state"], payment["approved_on"]) == ("refused", "2021-04-06")
    kinds = await payable.rows("SELECT kind FROM ledger_entry ORDER BY position DESC LIMIT 1")
    assert kinds == [{"kind": "refusal_of_approved_payment"}]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"reason": "  "}, "reason.missing", "reason"),
        ({"refused_on": "2021-04-05"}, "payment.refused_on_too_early", "refused_on"),
        ({"refused_on": "2999-01-01"}, "refused_on.in_the_future", "refused_on"),
    ],
)
async def test_a_refusal_needs_a_reason_and_a_possible_day(
    approved: ServiceUnderTest, change: dict[str, Any], code: str, field: str
) -> None:
    problem = await approved.refused(422, "POST", REFUSE, PAYMENT_APPROVER, {**REFUSAL, **change})

    assert (problem["code"], problem["problems"][0]["field"]) == (code, field)


async def test_what_was_paid_or_refused_stays_so(approved: ServiceUnderTest) -> None:
    await approved.post(REFUSE, PAYMENT_APPROVER, REFUSAL)

    twice = await approved.refused(409, "POST", REFUSE, PAYMENT_APPROVER, REFUSAL)
    paid = await approved.refused(409, "POST", PAID, PAYMENT_APPROVER, VOUCHER)
    officer = await approved.refused(403, "POST", REFUSE, OFFICER, REFUSAL)

    assert (twice["code"], paid["code"]) == ("payment.wrong_state", "payment.wrong_state")
    assert officer["code"] == "role.missing"


async def test_not_even_the_database_lets_the_requester_undo_an_approval(approved: ServiceUnderTest) -> None:
    with pytest.raises(Exception, match="payment_approval_undone_by_another"):
        await approved.rows(
            "UPDATE payment SET state = 'refused', refused_by = requested_by, refused_on = approved_on, "
            "refusal_reason = 'x' RETURNING 1"
        )
