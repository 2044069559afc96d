"""The fund dashboard as a page, its charts' numbers as files."""

from services.portal.identity.people import AUDITOR, HALL_SECRETARY
from tests.support.council import Council
from tests.support.events import awarded
from tests.support.officer import receive, signed_in
from tests.support.portal import Browser, words

DASHBOARD = "/officer/dashboard"


async def test_an_empty_dashboard_says_how_it_fills(officer: Browser) -> None:
    assert "Nothing is secured or received yet." in await officer.read(DASHBOARD)


async def test_the_figures_and_the_tables_behind_the_charts_say_the_same(
    officer: Browser, council: Council
) -> None:
    await receive(council)
    await council.contributions.give(awarded())

    page = await officer.read(DASHBOARD)

    assert "Secured £88,596.00" in page
    assert "Available £58,596.00" in page
    assert "Anywhere in the area £0.00 £0.00 £30,000.00 £58,596.00 £0.00 £0.00" in page
    assert "2019 to 2020 £88,596.00 £88,596.00" in page


async def test_each_chart_has_its_numbers_as_a_file(officer: Browser, council: Council) -> None:
    await receive(council)

    wards = await officer.open(f"{DASHBOARD}/wards.csv")
    purposes = await officer.open(f"{DASHBOARD}/purposes.csv")
    years = await officer.open(f"{DASHBOARD}/years.csv")

    assert wards.text.splitlines()[1].startswith("Anywhere in the area,88596.00,88596.00,0.00,")
    assert purposes.text.splitlines()[1].startswith("Green infrastructure,88596.00")
    assert purposes.text.splitlines()[-1].startswith("In all,88596.00")
    assert years.text.splitlines()[1] == "2019 to 2020,88596.00,88596.00,0.00,0.00,0.00,0.00,0.00"
    assert "There is no such file." in words(await officer.open(f"{DASHBOARD}/parishes.csv"))


async def test_an_auditor_may_read_it_and_an_applicant_may_not(council: Council) -> None:
    async with signed_in(council, AUDITOR) as auditor, signed_in(council, HALL_SECRETARY) as applicant:
        assert (await auditor.open(DASHBOARD)).status_code == 200
        assert (await applicant.open(DASHBOARD)).status_code == 403
