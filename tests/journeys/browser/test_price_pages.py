"""From a price policy to a secured sum in a browser; each page wide and narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.portal.identity import people
from services.portal.layout.templates import STATIC
from tests.support.browser import browsing
from tests.support.council import council as five_services
from tests.support.council import served
from tests.support.looking import Looker
from tests.support.officer import AGREEMENT_PAGE, record_agreement

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]


@pytest.fixture
async def address(postgres_url: str, tmp_path: Path) -> AsyncIterator[str]:
    async with five_services(postgres_url, tmp_path) as council, served(council) as address:
        await record_agreement(council)
        yield address


async def test_a_price_becomes_a_sum_and_a_report_of_the_site_makes_it_due(address: str) -> None:
    async with browsing() as page:
        await _set_the_price(Looker(page, address, "prices"))
    async with browsing() as page:
        looker = Looker(page, address, "sums")
        await looker.sign_in(people.OFFICER)
        await _record_the_statement(looker)
        await _work_the_sum_out(looker)
        await _confirm_the_trigger(looker)


async def _set_the_price(looker: Looker) -> None:
    page = looker.page
    await looker.sign_in(people.FUND_MANAGER)
    await looker.look("none", "/officer/prices")
    await page.get_by_role("button", name="Record a price policy").click()
    await looker.press("Record the price policy")
    await looker.look("wrong")
    await page.get_by_label("Name of the policy").fill("Carbon offset price")
    await looker.day("In force from", 20, 3, 2019)
    await page.get_by_label("Once for each tonne of the first year").check()
    await page.get_by_label("Price of a tonne of CO2e").fill("200")
    await page.get_by_label("Factors of the policy's minimum").fill("0.81, 0.80")
    await page.get_by_label("Where the figures are from").fill("Local plan, page 12")
    await looker.press("Record the price policy")
    await looker.look("policy")
    await looker.look("list", "/officer/prices")


async def _record_the_statement(looker: Looker) -> None:
    page = looker.page
    await looker.look("empty", f"{AGREEMENT_PAGE}/sums")
    await page.get_by_role("button", name="Record an energy statement").click()
    await looker.look("statement")
    await page.get_by_label("Reference of the document").fill("Energy statement, revision C")
    await page.get_by_label("As designed").check()
    await looker.day("When was it approved?", 1, 2, 2019)
    await page.get_by_label("Dwellings: regulated emissions").fill("41.25")
    await page.get_by_label("Baseline (optional)").fill("100")
    await page.get_by_label("Flats").fill("48")
    await looker.press("Record the statement")


async def _work_the_sum_out(looker: Looker) -> None:
    page = looker.page
    await page.get_by_role("button", name="Add a clause").click()
    await page.get_by_label("It is worked out under a price policy").check()
    await page.get_by_label("In how many parts does it fall due?").fill("2")
    await looker.look("start")
    await looker.press("Continue")
    await page.get_by_label("Clause of the deed").fill("Schedule 3, paragraph 2")
    await page.get_by_label("Reference", exact=True).fill("COC")
    await page.get_by_label("What the money may be spent on").select_option("green-infrastructure")
    kinds = {1: ("Work begins", "commencement"), 2: ("Half are occupied", "percent_occupation")}
    for number, (words, kind) in kinds.items():
        await page.locator(f"#percent_{number}").fill("50")
        await page.locator(f"#trigger_{number}").fill(words)
        await page.locator(f"#trigger_kind_{number}").select_option(kind)
    await looker.press("Work it out")
    await looker.look("wrong")
    await page.locator("#number_2").fill("50")
    await looker.press("Work it out")
    await looker.look("check")
    await looker.press("Change the answers")
    assert await page.get_by_label("Clause of the deed").input_value() == "Schedule 3, paragraph 2"
    await looker.press("Work it out")
    await looker.press("Record the clause")
    assert await page.get_by_role(
        "heading", name="How £8,250.00 of COC/1 and COC/2 was worked out"
    ).is_visible()


async def _confirm_the_trigger(looker: Looker) -> None:
    page = looker.page
    await page.get_by_role("button", name="Record how far the site has come").click()
    await looker.look("progress")
    await page.get_by_role("radio", name="Dwellings are occupied").check()
    await looker.day("When?", 4, 5, 2021)
    await page.locator("#occupied_dwellings").fill("24")
    await page.locator("#consented_dwellings").fill("48")
    await looker.press("Record the report")
    await looker.look("sums")
    await looker.look("triggers", "/officer/triggers")
    await page.get_by_role("link", name="Confirm the trigger of COC/2").click()
    assert await page.get_by_label("Year").input_value() == "2021"
    await looker.press("Record that it is met")
    await page.goto(f"{looker.address}{AGREEMENT_PAGE}/sums")
    await page.get_by_role("link", name="Withdraw the report of 4 May 2021").click()
    await looker.look("withdraw")
