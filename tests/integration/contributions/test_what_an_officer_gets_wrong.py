import asyncio
from typing import Any

import pytest

from tests.support.contributions_service import (
    a_due_obligation,
    a_pot,
    agreement_body,
    assert_books_balance,
    obligation_body,
    receipt_body,
)
from tests.support.events import AGREEMENT_ID, BUNHILL, an_id, fund_opened
from tests.support.people import APPLICANT, OFFICER, PAYMENT_APPROVER
from tests.support.services import ServiceUnderTest

OBLIGATIONS = f"/agreements/{AGREEMENT_ID}/obligations"


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"reference": " "}, "reference.missing", "reference"),
        ({"organisation": "Islington"}, "organisation.not_a_code", "organisation"),
        ({"deed_on": "2999-01-01"}, "deed_on.in_the_future", "deed_on"),
        ({"document_url": "javascript:alert(1)"}, "document_url.not_an_address", "document_url"),
        (
            {"planning_application": "a\x00b"},
            "planning_application.control_character",
            "planning_application",
        ),
        ({"planning_application": ""}, "planning_application.missing", "planning_application"),
        ({"kind": "handshake"}, "request.misshapen", "kind"),
        ({"deed_on": "17/04/2019"}, "request.misshapen", "deed_on"),
    ],
)
async def test_an_agreement_is_refused_by_field(
    contributions: ServiceUnderTest, change: dict[str, Any], code: str, field: str
) -> None:
    problem = await contributions.refused(422, "POST", "/agreements", OFFICER, agreement_body(**change))

    assert (problem["code"], problem["problems"][0]["field"]) == (code, field)
    assert await contributions.recorded() == []


async def test_a_second_click_records_one_agreement(contributions: ServiceUnderTest) -> None:
    headers = {"Idempotency-Key": "one click"}

    first = await contributions.post("/agreements", OFFICER, agreement_body(), headers=headers)
    second = await contributions.post("/agreements", OFFICER, agreement_body(), headers=headers)

    assert first == second == {"id": str(AGREEMENT_ID), "sequence": 1}
    assert len(await contributions.recorded()) == 1


async def test_the_same_key_for_something_else_is_a_conflict(contributions: ServiceUnderTest) -> None:
    headers = {"Idempotency-Key": "one click"}
    await contributions.post("/agreements", OFFICER, agreement_body(), headers=headers)

    problem = await contributions.refused(
        409, "POST", "/agreements", OFFICER, agreement_body(reference="another"), headers=headers
    )

    assert problem["code"] == "idempotency_key.reused"


@pytest.mark.parametrize("change", [{}, {"agreement_id": str(an_id("other"))}, {"reference": "other"}])
async def test_an_agreement_is_recorded_once(contributions: ServiceUnderTest, change: dict[str, str]) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())

    problem = await contributions.refused(409, "POST", "/agreements", OFFICER, agreement_body(**change))

    assert problem["code"] == "agreement.recorded_before"


async def test_two_officers_who_record_the_same_agreement_at_once_record_one(
    contributions: ServiceUnderTest,
) -> None:
    answers = await asyncio.gather(
        *(contributions.request("POST", "/agreements", OFFICER, json=agreement_body()) for _ in range(6))
    )

    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"amount_pence": 0}, "money.zero", "amount_pence"),
        ({"amount_pence": -1}, "money.negative", "amount_pence"),
        ({"amount_pence": 10**15}, "money.too_large", "amount_pence"),
        ({"amount_pence": 10.125}, "request.misshapen", "amount_pence"),
        ({"purpose": "carbon"}, "purpose.unknown", "purpose"),
        ({"wards": ["Narnia"]}, "ward.unknown", "wards"),
        ({"spend_by_months": 0}, "spend_by_months.out_of_range", "spend_by_months"),
        ({"trigger": ""}, "trigger.missing", "trigger"),
    ],
)
async def test_an_obligation_is_refused_by_field(
    contributions: ServiceUnderTest, change: dict[str, Any], code: str, field: str
) -> None:
    await contributions.give(fund_opened())
    await contributions.post("/agreements", OFFICER, agreement_body())

    problem = await contributions.refused(422, "POST", OBLIGATIONS, OFFICER, obligation_body(**change))

    assert (problem["code"], problem["problems"][0]["field"]) == (code, field)


async def test_a_ward_that_a_fund_names_is_taken(contributions: ServiceUnderTest) -> None:
    await contributions.give(fund_opened())
    await contributions.post("/agreements", OFFICER, agreement_body())

    await contributions.post(OBLIGATIONS, OFFICER, obligation_body(wards=[BUNHILL]))

    agreement = await contributions.get(f"/agreements/{AGREEMENT_ID}", OFFICER)
    assert agreement["obligations"][0]["wards"] == [BUNHILL]


async def test_an_obligation_of_no_agreement_is_not_found(contributions: ServiceUnderTest) -> None:
    problem = await contributions.refused(404, "POST", OBLIGATIONS, OFFICER, obligation_body())

    assert problem["code"] == "agreement.not_found"


@pytest.mark.parametrize(
    ("change", "code", "field", "says"),
    [
        ({"received_on": "2019-04-16"}, "receipt.before_deed", "received_on", "17 April 2019"),
        ({"received_on": "2999-01-01"}, "received_on.in_the_future", "received_on", "later than today"),
        ({"amount_pence": 0}, "money.zero", "amount_pence", "above zero"),
        ({"amount_pence": -5}, "money.negative", "amount_pence", "minus sign"),
        ({"amount_pence": 88_596_01}, "receipt.above_outstanding", "amount_pence", "£88,596.00"),
    ],
)
async def test_a_receipt_is_refused_by_field_and_opens_nothing(
    contributions: ServiceUnderTest, change: dict[str, Any], code: str, field: str, says: str
) -> None:
    path = await a_due_obligation(contributions, "one")

    problem = await contributions.refused(422, "POST", f"{path}/receipts", OFFICER, receipt_body(**change))

    assert (problem["code"], problem["problems"][0]["field"]) == (code, field)
    assert says in problem["detail"]
    assert (await contributions.get("/pots", OFFICER))["pots"] == []


async def test_a_receipt_comes_after_its_trigger(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    await contributions.post(OBLIGATIONS, OFFICER, obligation_body())

    problem = await contributions.refused(
        422, "POST", f"{OBLIGATIONS}/{an_id('obligation')}/receipts", OFFICER, receipt_body()
    )

    assert problem["code"] == "receipt.not_due"
    assert "Record the day" in problem["detail"]


async def test_a_receipt_is_recorded_once_and_a_second_only_up_to_what_is_owed(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "one")
    half = receipt_body(amount_pence=50_000_00)
    await contributions.post(f"{path}/receipts", OFFICER, half)

    again = await contributions.refused(409, "POST", f"{path}/receipts", OFFICER, half)
    above = await contributions.refused(
        422, "POST", f"{path}/receipts", OFFICER, receipt_body("second", amount_pence=38_596_01)
    )
    await contributions.post(f"{path}/receipts", OFFICER, receipt_body("third", amount_pence=38_596_00))

    assert again["code"] == "receipt.recorded_before"
    assert "£38,596.00" in above["detail"]
    assert (await assert_books_balance(contributions))["received_pence"] == 88_596_00


async def test_receipts_at_once_never_exceed_what_is_owed(contributions: ServiceUnderTest) -> None:
    path = await a_due_obligation(contributions, "one")

    answers = await asyncio.gather(
        *(
            contributions.request("POST", f"{path}/receipts", OFFICER, json=receipt_body(f"r{number}"))
            for number in range(6)
        )
    )

    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422, 422, 422]


async def test_agreements_are_found_by_what_they_and_their_obligations_are_called(
    contributions: ServiceUnderTest,
) -> None:
    for number in range(53):
        body = agreement_body(f"A{number:02}", reference=f"A{number:02}", planning_application="19/1_%")
        await contributions.post("/agreements", OFFICER, body)
    await contributions.post(f"/agreements/{an_id('A07')}/obligations", OFFICER, obligation_body())

    first = await contributions.get("/agreements", OFFICER)
    rest = await contributions.get("/agreements", OFFICER, params={"cursor": first["next_cursor"]})
    found = await contributions.get("/agreements", OFFICER, params={"search": "OBLIG"})
    literal = await contributions.get("/agreements", OFFICER, params={"search": "_\x00%"})

    assert [len(first["agreements"]), len(rest["agreements"]), rest["next_cursor"]] == [50, 3, None]
    assert [agreement["reference"] for agreement in found["agreements"]] == ["A07"]
    assert len(literal["agreements"]) == 50


async def test_people_without_the_role_are_kept_out_and_noted(contributions: ServiceUnderTest) -> None:
    pot = await a_pot(contributions, "one", 100_00)

    await contributions.refused(403, "POST", "/agreements", PAYMENT_APPROVER, agreement_body("other"))
    await contributions.refused(403, "GET", f"/pots/{pot}", APPLICANT)
    await contributions.refused(401, "GET", "/trial-balance", None)

    noted = await contributions.rows("SELECT actor, path, code FROM refused_attempt ORDER BY id")
    assert noted == [
        {"actor": str(PAYMENT_APPROVER.id), "path": "/agreements", "code": "role.missing"},
        {"actor": str(APPLICANT.id), "path": f"/pots/{pot}", "code": "role.missing"},
    ]
