"""From a met trigger to a demand that freezes its working, and what is owed by it."""

from typing import Any

import pytest

from shared.events.contributions import DemandIssued, DemandWithdrawn
from tests.support.contributions_service import a_due_obligation, receipt_body
from tests.support.events import an_id
from tests.support.people import OFFICER, PAYMENT_REQUESTER
from tests.support.services import ServiceUnderTest


def demand_body(name: str = "demand", **changes: Any) -> dict[str, Any]:
    return {"demand_id": str(an_id(name)), "issued_on": "2019-07-01", **changes}


async def test_a_demand_asks_for_the_indexed_sum_and_the_receipt_may_reach_it(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "one", amount_pence=1_000_00)
    growing = {
        "indexation": {"basis": "fixed_percent", "yearly_percent": "10", "base_on": "2018-04-17"},
        "days_to_pay": None,
    }
    await contributions.post(f"{path}/payment-terms", OFFICER, growing)

    await contributions.post(f"{path}/demands", OFFICER, demand_body())

    above = await contributions.refused(
        422, "POST", f"{path}/receipts", OFFICER, receipt_body(amount_pence=1_100_01)
    )
    assert "£1,100.00 still owed" in above["detail"]
    await contributions.post(f"{path}/receipts", OFFICER, receipt_body(amount_pence=1_100_00))
    issued = (await contributions.recorded())[-2]
    assert isinstance(issued, DemandIssued)
    assert (issued.base_pence, issued.demanded_pence) == (1_000_00, 1_100_00)
    assert issued.due_on.isoformat() == "2019-04-17"
    assert "Growth a year: 10% each year on the last" in issued.working


async def test_an_obligation_without_a_demand_is_owed_as_its_deed_says(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "one", amount_pence=1_000_00)

    await contributions.post(f"{path}/receipts", OFFICER, receipt_body(amount_pence=1_000_00))


async def test_one_demand_stands_for_an_obligation_and_a_corrected_one_replaces_the_withdrawn(
    contributions: ServiceUnderTest,
) -> None:
    path = await a_due_obligation(contributions, "one")
    await contributions.post(f"{path}/demands", OFFICER, demand_body("first"))

    second = await contributions.refused(409, "POST", f"{path}/demands", OFFICER, demand_body("second"))
    assert second["code"] == "demand.issued_before"
    withdrawal = {"reason": "The sum was read from the wrong clause.", "withdrawn_on": "2019-07-03"}
    await contributions.post(f"/demands/{an_id('first')}/withdrawal", OFFICER, withdrawal)
    await contributions.post(f"{path}/demands", OFFICER, demand_body("second", issued_on="2019-07-04"))

    *_, withdrawn, replacing = await contributions.recorded()
    assert isinstance(withdrawn, DemandWithdrawn)
    assert isinstance(replacing, DemandIssued)
    assert replacing.replaces_id == an_id("first")
    assert replacing.reference == "D2019-0002"
    again = await contributions.refused(
        409, "POST", f"/demands/{an_id('first')}/withdrawal", OFFICER, withdrawal
    )
    assert again["code"] == "demand.withdrawn_before"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"issued_on": "2019-04-16"}, "issued_on"),
        ({"issued_on": "2999-01-01"}, "issued_on"),
        ({"reference": "x" * 201}, "reference"),
        ({"letter": {"how_to_pay": "\x07"}}, "letter.how_to_pay"),
    ],
)
async def test_a_wrong_demand_is_refused_by_its_field(
    contributions: ServiceUnderTest, changes: dict[str, Any], field: str
) -> None:
    path = await a_due_obligation(contributions, "one")

    problem = await contributions.refused(422, "POST", f"{path}/demands", OFFICER, demand_body(**changes))

    assert {each["field"] for each in problem["problems"]} == {field}


async def test_the_same_reference_is_given_once_in_an_organisation(contributions: ServiceUnderTest) -> None:
    one, other = [await a_due_obligation(contributions, name) for name in ("one", "other")]
    await contributions.post(f"{one}/demands", OFFICER, demand_body("one", reference="INV 7"))

    problem = await contributions.refused(
        409, "POST", f"{other}/demands", OFFICER, demand_body("other", reference="INV 7")
    )

    assert problem["code"] == "demand.recorded_before"


async def test_only_officers_demand(contributions: ServiceUnderTest) -> None:
    path = await a_due_obligation(contributions, "one")

    await contributions.refused(403, "POST", f"{path}/demands", PAYMENT_REQUESTER, demand_body())


@pytest.mark.parametrize(
    "change", ["demanded_pence = 1", "due_on = due_on + 1", "working = ''", "state = 'withdrawn'"]
)
async def test_the_database_refuses_an_edited_demand(contributions: ServiceUnderTest, change: str) -> None:
    path = await a_due_obligation(contributions, "one")
    await contributions.post(f"{path}/demands", OFFICER, demand_body())

    with pytest.raises(Exception, match=r"never edited|check constraint"):
        await contributions.rows(f"UPDATE demand SET {change} RETURNING 1")  # noqa: S608 - the test's own words


async def test_the_database_lets_one_demand_stand(contributions: ServiceUnderTest) -> None:
    path = await a_due_obligation(contributions, "one")
    await contributions.post(f"{path}/demands", OFFICER, demand_body())

    with pytest.raises(Exception, match="demand_that_stands"):
        await contributions.rows(
            "INSERT INTO demand SELECT gen_random_uuid(), obligation_id, organisation, 'other', issued_on, "
            "due_on, base_pence, demanded_pence, provisional, working, terms_number, replaces_id, state, "
            "issued_by, issued_at FROM demand RETURNING 1"
        )
