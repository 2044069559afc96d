"""The public pages say what is there, and in words when nothing is."""

import csv
import io

import pytest

from tests.support import events as told
from tests.support.one_grant import SECOND_POT, whole_life
from tests.support.portal import PortalUnderTest, words

POT = f"/trace/pots/{told.POT_ID}"
PROJECT = f"/trace/projects/{told.APPLICATION_ID}"
EVERY_PAGE = (
    "/",
    "/pots",
    "/register",
    POT,
    f"/trace/pots/{SECOND_POT}",
    PROJECT,
    "/open-data",
    "/help",
    "/accessibility",
)


async def test_an_empty_fund_says_so_in_words(portal: PortalUnderTest) -> None:
    browser = portal.browser()

    start, register, pots = [await browser.read(path) for path in ("/", "/register", "/pots")]

    assert "No money has been received yet." in start
    assert "Nothing has been verified yet." in start
    assert "No grant has been awarded yet." in register
    assert "No money has been received yet." in pots


@pytest.mark.parametrize("path", EVERY_PAGE)
async def test_every_public_page_is_there_without_signing_in(portal: PortalUnderTest, path: str) -> None:
    await portal.give(*whole_life())

    page = await portal.browser().read(path)

    assert "Not known kg" not in page
    assert "None" not in page


async def test_the_start_page_says_what_the_fund_holds_paid_promised_and_verified(
    portal: PortalUnderTest,
) -> None:
    await portal.give(*whole_life())

    page = await portal.browser().read("/")

    assert "Received £98,595.99 in 2 pots" in page
    assert "Paid £30,000.00" in page
    assert "Promised 2.21 tCO2e a year" in page
    assert (
        "2.11 tCO2e in 1 project (metered, weather-normalised). Of this, 2.01 tCO2e is larger than the"
        " uncertainty of its measurement; the rest cannot be told from no change." in page
    )
    assert "As of " in page


async def test_the_trace_of_a_pot_goes_from_the_clause_to_the_kilograms(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())

    page = await portal.browser().read(POT)

    assert "Where £88,596.00 of" in page
    assert (
        "Agreement P2018/2269/FUL-da, deed of 12 March 2019, for planning application P2018/2269/FUL." in page
    )
    assert "This pot pays £20,000.01 of a grant of £30,000.00" in page
    assert "£20,000.01 paid on 29 March 2021, voucher V-000123, part of a payment of £30,000.00" in page
    assert "Insulation, saving natural gas: 2,206.2 kgCO2e a year promised, over 30 years" in page
    assert "Not distinguishable from no change" in page
    assert "not a measurement" in page


async def test_the_trace_of_a_project_leads_back_to_the_pots(portal: PortalUnderTest) -> None:
    await portal.give(*whole_life())

    answer = await portal.browser().open(PROJECT)

    assert f'href="{POT}"' in answer.text
    assert "Not distinguishable from no change" in words(answer)
    assert "Works completed on 26 March 2021" in words(answer)


async def test_a_pot_whose_agreement_has_not_come_in_yet_is_shown_and_says_so(
    portal: PortalUnderTest,
) -> None:
    await portal.give(told.pot_opened(), told.funds_reserved())

    page = await portal.browser().read(POT)

    assert "The details of the agreement have not arrived yet." in page
    assert "A grant whose details have not arrived yet" in page
    assert "£30,000.00 reserved" in page


async def test_a_trace_that_is_not_there_is_a_page_that_says_what_to_do(portal: PortalUnderTest) -> None:
    answer = await portal.browser().open(f"/trace/pots/{told.an_id('none')}")

    assert answer.status_code == 404
    assert "look again in a minute" in words(answer)


async def test_a_name_with_a_script_in_it_is_shown_as_it_is_written(portal: PortalUnderTest) -> None:
    await portal.give(
        told.submitted(
            building=told.building(name="<script>alert(1)</script>"), organisation_name="<b>x</b>"
        ),
        told.awarded(reasons="<img src=x>"),
        told.funds_reserved(),
        told.pot_opened(reference="<i>x</i>"),
    )

    for path in ("/", "/pots", "/register", POT, PROJECT):
        text = (await portal.browser().open(path)).text
        assert not [tag for tag in ("<script>alert", "<b>x", "<img src=x", "<i>x") if tag in text], path


@pytest.mark.parametrize(
    ("path", "lines"),
    [("/pots.csv", 2), ("/register.csv", 1), (f"{POT}/pot.csv", 1), (f"{PROJECT}/savings.csv", 2)],
)
async def test_the_numbers_are_there_as_csv(portal: PortalUnderTest, path: str, lines: int) -> None:
    await portal.give(*whole_life())

    answer = await portal.browser().open(path)

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == lines
    assert all(None not in row and None not in row.values() for row in rows)


async def test_the_pots_go_on_over_several_pages(portal: PortalUnderTest) -> None:
    await portal.give(*(told.pot_opened(pot_id=told.an_id(f"pot {n}")) for n in range(30)))

    first, second = [await portal.browser().open(f"/pots?page={page}") for page in (1, 2)]

    assert (first.text.count('href="/trace/pots/'), second.text.count('href="/trace/pots/')) == (25, 5)


async def test_a_program_is_told_of_problems_in_its_own_form_and_people_by_a_page(
    portal: PortalUnderTest,
) -> None:
    to_program = await portal.browser().open("/api/trace/pots/nonsense")
    to_person = await portal.browser().open("/trace/pots/nonsense")

    assert to_program.headers["content-type"] == "application/problem+json"
    assert to_person.headers["content-type"].startswith("text/html")
    assert to_program.status_code == to_person.status_code == 422
