"""Drives Chromium over pages: no accessibility violation, no sideways scroll, no error in the console."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import BrowserContext, ConsoleMessage, Page, async_playwright

from deploy.local.chromium import REMEDY, find_chromium
from deploy.local.frontend import AXE
from deploy.local.state import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SCREENSHOTS = CHECKOUT / "build" / "screenshots"
DESKTOP, PHONE = 1280, 320
HEIGHT = 900
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_or_skip() -> Path:
    """Where Chromium is; without one the test skips, and on CI fails."""
    found = find_chromium()
    if found is None:
        pytest.skip(REMEDY)
    return found


@asynccontextmanager
async def browsing(*, width: int = DESKTOP, script: bool = True) -> AsyncIterator[Page]:
    """Give a page of a fresh browser; at the end, fail when the console told of any error."""
    path = chromium_or_skip()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        context = await browser.new_context(
            viewport={"width": width, "height": HEIGHT}, java_script_enabled=script, locale="en-GB"
        )
        page, errors = await _watched_page(context)
        try:
            yield page
        finally:
            await browser.close()
    assert not errors, errors


async def _watched_page(context: BrowserContext) -> tuple[Page, list[str]]:
    """Give a page and the list its errors go to; a refused form (422) is an answer, not an error."""
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            errors.append(message.text)

    page = await context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: errors.append(str(error)))
    return page, errors


async def assert_accessible(page: Page) -> None:
    """Fail with each rule of axe-core that the page breaks, and where."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = await page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    broken = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n  " + "\n  ".join(n["html"] for n in rule["nodes"])
        for rule in found["violations"]
    ]
    assert not broken, f"{page.url}\n" + "\n".join(broken)


async def assert_no_sideways_scroll(page: Page) -> None:
    """Fail when the page is wider than its window, and name the widest elements."""
    wide = await page.evaluate(
        """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
        [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
            .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert not wide, f"{page.url} scrolls sideways: {wide[:5]}"


async def screenshot(page: Page, name: str) -> None:
    """Keep a picture of the whole page in build/screenshots/."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
