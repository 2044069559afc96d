"""Looks at pages in Chromium, wide and narrow: one h1, accessible, no sideways scroll, a picture of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.browser import (
    DESKTOP,
    HEIGHT,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    screenshot,
)

if TYPE_CHECKING:
    from playwright.async_api import Page

    from services.portal.identity.people import Person


@dataclass
class Looker:
    """One browser that goes from page to page; its pictures begin with `prefix`."""

    page: Page
    address: str
    prefix: str

    async def sign_in(self, person: Person) -> None:
        """Sign in as one of the demonstration's people."""
        await self.page.goto(f"{self.address}/sign-in")
        await self.page.get_by_label(person.name).check()
        await self.press("Sign in")

    async def look(self, name: str, path: str | None = None) -> None:
        """Open a page, or look at the one that is open, at both widths."""
        if path is not None:
            await self.page.goto(self.address + path)
        assert await self.page.locator("h1").count() == 1, self.page.url
        for width in (PHONE, DESKTOP):
            await self.page.set_viewport_size({"width": width, "height": HEIGHT})
            await screenshot(self.page, f"{self.prefix}-{name}-{width}")
            await assert_no_sideways_scroll(self.page)
            await assert_accessible(self.page)

    async def press(self, button: str) -> None:
        """Press a button and wait for the next page."""
        await self.page.get_by_role("button", name=button).click()
        await self.page.wait_for_load_state()

    async def day(self, label: str, day: int, month: int, year: int) -> None:
        """Fill in the three boxes of a date."""
        group = self.page.get_by_role("group", name=label)
        for part, value in (("Day", day), ("Month", month), ("Year", year)):
            await group.get_by_label(part).fill(str(value))
