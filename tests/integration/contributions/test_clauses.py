import asyncio
from typing import Any

import pytest

from tests.support.contributions_service import agreement_body, receipt_body
from tests.support.events import AGREEMENT_ID, GREEN, an_id
from tests.support.people import AUDITOR, FUND_MANAGER, OFFICER
from tests.support.pricing_service import (
    CALCULATION_ID,
    CLAUSES,
    POLICY_ID,
    STATEMENTS,
    WORKINGS,
    clause_body,
    policy_body,
    prepare,
    statement_body,
    tranche_body,
    version_body,
)
from tests.support.services import ServiceUnderTest


async def obligations(contributions: ServiceUnderTest) -> list[dict[str, Any]]:
    agreement = await contributions.get(f"/agreements/{AGREEMENT_ID}", OFFICER)
    found: list[dict[str, Any]] = agreement["obligations"]
    return found


async def test_a_clause_under_a_policy_is_worked_out_and_kept_with_the_version_it_used(
    contributions: ServiceUnderTest,
) -> None:
    await prepare(contributions)

    await contributions.post(CLAUSES, OFFICER, clause_body())

    (only,) = await obligations(contributions)
    assert (only["amount_pence"], only["clause"]) == (11_950_00, "Schedule 3, paragraph 2")
    assert only["calculation_id"] == str(CALCULATION_ID)
    (kept,) = await contributions.get(f"/agreements/{AGREEMENT_ID}/calculations", AUDITOR)
    assert (kept["policy_version"], kept["statement_reference"]) == (1, "Energy statement, revision C")
    assert kept["obligation_ids"] == [only["obligation_id"]]
    assert [step["result_in_words"] for step in kept["steps"]] == [
        "59.75 tCO2e a year",
        "£11,950.00",
        "£11,950.00",
        "64.8 tCO2e a year",
    ]
    assert kept["steps"][-1] | {"check": True, "met": True} == kept["steps"][-1]


async def test_a_later_version_changes_nothing_that_was_worked_out(contributions: ServiceUnderTest) -> None:
    await prepare(contributions)
    await contributions.post(CLAUSES, OFFICER, clause_body())
    before = await contributions.get(f"/agreements/{AGREEMENT_ID}/calculations", OFFICER)

    later = version_body(price_pence_per_tonne=250_00, valid_from="2026-04-01")
    await contributions.post(f"/price-policies/{POLICY_ID}/versions", FUND_MANAGER, later)

    assert await contributions.get(f"/agreements/{AGREEMENT_ID}/calculations", OFFICER) == before
    newest, first = (await contributions.get(f"/price-policies/{POLICY_ID}", OFFICER))["versions"]
    assert (newest["version"], newest["valid_until"]) == (2, None)
    assert (first["version"], first["valid_until"]) == (1, "2026-04-01")


async def test_what_is_previewed_is_what_is_recorded(contributions: ServiceUnderTest) -> None:
    await prepare(contributions)
    asked = "&".join(f"{name}={value}" for name, value in clause_body()["sum"].items())

    preview = await contributions.get(f"{WORKINGS}?{asked}&percents=60&percents=40", OFFICER)
    tranches = [tranche_body("first", percent="60"), tranche_body("second", percent="40")]
    await contributions.post(CLAUSES, OFFICER, clause_body(tranches=tranches))

    assert [each["amount_pence"] for each in await obligations(contributions)] == preview["shares_pence"]
    (kept,) = await contributions.get(f"/agreements/{AGREEMENT_ID}/calculations", OFFICER)
    assert kept["steps"] == preview["steps"]


async def test_a_clause_in_tranches_is_secured_tranche_by_tranche(contributions: ServiceUnderTest) -> None:
    await prepare(contributions)
    tranches = [
        tranche_body("first", percent="33.34", trigger_kind="commencement"),
        tranche_body("second", percent="33.33", trigger_kind="nth_occupation", trigger_dwelling=50),
        tranche_body("third", percent="33.33", trigger_kind="date", trigger_on="2030-01-01"),
    ]
    fixed = {"method": "fixed", "amount_pence": 100_01}

    await contributions.post(CLAUSES, OFFICER, clause_body(sum=fixed, tranches=tranches))
    path = f"/agreements/{AGREEMENT_ID}/obligations/{tranches[0]['obligation_id']}"
    await contributions.post(f"{path}/trigger", OFFICER, {"trigger_met_on": "2020-01-01"})

    shown = await obligations(contributions)
    assert [each["amount_pence"] for each in shown] == [33_35, 33_33, 33_33]
    assert [each["secured"] for each in shown] == [True, False, False]
    assert [(each["tranche_number"], each["tranche_count"]) for each in shown] == [(1, 3), (2, 3), (3, 3)]
    assert [each["calculation_id"] for each in shown] == [None, None, None]
    receipt = receipt_body(amount_pence=33_33, received_on="2020-02-01")
    second = f"/agreements/{AGREEMENT_ID}/obligations/{tranches[1]['obligation_id']}/receipts"
    await contributions.refused(422, "POST", second, OFFICER, receipt)


async def test_a_sum_per_dwelling_is_multiplied_by_the_service(contributions: ServiceUnderTest) -> None:
    await contributions.post("/agreements", OFFICER, agreement_body())
    each = {
        "method": "per_dwelling",
        "houses": 3,
        "house_pence": 1_500_00,
        "flats": 9,
        "flat_pence": 1_000_00,
    }

    await contributions.post(CLAUSES, OFFICER, clause_body(sum=each))

    assert (await obligations(contributions))[0]["amount_pence"] == 13_500_00


async def test_a_management_fee_is_an_obligation_of_its_own(contributions: ServiceUnderTest) -> None:
    await prepare(contributions, price_pence_per_tonne=1_800_00, management_fee_percent="10")
    fee = tranche_body("fee", trigger="On completion of this deed")

    problem = await contributions.refused(422, "POST", CLAUSES, OFFICER, clause_body())
    await contributions.post(CLAUSES, OFFICER, clause_body(fee=fee))

    assert problem["problems"][0]["field"] == "fee"
    sums = {each["purpose"]: each["amount_pence"] for each in await obligations(contributions)}
    assert sums == {GREEN: 107_550_00, "monitoring-fees": 10_755_00}


async def test_as_built_a_new_calculation_follows_the_old_and_adds_only_the_top_up(
    contributions: ServiceUnderTest,
) -> None:
    await prepare(contributions)
    await contributions.post(CLAUSES, OFFICER, clause_body())
    built = statement_body("built", stage="as_built", domestic_regulated_t_co2e="51.25")
    await contributions.post(STATEMENTS, OFFICER, built)

    body = followed_by("built", "top-up")
    await contributions.post(CLAUSES, OFFICER, body)

    top_up = next(each for each in await obligations(contributions) if each["reference"] == "top-up")
    assert top_up["amount_pence"] == 2_000_00
    old, new = await contributions.get(f"/agreements/{AGREEMENT_ID}/calculations", OFFICER)
    assert (new["replaces_id"], old["replaced_by_id"]) == (old["calculation_id"], new["calculation_id"])
    assert (new["amount_pence"], new["due_pence"]) == (13_950_00, 2_000_00)
    again = followed_by("built", "again", calculation_id=str(an_id("another")))
    problem = await contributions.refused(409, "POST", CLAUSES, OFFICER, again)
    assert problem["code"] == "calculation.replaced_before"


async def test_as_built_with_fewer_tonnes_nothing_more_is_owed(contributions: ServiceUnderTest) -> None:
    await prepare(contributions)
    await contributions.post(CLAUSES, OFFICER, clause_body())
    built = statement_body("built", stage="as_built", domestic_regulated_t_co2e="0")
    await contributions.post(STATEMENTS, OFFICER, built)

    await contributions.post(CLAUSES, OFFICER, followed_by("built", "none"))

    assert len(await obligations(contributions)) == 1
    _, new = await contributions.get(f"/agreements/{AGREEMENT_ID}/calculations", OFFICER)
    assert (new["amount_pence"], new["due_pence"], new["obligation_ids"]) == (3_700_00, 0, [])


async def test_a_second_click_records_one_clause(contributions: ServiceUnderTest) -> None:
    await prepare(contributions)
    headers = {"Idempotency-Key": "one click"}

    answers = await asyncio.gather(
        *(contributions.post(CLAUSES, OFFICER, clause_body(), headers=headers) for _ in range(2))
    )

    assert answers[0] == answers[1]
    assert len(await obligations(contributions)) == 1


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"sum": {"method": "fixed"}}, "amount_pence"),
    ({"sum": {"method": "fixed", "amount_pence": -1}}, "amount_pence"),
    ({"sum": {"method": "per_dwelling"}}, "dwellings"),
    ({"sum": {"method": "policy"}}, "policy_id"),
    (
        {"sum": {"method": "policy", "policy_id": str(POLICY_ID), "policy_version": 9}},
        "policy_id",
    ),
    (
        {"sum": {"method": "policy", "policy_id": str(POLICY_ID), "policy_version": 1}},
        "statement_id",
    ),
    (
        {
            "sum": {
                "method": "policy",
                "policy_id": str(POLICY_ID),
                "policy_version": 1,
                "statement_id": str(an_id("unknown")),
            }
        },
        "statement_id",
    ),
    ({"tranches": []}, "tranches"),
    ({"tranches": [tranche_body("one", percent="101")]}, "tranches.0.percent"),
    (
        {"tranches": [tranche_body("one", percent="60"), tranche_body("two", percent="50")]},
        "tranches.0.percent",
    ),
    (
        {
            "tranches": [
                tranche_body("one", percent="50"),
                tranche_body("two", percent="50", trigger_kind="percent_occupation", trigger_percent=101),
            ]
        },
        "tranches.1.trigger_percent",
    ),
    ({"clause": " "}, "clause"),
    ({"purpose": "carbon"}, "purpose"),
    ({"reference": ""}, "reference"),
]


async def test_a_clause_is_refused_by_field_and_nothing_of_it_is_kept(
    contributions: ServiceUnderTest,
) -> None:
    await prepare(contributions)

    for wrong, field in WRONG:
        problem = await contributions.refused(422, "POST", CLAUSES, OFFICER, clause_body(**wrong))
        assert field in {each["field"] for each in problem["problems"]}

    assert await obligations(contributions) == []
    assert await contributions.get(f"/agreements/{AGREEMENT_ID}/calculations", OFFICER) == []


async def test_only_the_fund_manager_sets_prices_and_only_the_officer_records_sums(
    contributions: ServiceUnderTest,
) -> None:
    await prepare(contributions)

    await contributions.refused(403, "POST", "/price-policies", OFFICER, policy_body())
    later = version_body(valid_from="2026-04-01")
    await contributions.refused(403, "POST", f"/price-policies/{POLICY_ID}/versions", OFFICER, later)
    await contributions.refused(403, "POST", CLAUSES, FUND_MANAGER, clause_body())
    await contributions.refused(403, "POST", STATEMENTS, AUDITOR, statement_body())


async def test_a_policy_of_a_name_that_is_taken_is_a_conflict(contributions: ServiceUnderTest) -> None:
    await prepare(contributions)

    body = policy_body(policy_id=str(an_id("another policy")))
    problem = await contributions.refused(409, "POST", "/price-policies", FUND_MANAGER, body)

    assert problem["code"] == "policy.recorded_before"


async def test_policies_are_listed_by_name_a_page_at_a_time(contributions: ServiceUnderTest) -> None:
    for number in range(51):
        body = policy_body(policy_id=str(an_id(f"policy {number}")), name=f"Price {number:02}")
        await contributions.post("/price-policies", FUND_MANAGER, body)

    first = await contributions.get("/price-policies", OFFICER)
    second = await contributions.get(f"/price-policies?cursor={first['next_cursor']}", OFFICER)

    assert [each["name"] for each in first["policies"]] == [f"Price {n:02}" for n in range(50)]
    assert ([each["name"] for each in second["policies"]], second["next_cursor"]) == (["Price 50"], None)


async def test_the_running_service_cannot_change_what_a_sum_rests_on(contributions: ServiceUnderTest) -> None:
    await prepare(contributions)

    for table in ("price_policy", "energy_statement", "calculation"):
        with pytest.raises(Exception, match="permission denied"):
            await contributions.rows(f"DELETE FROM {table} RETURNING 1")  # noqa: S608 - names of this test


def followed_by(statement: str, reference: str, **changes: Any) -> dict[str, Any]:
    """The clause again, from another statement, after the first calculation."""
    asked = {
        **clause_body()["sum"],
        "statement_id": str(an_id(statement)),
        "replaces_id": str(CALCULATION_ID),
    }
    fields = {
        "calculation_id": str(an_id(f"calculation {reference}")),
        "reference": reference,
        "sum": asked,
        "tranches": [tranche_body(reference)],
    }
    return clause_body(**(fields | changes))
