"""Indices, terms and demands in a browser: from the published index to the demand, usable by everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.portal.identity import people
from services.portal.layout.templates import STATIC
from tests.support.browser import browsing
from tests.support.council import council as five_services
from tests.support.council import served
from tests.support.looking import Looker
from tests.support.officer import AGREEMENT_PAGE, OBLIGATION_PAGE, record_obligation

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]

VALUES = "period,value,provisional\n2019-03,330,\n2019-04,331,\n2019-05,332,\n2019-06,333,\n2019-07,340,yes\n"


async def test_a_demand_is_made_from_a_published_index_on_pages_that_are_accessible_and_fit(
    postgres_url: str, tmp_path: Path
) -> None:
    file = tmp_path / "values.csv"
    file.write_text(VALUES, encoding="utf-8")
    async with (
        five_services(postgres_url, tmp_path) as council,
        served(council) as address,
        browsing() as managing,
        browsing() as demanding,
    ):
        await record_obligation(council)
        await _keep_index(Looker(managing, address, "manager"), file)
        await _demand(Looker(demanding, address, "demands"))


async def _keep_index(manager: Looker, file: Path) -> None:
    page = manager.page
    await manager.sign_in(people.FUND_MANAGER)
    await manager.look("index-new", "/officer/indices/new")
    await page.get_by_label("Name of the index").fill("Invented tender price index")
    await page.get_by_label("Publisher").fill("Nobody")
    await page.get_by_label("Each month").check()
    await manager.press("Record the index")
    await page.get_by_role("button", name="Import what was published").click()
    await manager.look("publication-new")
    await manager.day("When was it published?", 20, 8, 2019)
    await page.get_by_label("Where were the values read?").fill("Invented bulletin")
    await page.get_by_label("File of values").set_input_files(file)
    await manager.press("Continue")
    await manager.look("publication-check")
    await manager.press("Keep these values")
    await manager.look("index")
    await manager.look("indices", "/officer/indices")
    await manager.look("base-rate-new", "/officer/base-rates/new")
    await page.get_by_label("Bank").fill("Bank of England")
    await manager.day("From which day does it hold?", 2, 8, 2018)
    await page.get_by_label("Base rate").fill("0.75")
    await page.get_by_label("Where was the rate read?").fill("Invented")
    await manager.press("Record the rate")
    await manager.look("base-rates")


async def _demand(officer: Looker) -> None:
    page = officer.page
    await officer.sign_in(people.OFFICER)
    await officer.look("terms", f"{OBLIGATION_PAGE}/payment-terms")
    await page.get_by_label("Yes, by an index").check()
    await page.get_by_label("Index, if it follows one").select_option("Invented tender price index")
    await page.get_by_label("The day the trigger was met").check()
    await page.get_by_label("Bank whose base rate counts (optional)").fill("Bank of England")
    await page.get_by_label("Percentage above the base rate").fill("4")
    await officer.press("Record the terms")
    await officer.look("agreement", AGREEMENT_PAGE)
    await page.get_by_role("link", name="Demand payment").click()
    await officer.day("Date of the demand", 2, 9, 2019)
    await page.get_by_label("Who is asked to pay (optional)").fill("Homes Ltd")
    await officer.look("demand-new")
    await officer.press("Continue")
    await officer.look("demand-check")
    await officer.press("Issue the demand")
    await officer.look("demand")
    assert await page.get_by_text("Overdue").is_visible()
    await page.get_by_role("button", name="Withdraw the demand").click()
    await officer.look("withdrawal")
    await officer.look("demands", "/officer/demands?shown=overdue")
