"""The public pages in a real browser: accessible, and readable on a phone."""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING

import pytest
import uvicorn

from services.portal.identity.people import OFFICER
from services.portal.layout.templates import STATIC
from tests.support import events as told
from tests.support.browser import (
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    browsing,
    screenshot,
)
from tests.support.one_grant import whole_life

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.portal import PortalUnderTest

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]

PAGES = {
    "start": "/",
    "pots": "/pots",
    "register": "/register",
    "pot-trace": f"/trace/pots/{told.POT_ID}",
    "project-trace": f"/trace/projects/{told.APPLICATION_ID}",
    "open-data": "/open-data",
    "help": "/help",
    "accessibility": "/accessibility",
    "developers": "/developers",
    "developers-events": "/developers/events",
    "developers-event": "/developers/events/savings.verified.v1",
    "developers-service": "/developers/monitoring",
    "sign-in": "/sign-in",
}


@pytest.fixture
async def address(portal: PortalUnderTest) -> AsyncIterator[str]:
    await portal.give(*whole_life())
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(portal.app, log_level="error", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield f"http://localhost:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_every_public_page_is_accessible_and_does_not_scroll_sideways(address: str, width: int) -> None:
    async with browsing(width=width) as page:
        for name, path in PAGES.items():
            await page.goto(address + path)
            await screenshot(page, f"public-{name}-{width}")
            await assert_no_sideways_scroll(page)
            await assert_accessible(page)


async def test_a_trace_is_printed_with_all_its_words_and_without_buttons(address: str) -> None:
    async with browsing() as page:
        await page.goto(address + PAGES["project-trace"])
        folded = page.get_by_text("kilograms of greenhouse gases")
        assert not await folded.is_visible()

        await page.emulate_media(media="print")

        await screenshot(page, "public-project-trace-printed")
        assert await folded.is_visible()
        assert not await page.get_by_role("link", name="Apply for a grant").is_visible()


async def test_a_person_signs_in_and_out_without_scripts(address: str) -> None:
    async with browsing(script=False) as page:
        await page.goto(f"{address}/sign-in?next=/register")
        await page.get_by_label(OFFICER.name).check()
        await page.get_by_role("button", name="Sign in").click()

        assert page.url == f"{address}/register"
        await page.get_by_text("Signed in as").wait_for()

        await page.get_by_role("button", name="Sign out").click()

        assert page.url == f"{address}/"
        assert await page.get_by_text("Signed in as").count() == 0
