"""Every page of the applicant in Chromium, wide and narrow: accessible, no sideways scrolling, one h1."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page

from services.portal.layout.templates import STATIC
from tests.support.applicant import SECTIONS, Applicant, on, open_the_fund, signed_in
from tests.support.browser import (
    DESKTOP,
    HEIGHT,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    browsing,
    screenshot,
)
from tests.support.council import Council, council, served
from tests.support.fund_staff import FundStaff
from tests.support.messaging import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]
PDF = ("file", b"%PDF-1.4 an invented invoice", "application/pdf")


class Looker:
    """Looks at pages at both widths, as the hall's secretary."""

    def __init__(self, page: Page, address: str, applicant: Applicant) -> None:
        self.page, self.address, self.applicant = page, address, applicant

    async def look(self, name: str, path: str | None = None) -> None:
        """Open a page, or look at the one that is open."""
        if path is not None:
            await self.page.goto(self.address + path)
        assert await self.page.locator("h1").count() == 1, self.page.url
        for width in (DESKTOP, PHONE):
            await self.page.set_viewport_size({"width": width, "height": HEIGHT})
            await screenshot(self.page, f"applicant-{name}-{width}")
            await assert_no_sideways_scroll(self.page)
        await assert_accessible(self.page)

    async def at(self, name: str, rest: str = "") -> None:
        """Look at a page of the application."""
        await self.look(name, self.applicant.path(rest))

    async def press(self, button: str) -> None:
        """Send the form as it is."""
        await self.page.get_by_role("button", name=button).click()
        await self.page.wait_for_load_state()


@pytest.fixture
async def five_services(postgres_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    async with council(postgres_url, tmp_path) as five:
        await open_the_fund(five)
        yield five


async def test_every_page_is_accessible_at_both_widths(five_services: Council) -> None:
    applicant = await signed_in(five_services)
    async with served(five_services) as address, browsing() as page:
        looker = Looker(page, address, applicant)
        await looker.look("apply", "/apply")
        await page.get_by_role("button", name="Start an application").click()
        await page.get_by_label("Margaret Tilley").check()
        await looker.press("Sign in")
        await looker.look("organisation")
        await looker.press("Save and continue")
        await looker.look("organisation-errors")
        await looker.look("none", "/applicant")
        await applicant.start()
        await _draft(looker)
        await _sent(looker)
        await _decided(looker)
        await _claimed(looker)
    await applicant.browser.client.aclose()


async def _draft(looker: Looker) -> None:
    applicant = looker.applicant
    await looker.look("start", "/applicant/start")
    await looker.at("tasks-empty")
    for rest in ("who", "building", "building/use", "measures", "measures/new", "energy", "energy/reason"):
        await looker.at(rest.replace("/", "-"), rest)
    for rest in ("energy/new", "costs", "costs/new", "match-funding", "match-funding/new"):
        await looker.at(rest.replace("/", "-"), rest)
    await looker.press("Save and continue")
    await looker.at("saving-missing", "saving")
    await looker.at("cost-errors", "costs/new")
    await looker.page.get_by_label("Cost without VAT").fill("-3.005")
    await looker.press("Save and continue")
    await looker.look("cost-errors")
    for rest, answers in SECTIONS.items():
        if rest == "match-funding/request":
            await looker.at("request", rest)
        await applicant.save(rest, answers)
    await looker.at("tasks-done")
    for rest in ("measures", "measures/1/saving", "measures/1/own-use", "energy", "costs", "match-funding"):
        await looker.at(f"{rest.replace('/', '-')}-filled", rest)
    for rest in ("costs/1/remove", "saving", "check", "send"):
        await looker.at(rest.replace("/", "-"), rest)
    await _two_tabs(looker)
    await looker.look("list", "/applicant")


async def _two_tabs(looker: Looker) -> None:
    """The page is open here while the same answer is changed elsewhere."""
    await looker.page.goto(looker.address + looker.applicant.path("building/use"))
    other = {**SECTIONS["building/use"], "use": "nursery on weekdays"}
    await looker.applicant.save("building/use", other)
    await looker.page.get_by_label("What is the building used for").fill("concerts and a nursery")
    await looker.press("Save and continue")
    await looker.look("two-tabs")


async def _sent(looker: Looker) -> None:
    await looker.applicant.submit()
    await looker.at("sent", "sent")
    await looker.at("application-sent")
    await looker.at("what-you-sent", "check")


async def _decided(looker: Looker) -> None:
    staff = FundStaff(looker.applicant.council, looker.applicant.application_id)
    await staff.receive()
    await staff.award()
    await _until_it_says(looker, "", "See the offer")
    for name, rest in (("application-offered", ""), ("offer", "offer"), ("decline", "offer/decline")):
        await looker.at(name, rest)
    await looker.at("accept", "offer/accept")
    await looker.applicant.save("offer/accept", {"confirmed": "yes", **on("accepted_on", 2, 12, 2019)})
    await looker.at("application-accepted")


async def _claimed(looker: Looker) -> None:
    applicant = looker.applicant
    await looker.at("claims-none", "claims")
    await looker.at("evidence", "evidence")
    await applicant.save("evidence", {}, files={"file": ("invoice 2231.pdf", *PDF[1:])})
    await looker.at("evidence-sent", "evidence")
    await looker.at("claim", "claims/new")
    evidence_id = (await applicant.draft())["evidence"][0]["evidence_id"]
    claim = {"milestone": "Roof insulated", "amount_pence": "30000", "evidence_ids": evidence_id}
    await applicant.save("claims/new", {**claim, **on("claimed_on", 8, 3, 2021)})
    staff = FundStaff(applicant.council, applicant.application_id)
    await applicant.council.settle()
    await staff.verify_and_pay()
    await _until_it_says(looker, "claims", "Paid on")
    await looker.at("claims-paid", "claims")
    await looker.at("savings-none", "savings")
    await staff.measure()
    await looker.at("savings", "savings")


async def _until_it_says(looker: Looker, rest: str, words: str) -> None:
    """Events are carried all the while: look again until they have arrived."""

    async def says() -> bool:
        return words in await looker.applicant.read(rest)

    await until(says, words)
