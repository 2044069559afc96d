"""Finding agreements: by any word in them, by what they are, and by what came of them."""

from typing import Any

import pytest

from tests.support.contributions_service import agreement_body, obligation_body, receipt_body
from tests.support.events import BUNHILL, HILLRISE, ISLINGTON, an_id
from tests.support.people import AUDITOR, OFFICER
from tests.support.services import ServiceUnderTest


async def three_deeds(service: ServiceUnderTest) -> None:
    """A yard that has paid in part, a mill that owes, and a barn by undertaking of which nothing is due."""
    wards = [{"code": BUNHILL, "name": "Bunhill"}, {"code": HILLRISE, "name": "Hillrise"}]
    edition = {"edition_id": str(an_id("e")), "organisation": ISLINGTON, "name": "2014", "source": "An order"}
    await service.post("/ward-editions", OFFICER, {**edition, "valid_from": "2014-05-22", "wards": wards})
    yard = {"name": "Old Street Yard", "developer": {"name": "Yard 100% Ltd", "is_organisation": True}}
    await a_deed(service, "yard", {**yard, "ward": BUNHILL}, {"purpose": "education", "spend_by_months": 60})
    await a_deed(
        service, "mill", {"site_address": "12 Mill Lane"}, {"wards": [HILLRISE], "spend_by_months": 60}
    )
    barn = {"kind": "unilateral_undertaking", "deed_on": "2021-02-01"}
    await a_deed(service, "barn", barn, {"trigger": "Completion of the roof"})
    for name, day in (("yard", "2019-08-01"), ("mill", "2019-09-01")):
        await service.post(f"{obligation(name)}/trigger", OFFICER, {"trigger_met_on": day})
    await service.post(f"{obligation('yard')}/receipts", OFFICER, receipt_body(amount_pence=100_00))


async def a_deed(service: ServiceUnderTest, name: str, deed: dict[str, Any], clause: dict[str, Any]) -> None:
    known = {"reference": f"DEED-{name}", "planning_application": f"P/{name}/FUL"}
    await service.post("/agreements", OFFICER, {**agreement_body(name), **known, **deed})
    owed = obligation_body(f"{name} clause", reference=f"{name}-C1", **clause)
    await service.post(f"/agreements/{an_id(name)}/obligations", OFFICER, owed)


def obligation(name: str) -> str:
    return f"/agreements/{an_id(name)}/obligations/{an_id(f'{name} clause')}"


async def found(service: ServiceUnderTest, **asked: str) -> list[str]:
    page = await service.get("/agreements", AUDITOR, params=asked)
    return [each["reference"].removeprefix("DEED-") for each in page["agreements"]]


async def test_agreements_are_found_by_all_that_stands_in_them(contributions: ServiceUnderTest) -> None:
    await three_deeds(contributions)

    for asked, expected in (
        ({}, ["barn", "mill", "yard"]),
        ({"search": "deed-MILL"}, ["mill"]),
        ({"search": "street yard"}, ["yard"]),
        ({"search": "yard nothing"}, []),
        ({"search": "P/barn"}, ["barn"]),
        ({"search": "mill lane"}, ["mill"]),
        ({"search": "100%"}, ["yard"]),
        ({"search": "%"}, ["yard"]),
        ({"search": "_"}, []),
        ({"search": "bunhill"}, ["yard"]),
        ({"search": "hillrise"}, ["mill"]),
        ({"search": "barn-C1"}, ["barn"]),
        ({"search": "roof"}, ["barn"]),
        ({"search": "'; DROP TABLE agreement"}, []),
        ({"ward": BUNHILL}, ["yard"]),
        ({"ward": HILLRISE}, ["mill"]),
        ({"purpose": "education"}, ["yard"]),
        ({"kind": "unilateral_undertaking"}, ["barn"]),
        ({"state": "recorded"}, ["barn"]),
        ({"state": "secured"}, ["mill"]),
        ({"state": "part_received"}, ["yard"]),
        ({"state": "varied"}, []),
        ({"deed_from": "2021-02-01"}, ["barn"]),
        ({"deed_to": "2019-04-17"}, ["mill", "yard"]),
        ({"spend_by_before": "2024-08-31"}, ["yard"]),
        ({"spend_by_before": "2024-08-30"}, []),
        ({"state": "secured", "search": "yard"}, []),
        ({"organisation": "local-authority-eng:MIK"}, []),
    ):
        assert await found(contributions, **asked) == expected, asked


async def test_a_deed_is_received_in_full_and_varied_when_it_is(contributions: ServiceUnderTest) -> None:
    await three_deeds(contributions)
    await contributions.post(
        f"{obligation('yard')}/receipts", OFFICER, receipt_body("rest", amount_pence=88_496_00)
    )
    variation = {"variation_id": str(an_id("v")), "deed_on": "2022-01-10", "summary": "Nothing of money."}
    await contributions.post(f"/agreements/{an_id('mill')}/variations", OFFICER, variation)

    assert await found(contributions, state="received_in_full") == ["yard"]
    assert await found(contributions, state="varied") == ["mill"]


async def test_the_list_is_read_page_by_page(contributions: ServiceUnderTest) -> None:
    await three_deeds(contributions)
    seen: list[str] = []
    asked: dict[str, str] = {"size": "2", "search": "deed"}

    while True:
        page = await contributions.get("/agreements", AUDITOR, params=asked)
        seen += [each["reference"] for each in page["agreements"]]
        if page["next_cursor"] is None:
            break
        asked["cursor"] = page["next_cursor"]

    assert seen == ["DEED-barn", "DEED-mill", "DEED-yard"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"state": "lost"}, "state"),
        ({"deed_from": "31/12/2020"}, "deed_from"),
        ({"size": "501"}, "size"),
        ({"cursor": "next"}, "cursor"),
    ],
)
async def test_what_cannot_be_asked_for_is_said_by_its_name(
    contributions: ServiceUnderTest, asked: dict[str, str], field: str
) -> None:
    problem = await contributions.refused(422, "GET", "/agreements", AUDITOR, params=asked)

    assert problem["problems"][0]["field"] == field
