"""The demonstration council that `deploy/up` shows: every state is there, and its books agree."""

from deploy.local.demonstration import buildings, council
from deploy.local.demonstration.client import FundClient
from services.portal.identity import people
from tests.support.journey import everything_agrees


async def test_the_demonstration_has_applications_in_every_state(demonstration: FundClient) -> None:
    lines = [
        line
        for person in (people.HALL_SECRETARY, people.SCHOOL_MANAGER)
        for line in await demonstration.get("applications", "/applications", person)
    ]

    assert {line["status"] for line in lines} >= {
        "draft",
        "submitted",
        "unfunded",
        "offered",
        "accepted",
        "declined_by_fund",
        "declined_by_applicant",
    }


async def test_one_project_saved_what_it_promised_one_did_not_and_one_awaits_readings(
    demonstration: FundClient,
) -> None:
    async def savings(name: str) -> list[dict[str, object]]:
        path = f"/projects/{demonstration.id('application', name)}/savings"
        found: list[dict[str, object]] = await demonstration.get("monitoring", path, people.VERIFIER)
        return found

    [kept] = await savings(buildings.SWAN_HILL.name)
    [missed] = await savings(buildings.BROOK_END.name)
    assert kept["distinguishable"] is True
    assert missed["distinguishable"] is False
    assert await savings(buildings.ST_BOTOLPH.name) == []


async def test_loading_it_again_changes_nothing(demonstration: FundClient) -> None:
    before = await demonstration.get("contributions", "/trial-balance", people.OFFICER)

    await council.load_council(dict(demonstration.urls))

    assert await demonstration.get("contributions", "/trial-balance", people.OFFICER) == before


async def test_its_books_agree(demonstration: FundClient) -> None:
    await everything_agrees(demonstration)
