from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest
import uvicorn

from services.portal.layout.templates import STATIC
from tests.support.browser import (
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    browsing,
    screenshot,
)
from tests.support.sample_portal import sample_portal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]

PAGES = {
    "form": "/officer/pots",
    "trace": "/register",
    "tasks": "/tasks",
    "charts": "/charts",
    "missing": "/nowhere",
}


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(sample_portal(), log_level="error"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://localhost:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_every_sample_page_is_accessible_and_does_not_scroll_sideways(address: str, width: int) -> None:
    async with browsing(width=width) as page:
        for name, path in PAGES.items():
            await page.goto(address + path)
            await screenshot(page, f"layout-{name}-{width}")
            await assert_no_sideways_scroll(page)
            await assert_accessible(page)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_a_form_with_errors_leads_to_the_box_to_correct(address: str, width: int) -> None:
    async with browsing(width=width) as page:
        await page.goto(address + "/officer/pots")
        await page.fill("#amount_pence", "12.345")
        await page.fill("#received_on-day", "31")
        await page.fill("#received_on-month", "2")
        await page.fill("#received_on-year", "2021")
        await page.click("text=Record the receipt")

        await screenshot(page, f"layout-errors-{width}")
        await assert_accessible(page)
        await assert_no_sideways_scroll(page)
        assert (await page.title()).startswith("Error: Record a receipt")
        await page.click("text=Date received must be a real date")
        assert await page.evaluate("document.activeElement.id") == "received_on-day"
        assert await page.input_value("#amount_pence") == "12.345"


async def test_a_good_form_goes_through_without_javascript(address: str) -> None:
    async with browsing(script=False) as page:
        await page.goto(address + "/officer/pots")
        await page.fill("#payer_name", "Canalside Developments")
        await page.fill("#amount_pence", "£88,596.00")
        for part, words in (("day", "2"), ("month", "September"), ("year", "2019")):
            await page.fill(f"#received_on-{part}", words)
        await page.check("#purpose")
        await page.check("#wards")
        await page.select_option("#fund", "carbon")
        await page.fill("#clause", "Schedule 3, clause 2.1")
        await page.click("text=Record the receipt")

        assert page.url == address + "/register"
