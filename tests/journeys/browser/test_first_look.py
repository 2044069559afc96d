"""What a visitor of the demonstration sees first: the fund, its register, and one pound's trace."""

import pytest

from deploy.local.demonstration import buildings
from deploy.local.demonstration.client import FundClient
from tests.support.browser import (
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    browsing,
    screenshot,
)

pytestmark = pytest.mark.browser


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
