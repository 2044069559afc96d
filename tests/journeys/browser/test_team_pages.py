"""Every page of the sustainability team in Chromium, with and without readings and savings."""

from pathlib import Path

import pytest

from services.portal.identity.people import READINGS_SUPPLIER, VERIFIER
from services.portal.layout.templates import STATIC
from tests.support.browser import browsing
from tests.support.council import served
from tests.support.events import APPLICATION_ID, CLAIM_ID, METER_ID
from tests.support.looking import Looker
from tests.support.one_case import one_case
from tests.support.two_years import STATION_ID, bounded, readings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]
PROJECT = f"/team/projects/{APPLICATION_ID}"
METER = f"{PROJECT}/meters/{METER_ID}"


async def test_a_claim_is_verified_and_a_project_looked_at_before_it_has_readings(
    postgres_url: str, tmp_path: Path
) -> None:
    async with one_case(postgres_url, tmp_path) as case:
        await case.claimed()
        async with served(case.council) as address, browsing() as page:
            looker = Looker(page, address, "team")
            await looker.sign_in(VERIFIER)
            await looker.look("projects", "/team/projects")
            await looker.look("project-new", PROJECT)
            await looker.look("measured-none", f"{PROJECT}/measured")
            await looker.look("stations-none", "/team/stations")
            for name in ("works", "boundary", "new-meter", "verify-saving"):
                await looker.look(name, f"{PROJECT}/{name}")
            await looker.look("station-new", "/team/stations/new")
            await _verified_claim(looker)


async def _verified_claim(looker: Looker) -> None:
    await looker.look("claims", "/team/claims")
    await looker.look("claim", f"{PROJECT}/claims/{CLAIM_ID}")
    await looker.press("Verify the claim")
    await looker.look("claim-errors")
    await looker.day("Date you saw the works", 15, 3, 2021)
    await looker.page.get_by_label("What you found").fill("Visited; the loft is insulated.")
    await looker.press("Verify the claim")
    await looker.look("claim-verified", f"{PROJECT}/claims/{CLAIM_ID}")


async def test_readings_are_uploaded_and_a_saving_verified_and_seen_beside_its_promise(
    postgres_url: str, tmp_path: Path
) -> None:
    async with one_case(postgres_url, tmp_path) as case:
        await bounded(case)
        async with served(case.council) as address, browsing() as page:
            looker = Looker(page, address, "team")
            await looker.sign_in(READINGS_SUPPLIER)
            await looker.look("meter", METER)
            await looker.look("baseline", f"{METER}/baseline")
            await looker.look("own-readings", f"{PROJECT}/verify-saving")
            await _uploaded(looker)
            await looker.look("stations", "/team/stations")
            await looker.look("temperatures", f"/team/stations/{STATION_ID}/temperatures")
            await looker.sign_in(VERIFIER)
            await _verified_saving(looker)


async def _uploaded(looker: Looker) -> None:
    await looker.look("readings", f"{METER}/readings")
    await _send(looker, b"time,kwh\n2022-04-02,=1+1\n2022-04-03,-5\n2999-01-01,5\n")
    await looker.look("readings-rows")
    await _send(looker, readings(1 / 1000))
    await looker.look("readings-unit")
    await _send(looker, b"time,kwh\n2022-04-02,30\n2022-04-03,\n2022-04-05,31\n")
    await looker.look("import")


async def _send(looker: Looker, content: bytes) -> None:
    page = looker.page
    await page.get_by_label("File of readings").set_input_files(
        {"name": "readings.csv", "mimeType": "text/csv", "buffer": content}
    )
    await page.get_by_label("kWh", exact=True).check()
    await page.get_by_label("Daily").check()
    await looker.press("Upload the readings")


async def _verified_saving(looker: Looker) -> None:
    await looker.page.goto(f"{looker.address}{PROJECT}/verify-saving")
    await looker.day("First day", 2, 4, 2021)
    await looker.day("End of the period", 2, 4, 2022)
    await looker.day("Date of your verification", 3, 5, 2022)
    await looker.press("Verify the saving")
    await looker.look("measured")
    await looker.look("project", PROJECT)
    await looker.look("projects-verified", "/team/projects")
