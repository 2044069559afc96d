"""Funds open under terms that everybody may read; organisations keep whom to ask to themselves."""

from typing import Any

from tests.support.applications import HERE, complete, fund_body, organisation_body, start_body
from tests.support.events import BUNHILL, FUND_ID, HILLRISE
from tests.support.people import APPLICANT, OFFICER, OTHER_APPLICANT
from tests.support.services import ServiceUnderTest


async def test_everybody_may_read_the_terms_of_a_fund(applications: ServiceUnderTest) -> None:
    await applications.post("/funds", OFFICER, json=fund_body())

    funds = await applications.get("/funds")
    fund = await applications.get(f"/funds/{FUND_ID}")

    assert funds == [fund]
    assert fund["opens_on"] == "2019-01-01"
    assert fund["terms"]["wards"] == [BUNHILL, HILLRISE]


async def test_a_fund_whose_weights_do_not_add_up_is_refused(applications: ServiceUnderTest) -> None:
    criteria = [{"code": "carbon", "title": "Carbon", "weight_percent": 90}]

    problem = await applications.refused(422, "POST", "/funds", OFFICER, json=fund_body(criteria=criteria))

    assert problem["code"] == "fund.weights"
    assert await applications.get("/funds") == []


async def test_only_an_officer_opens_a_fund_and_only_once(applications: ServiceUnderTest) -> None:
    await applications.refused(403, "POST", "/funds", APPLICANT, json=fund_body())
    await applications.post("/funds", OFFICER, json=fund_body())

    problem = await applications.refused(409, "POST", "/funds", OFFICER, json=fund_body())

    assert problem["code"] == "fund.exists"


async def test_whom_to_ask_is_known_to_the_organisations_own_people_alone(
    applications: ServiceUnderTest,
) -> None:
    await complete(applications)
    await applications.post(f"{HERE}/submit", APPLICANT, json={"submitted_on": "2019-10-01"})

    own = await applications.get("/organisations", APPLICANT)
    others = await applications.get("/organisations", OTHER_APPLICANT)
    log = await applications.rows("SELECT string_agg(payload, ' ') AS payloads FROM event_log")

    assert own[0]["contact"]["email"] == "ann@example.org"
    assert others == []
    assert "ann@example.org" not in log[0]["payloads"]
    assert "Ann Other" not in log[0]["payloads"]


async def test_an_organisation_that_cannot_stand_is_refused_by_field(
    applications: ServiceUnderTest,
) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"name": "  "}, "name"),
        ({"kind": "circus"}, "kind"),
        ({"charity_number": "12"}, "charity_number"),
        ({"contact": {"name": "Ann", "email": "ann at example"}}, "contact.email"),
        ({"contact": {"name": "", "email": "ann@example.org"}}, "contact.name"),
    ]
    for changes, field in cases:
        body = organisation_body(**changes)

        problem = await applications.refused(422, "POST", "/organisations", APPLICANT, json=body)

        assert [item["field"] for item in problem["problems"]] == [field]
    assert await applications.get("/organisations", APPLICANT) == []


async def test_a_fund_says_early_that_it_is_not_for_such_an_organisation(
    applications: ServiceUnderTest,
) -> None:
    await applications.post("/funds", OFFICER, json=fund_body(organisation_kinds=["school"]))
    await applications.post("/organisations", APPLICANT, json=organisation_body())

    problem = await applications.refused(422, "POST", "/applications", APPLICANT, json=start_body())

    assert problem["code"] == "organisation.kind_not_eligible"
    assert "It is for: school." in problem["detail"]
