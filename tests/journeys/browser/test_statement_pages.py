"""The pages of what the council publishes, and of samples, in a browser: on a phone, and for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.portal.identity import people
from services.portal.layout.templates import STATIC
from tests.support.browser import browsing
from tests.support.contributions_service import pay
from tests.support.council import council as five_services
from tests.support.council import served
from tests.support.events.ids import ISLINGTON
from tests.support.looking import Looker
from tests.support.officer import make_a_claim_payable

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]

START = "/officer/statement"
OF = f"?organisation={ISLINGTON}"


async def test_a_year_is_published_and_a_sample_drawn(postgres_url: str, tmp_path: Path) -> None:
    async with five_services(postgres_url, tmp_path) as council:
        await make_a_claim_payable(council)
        await pay(council.contributions)
        async with served(council) as address, browsing() as page:
            look = Looker(page, address, "statement")
            await look.sign_in(people.FUND_MANAGER)
            await look.look("years", START)
            await look.look("open-data-check", f"{START}/open-data")
            await look.press("Publish the files")
            await look.look("open-data-published")
            await look.look("publishing", f"{START}/publishing/{ISLINGTON}")
            await page.get_by_label("Published code").fill("Islington")
            await look.press("Save")
            await look.look("publishing-refused")
            await look.look("year", f"{START}/2019{OF}")
            await look.press("Publish edition 1")
            await look.look("year-published")
            await look.look("lines", f"{START}/2019/figures/b{OF}")
            await look.look("public-statements", "/statements")
            await look.look("public-year", "/statements/2019")
            await look.look("public-open-data", "/open-data")
            await look.look("sample-form", "/officer/samples")
            await look.press("Draw the sample")
            await look.look("sample-refused")
            await page.get_by_label("Seed").fill("2019/20, C.B.")
            await look.day("First day", 1, 4, 2019)
            await look.day("Last day", 31, 3, 2022)
            await look.press("Draw the sample")
            await look.look("sample")
