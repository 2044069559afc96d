"""Terms of payment, demands and indices as officers and the fund manager work with them."""

from collections.abc import AsyncIterator

import pytest

from services.portal.identity import people
from tests.support.council import Council
from tests.support.demands import a_series
from tests.support.events import an_id
from tests.support.officer import AGREEMENT_PAGE, OBLIGATION_PAGE, record_obligation, signed_in
from tests.support.portal import Browser, hidden_fields, words

INDEX = f"/officer/indices/{an_id('series')}"
TERMS = {
    "basis": "index",
    "series_id": str(an_id("series")),
    "compounds": "yes",
    "base_month": "month_before",
    "end_day": "trigger",
    "end_month": "month_before",
    "floor": "yes",
    "rounding": "penny",
    "due": "days",
    "days_to_pay": "14",
    "late_bank": "Bank of England",
    "late_margin_percent": "4",
    "late_compounding": "simple",
}
FILE = (
    b"Month,Index,Provisional\nMar 2019,330,\nApr 2019,331,\nMay 2019,332,\nJun 2019,333,\nJul 2019,340,P\n"
)


def a_day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}-day": str(day), f"{name}-month": str(month), f"{name}-year": str(year)}


PUBLICATION = {**a_day("published_on", 20, 8, 2019), "source": "Invented bulletin"}
DEMAND = {**a_day("issued_on", 2, 9, 2019), "addressee": "Homes Ltd", "council_name": "Islington"}


@pytest.fixture
async def manager(council: Council) -> AsyncIterator[Browser]:
    async with signed_in(council, people.FUND_MANAGER) as browser:
        yield browser


async def import_values(manager: Browser) -> None:
    check = await manager.send(
        f"{INDEX}/publications/new", PUBLICATION, files={"file": ("index.csv", FILE, "text/csv")}
    )
    assert check.status_code == 200, words(check)
    hidden = hidden_fields(check)
    done = await manager.post(f"{INDEX}/publications", hidden)
    assert done.headers["location"] == f"{INDEX}?done=publication"


async def test_values_are_looked_at_before_they_are_kept(council: Council, manager: Browser) -> None:
    await a_series(council.contributions)

    check = await manager.send(
        f"{INDEX}/publications/new", PUBLICATION, files={"file": ("index.csv", FILE, "text/csv")}
    )
    nothing_yet = await manager.read(INDEX)
    await import_values(manager)
    page = await manager.read(INDEX)
    csv = await manager.open(f"{INDEX}/values.csv")

    assert "Keep these values" in words(check)
    assert "No values are imported yet" in nothing_yet
    assert "July 2019 340 Provisional 20 August 2019" in page
    assert "July 2019,340,provisional,2019-08-20" in csv.text


async def test_a_wrong_file_is_refused_by_its_rows_and_nothing_is_kept(
    council: Council, manager: Browser
) -> None:
    await a_series(council.contributions)
    wrong = b"Month,Index\nMar 2019,-330\nApr 2019,331\n"

    check = await manager.send(
        f"{INDEX}/publications/new", PUBLICATION, files={"file": ("index.csv", wrong, "text/csv")}
    )
    no_table = await manager.send(
        f"{INDEX}/publications/new", PUBLICATION, files={"file": ("index.csv", b"%PDF-1.7", "text/csv")}
    )

    assert check.status_code == no_table.status_code == 422
    assert "Row 2: An index is above zero; -330 is not." in words(check)
    assert "Keep these values" not in words(check)
    assert "This is a PDF" in words(no_table)


async def test_a_demand_is_looked_at_issued_once_downloaded_and_withdrawn(
    council: Council, manager: Browser, officer: Browser
) -> None:
    await a_series(council.contributions)
    await import_values(manager)
    await record_obligation(council)
    recorded = await officer.send(f"{OBLIGATION_PAGE}/payment-terms", TERMS)
    check = await officer.send(f"{OBLIGATION_PAGE}/demand", DEMAND)
    fields = hidden_fields(check)

    done = await officer.post(f"{OBLIGATION_PAGE}/demand/check", fields)
    again = await officer.post(f"{OBLIGATION_PAGE}/demand/check", fields)

    assert recorded.headers["location"] == f"{AGREEMENT_PAGE}?done=payment-terms"
    assert "Sum demanded £91,280.73" in words(check)
    assert "published 20 August 2019, provisional" in words(check)
    assert done.headers["location"] == again.headers["location"]
    path = done.headers["location"].partition("?")[0]
    page = await officer.read(path)
    assert "To be paid by 16 September 2019" in page
    assert "No base rate of Bank of England is recorded" in page
    letter = await officer.open(f"{path}/letter.pdf")
    assert letter.content.startswith(b"%PDF-")
    assert 'filename="D2019-0001.pdf"' in letter.headers["content-disposition"]
    assert "Demanded £91,280.73" in await officer.read(AGREEMENT_PAGE)
    assert "D2019-0001,P2018/2269/FUL-da" in (await officer.open("/officer/demands/demands.csv")).text
    assert "D2019-0001" in await manager.read("/officer/demands?shown=overdue")

    withdrawal = {"reason": "The wrong month.", **a_day("withdrawn_on", 3, 9, 2019)}
    await officer.send(f"{path}/withdrawal", withdrawal)
    assert "Withdrawn on 3 September 2019: The wrong month." in await officer.read(path)


async def test_a_demand_whose_month_is_not_published_says_which_and_keeps_what_was_typed(
    council: Council, officer: Browser
) -> None:
    await a_series(council.contributions)
    await record_obligation(council)
    await officer.send(f"{OBLIGATION_PAGE}/payment-terms", TERMS)

    form = await officer.read(f"{OBLIGATION_PAGE}/demand")
    refused = await officer.send(f"{OBLIGATION_PAGE}/demand", DEMAND)

    assert "has no value for March 2019" in form
    assert refused.status_code == 422
    assert "has no value for March 2019" in words(refused)
    assert 'value="Homes Ltd"' in refused.text


async def test_wrong_terms_are_refused_beside_their_boxes(council: Council, officer: Browser) -> None:
    await record_obligation(council)

    no_index = await officer.send(f"{OBLIGATION_PAGE}/payment-terms", {**TERMS, "series_id": ""})
    too_much = await officer.send(
        f"{OBLIGATION_PAGE}/payment-terms", {**TERMS, "basis": "fixed_percent", "yearly_percent": "101"}
    )

    assert "Choose the index that the deed names." in words(no_index)
    assert 'href="#series_id"' in no_index.text
    assert "Percentage a year must be 100 or less" in words(too_much)


async def test_the_fund_manager_records_an_index_and_a_base_rate(manager: Browser) -> None:
    series = {"name": "Invented index", "publisher": "Nobody", "frequency": "yearly"}
    rate = {
        "bank": "Bank of England",
        **a_day("effective_on", 1, 8, 2019),
        "percent": "0.75",
        "source": "Invented",
    }

    recorded = await manager.send("/officer/indices/new", series)
    await manager.send("/officer/base-rates/new", rate)
    wrong = await manager.send("/officer/base-rates/new", {**rate, "percent": "101"})

    assert "Next, import its values" in await manager.read(recorded.headers["location"])
    assert "Bank of England 1 August 2019 0.75%" in await manager.read("/officer/base-rates")
    assert "Base rate must be 100 or less" in words(wrong)


async def test_officers_look_at_indices_and_cannot_change_them(council: Council, officer: Browser) -> None:
    await a_series(council.contributions)

    assert "Import what was published" not in await officer.read(INDEX)
    assert (await officer.open(f"{INDEX}/publications/new")).status_code == 403
