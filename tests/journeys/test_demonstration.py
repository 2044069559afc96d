"""The demonstration council that `deploy/up` shows: every state is there, and its books agree."""

from pathlib import Path

import pytest

from deploy.audit import describe
from deploy.backup import read_manifest
from deploy.local.demonstration import buildings, council
from deploy.local.demonstration.client import FundClient
from deploy.local.system import System
from services.portal.identity import people
from tests.journeys.rehearsal import (
    backed_up_at_work,
    events_of,
    files_in,
    operate,
    restored,
    wrong_once_quiet,
)
from tests.support.browser import (
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    browsing,
    screenshot,
)
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


@pytest.mark.browser
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_a_visitor_follows_a_pound_from_the_deed_to_the_kilograms(
    demonstration: FundClient, width: int
) -> None:
    pot_id = demonstration.id("receipt", "19/02954/OUT")
    portal = demonstration.urls["portal"]

    async with browsing(width=width) as page:
        for name, path in {"home": "/", "register": "/register", "trace": f"/trace/pots/{pot_id}"}.items():
            await page.goto(portal + path)
            await assert_accessible(page)
            await assert_no_sideways_scroll(page)
            await screenshot(page, f"first-look-{name}-{width}")
        assert "S106/19/02954/OUT" in await page.inner_text("main")
        await page.get_by_role("link", name=buildings.SWAN_HILL.name).first.click()
        text = await page.inner_text("main")

    assert "S106/19/02954/OUT" in text
    assert "kgCO2e" in text


@pytest.mark.usefixtures("demonstration")
async def test_an_operator_s_commands_find_nothing_wrong(
    system: System | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if system is None:
        pytest.skip("the databases of a system that runs already are not ours")

    codes = [await operate(system, *command) for command in (["check"], ["parked", "list"], ["books"])]

    assert codes == [0, 0, 0], capsys.readouterr()
    assert "Nothing is set aside.\nThe books are right" in capsys.readouterr().out


async def test_a_backup_made_in_the_midst_of_work_is_restored_to_books_that_are_right(
    system: System | None, demonstration: FundClient, tmp_path: Path
) -> None:
    if system is None:
        pytest.skip("the databases of a system that runs already are not ours")

    await backed_up_at_work(system, demonstration, tmp_path / "backup")
    async with restored(tmp_path / "backup", system) as again:
        findings = await wrong_once_quiet(again)
        logged = await events_of(again.database_urls["contributions"])
        files = await files_in(again.files)

    assert findings == [], describe(findings)
    assert logged == read_manifest(tmp_path / "backup").databases["contributions"].events
    assert logged < await events_of(system.database_urls["contributions"])
    assert files == await files_in(system.state.folder / "files") != set()
