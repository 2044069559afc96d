"""Every page of assessors and decision-makers in Chromium: accessible, fit for a phone, no word lost."""

from pathlib import Path

import pytest

from services.portal.identity.people import DECISION_MAKER, FIRST_ASSESSOR, SECOND_ASSESSOR
from services.portal.layout.templates import STATIC
from tests.support.browser import browsing
from tests.support.council import served
from tests.support.looking import Looker
from tests.support.one_case import DECISION, HERE, JUSTIFICATION, REASONS, one_case

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]


async def test_an_assessor_declares_reads_scores_and_a_decision_maker_awards(
    postgres_url: str, tmp_path: Path
) -> None:
    async with one_case(postgres_url, tmp_path) as case:
        await case.submitted()
        await case.received()
        await case.score(SECOND_ASSESSOR, 4, 4, 2)
        async with served(case.council) as address, browsing() as page:
            looker = Looker(page, address, "assessor")
            await looker.sign_in(FIRST_ASSESSOR)
            await _declared(looker)
            await _scored(looker)
            await looker.sign_in(DECISION_MAKER)
            await _awarded(looker)
            await looker.sign_in(FIRST_ASSESSOR)
            await looker.look("decided", HERE)
            await looker.look("list-done", "/assessor")


async def _declared(looker: Looker) -> None:
    await looker.look("list", "/assessor")
    await looker.page.get_by_role("link", name="Say whether you have an interest").click()
    await looker.look("interest")
    await looker.press("Record my answer")
    await looker.look("interest-errors")
    await looker.page.get_by_label("I have no interest in it").check()
    await looker.press("Record my answer")
    await looker.page.get_by_text("Lunch club, nursery and dance classes").wait_for()
    await looker.look("application")


async def _scored(looker: Looker) -> None:
    """What was typed is there again after "change", and after the browser's own way back."""
    page = looker.page
    await page.goto(looker.address + HERE + "/scores")
    await looker.look("scores")
    await looker.press("Continue")
    await looker.look("scores-errors")
    await page.goto(looker.address + HERE + "/scores")
    for place, score in enumerate((5, 4, 3)):
        await page.locator(f"input[name=score_{place}][value='{score}']").check()
        await page.locator(f"#justification_{place}").fill(JUSTIFICATION)
    await looker.press("Continue")
    await looker.look("scores-check")
    await page.go_back()
    assert await page.locator("#justification_2").input_value() == JUSTIFICATION
    await looker.press("Continue")
    await looker.press("Change")
    assert await page.locator("#justification_0").input_value() == JUSTIFICATION
    await looker.press("Continue")
    await looker.press("Send my scores")
    await looker.look("scored")


async def _awarded(looker: Looker) -> None:
    page = looker.page
    await looker.look("decisions", "/assessor/decisions")
    await looker.look("decision", DECISION)
    await looker.look("decline", f"{DECISION}/decline")
    await looker.look("award", f"{DECISION}/award")
    await looker.press("Continue")
    await looker.look("award-errors")
    await looker.day("Date of the decision", 14, 11, 2019)
    await page.get_by_label("Reasons").fill(REASONS)
    await looker.press("Continue")
    await looker.look("award-check")
    await looker.press("Award £30,000.00")
    await page.wait_for_timeout(1000)
    await looker.look("awarded", DECISION)
    await looker.look("decisions-done", "/assessor/decisions")
