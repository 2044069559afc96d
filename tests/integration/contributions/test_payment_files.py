"""Approved payments go to finance in a file, once, and are paid by what finance gives back."""

import csv
import hashlib
import io
from typing import Any

import pytest

from tests.support.contributions_service import a_pot, assert_books_balance, payment_body
from tests.support.events import ISLINGTON, PAYMENT_ID, an_id, awarded, milestone_verified, offer_accepted
from tests.support.people import AUDITOR, OFFICER, PAYMENT_APPROVER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest

HEAD = "Payment reference,Voucher,Date paid"
FIRST = "OF00001-001"


async def supplier(service: ServiceUnderTest, number: str = "100482") -> str:
    """The grant holder's number is entered; answers the grant holder."""
    (known,) = (await service.get("/payment-files", OFFICER))["suppliers"]
    body = {"organisation": ISLINGTON, "grantee": known["grantee"], "supplier_number": number}
    await service.post("/suppliers", PAYMENT_REQUESTER, body)
    return str(known["grantee"])


async def exported(service: ServiceUnderTest, name: str = "batch") -> dict[str, Any]:
    body = {"batch_id": str(an_id(name)), "organisation": ISLINGTON}
    told: dict[str, Any] = await service.post("/payment-files", PAYMENT_REQUESTER, body)
    return told


async def given_back(service: ServiceUnderTest, *rows: str, name: str = "return") -> list[dict[str, Any]]:
    files = {"file": ("paid.csv", "\n".join([HEAD, *rows]).encode(), "text/csv")}
    fields = {"return_id": str(an_id(name)), "organisation": ISLINGTON}
    answer = await service.request("POST", "/payment-returns", PAYMENT_REQUESTER, files=files, data=fields)
    assert answer.status_code == 201, answer.text
    return list(answer.json()["rows"])


@pytest.fixture
async def approved(contributions: ServiceUnderTest) -> ServiceUnderTest:
    """An approved payment of 30,000.00."""
    await a_pot(contributions, "one", 40_000_00)
    await contributions.give(awarded(), offer_accepted(), milestone_verified())
    await contributions.post("/payments", PAYMENT_REQUESTER, payment_body())
    here = f"/payments/{PAYMENT_ID}/approve"
    await contributions.post(here, PAYMENT_APPROVER, {"approved_on": "2021-04-06"})
    return contributions


async def test_a_payment_is_handed_over_once_by_supplier_number(approved: ServiceUnderTest) -> None:
    grantee = await supplier(approved)
    told = await exported(approved)
    again = await approved.refused(
        409,
        "POST",
        "/payment-files",
        PAYMENT_REQUESTER,
        {"batch_id": str(an_id("second")), "organisation": ISLINGTON},
    )

    answer = await approved.request("GET", f"/payment-files/{an_id('batch')}.csv", AUDITOR)
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["Payment reference"], row["Supplier number"], row["Amount"]) == (FIRST, "100482", "30000.00")
    assert row["Supplier"] == grantee
    assert told["sha256"] == hashlib.sha256(answer.content).hexdigest()
    assert (told["payments"], told["total_pence"], again["code"]) == (1, 30_000_00, "payment_file.nothing")


async def test_without_a_supplier_number_nothing_is_handed_over(approved: ServiceUnderTest) -> None:
    body = {"batch_id": str(an_id("batch")), "organisation": ISLINGTON}

    problem = await approved.refused(422, "POST", "/payment-files", PAYMENT_REQUESTER, body)

    assert problem["code"] == "payment_file.no_numbers"
    assert await approved.rows("SELECT 1 FROM payment_batch") == []


async def test_what_finance_gives_back_pays_and_says_so_row_by_row(approved: ServiceUnderTest) -> None:
    await supplier(approved)
    await exported(approved)
    rows = (f"{FIRST},V-77,09/04/2021", "OF00009-001,V-78,09/04/2021", f"{FIRST},,09/04/2021")

    first = await given_back(approved, *rows)
    second = await given_back(approved, rows[0], f"{FIRST},V-99,09/04/2021", name="again")

    assert [row["outcome"] for row in first] == ["paid", "refused", "refused"]
    assert [row["row"] for row in first] == [2, 3, 4]
    assert [row["outcome"] for row in second] == ["known", "refused"]
    assert "under voucher V-77 already" in second[1]["message"]
    (payment,) = await approved.get("/payments", OFFICER)
    assert (payment["state"], payment["voucher"], payment["paid_on"]) == ("paid", "V-77", "2021-04-09")
    kept = await approved.get(f"/payment-returns/{an_id('return')}", AUDITOR)
    assert [row["outcome"] for row in kept["rows"]] == ["paid", "refused", "refused"]
    await assert_books_balance(approved)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (f"{FIRST},V-1,05/04/2021", "before the payment was approved"),
        (f"{FIRST},V-1,09/04/2999", "later than today"),
        (f"{FIRST},V-1,09/04/1900", "no possible day"),
        (f"{FIRST},=1+1,09/04/2021", "formula"),
    ],
)
async def test_a_row_that_cannot_be_is_refused_with_its_remedy(
    approved: ServiceUnderTest, row: str, said: str
) -> None:
    await supplier(approved)
    await exported(approved)

    (told,) = await given_back(approved, row)

    assert (told["outcome"], said in told["message"]) == ("refused", True)
    assert (await approved.get("/payments", OFFICER))[0]["state"] == "approved"


async def test_a_payment_refused_after_its_file_is_not_paid_by_it(approved: ServiceUnderTest) -> None:
    await supplier(approved)
    await exported(approved)
    refusal = {"refused_on": "2021-04-07", "reason": "The invoice is made out to another parish."}
    await approved.post(f"/payments/{PAYMENT_ID}/refuse", PAYMENT_APPROVER, refusal)

    (told,) = await given_back(approved, f"{FIRST},V-77,09/04/2021")

    assert (told["outcome"], "recover the money" in told["message"]) == ("refused", True)


async def test_a_voucher_stands_for_one_payment(approved: ServiceUnderTest) -> None:
    paid = {"voucher": "V-77", "paid_on": "2021-04-09"}
    await approved.post(f"/payments/{PAYMENT_ID}/paid", PAYMENT_REQUESTER, paid)
    ids = {"application_id": an_id("other"), "award_id": an_id("other award")}
    await approved.give(
        awarded(**ids, amount_pence=5_00),
        offer_accepted(**ids),
        milestone_verified(
            application_id=ids["application_id"], claim_id=an_id("other claim"), amount_pence=5_00
        ),
    )
    names = {"payment_id": "other payment", "application_id": "other", "claim_id": "other claim"}
    body = payment_body(**{name: str(an_id(value)) for name, value in names.items()})
    here = f"/payments/{an_id('other payment')}"
    await approved.post("/payments", PAYMENT_REQUESTER, body)
    await approved.post(f"{here}/approve", PAYMENT_APPROVER, {"approved_on": "2021-04-06"})

    problem = await approved.refused(422, "POST", f"{here}/paid", PAYMENT_REQUESTER, paid)

    assert (problem["code"], problem["problems"][0]["field"]) == ("payment.voucher_used", "voucher")


async def test_a_name_that_runs_as_a_formula_is_harmless_in_the_file(contributions: ServiceUnderTest) -> None:
    await a_pot(contributions, "one", 40_000_00)
    accepted = offer_accepted(organisation_name="=HYPERLINK(1)")
    await contributions.give(awarded(), accepted, milestone_verified())
    await contributions.post("/payments", PAYMENT_REQUESTER, payment_body())
    here = f"/payments/{PAYMENT_ID}/approve"
    await contributions.post(here, PAYMENT_APPROVER, {"approved_on": "2021-04-06"})
    await supplier(contributions)
    await exported(contributions)

    answer = await contributions.request("GET", f"/payment-files/{an_id('batch')}.csv", AUDITOR)

    assert "'=HYPERLINK(1)" in answer.text


@pytest.mark.parametrize(("number", "status"), [("=1+1", 422), ("", 422), ("1" * 31, 422)])
async def test_a_supplier_number_is_letters_and_figures(
    approved: ServiceUnderTest, number: str, status: int
) -> None:
    (known,) = (await approved.get("/payment-files", OFFICER))["suppliers"]
    body = {"organisation": ISLINGTON, "grantee": known["grantee"], "supplier_number": number}

    problem = await approved.refused(status, "POST", "/suppliers", PAYMENT_REQUESTER, body)

    assert problem["problems"][0]["field"] == "supplier_number"
    unknown = {**body, "grantee": "Nobody", "supplier_number": "1"}
    await approved.refused(404, "POST", "/suppliers", PAYMENT_REQUESTER, unknown)
    await approved.refused(403, "POST", "/suppliers", OFFICER, body)
