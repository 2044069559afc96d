"""Officers' and finance's pages in a browser: usable by everybody, on a phone, and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from services.contributions.background import work_off
from services.portal.identity import people
from services.portal.layout.templates import STATIC
from tests.support.browser import (
    DESKTOP,
    PHONE,
    assert_accessible,
    assert_no_sideways_scroll,
    browsing,
    screenshot,
)
from tests.support.council import council as five_services
from tests.support.council import served
from tests.support.events import terms
from tests.support.events.ids import CLAIM_ID
from tests.support.officer import (
    AGREEMENT_ID,
    AGREEMENT_PAGE,
    OBLIGATION,
    RECEIPT_ID,
    make_a_claim_payable,
)
from tests.support.open_data import COUNCIL, a_contribution_row, faulty_files, files
from tests.support.people import OFFICER

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Page

    from services.portal.identity.people import Person
    from tests.support.council import Council

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (STATIC / "build").exists(), reason="no styles: python -m deploy.local.frontend builds them"
    ),
]

IMPORT_ID = uuid4()
DRAFT_ID = uuid4()
READING_ID = uuid4()
LATER_ID = uuid4()
DUE_ID = uuid4()
DUE = f"{AGREEMENT_PAGE}/obligations/{DUE_ID}"
CHECK = (
    f"{DUE}/receipt/check?amount_pence=1200"
    "&received_on-day=2&received_on-month=9&received_on-year=2019&once=k"
)
OFFICERS_PAGES = {
    "overview": "/officer",
    "dashboard": "/officer/dashboard",
    "agreements": "/officer/agreements",
    "agreement": AGREEMENT_PAGE,
    "agreement-filtered": "/officer/agreements?search=street&state=varied",
    "agreement-correct": f"{AGREEMENT_PAGE}/correct",
    "agreement-vary": f"{AGREEMENT_PAGE}/vary",
    "agreement-version": f"{AGREEMENT_PAGE}/versions/1",
    "agreement-history": f"{AGREEMENT_PAGE}/history",
    "payees": f"{AGREEMENT_PAGE}/payees",
    "wards": "/officer/wards",
    "ward-edition-new": "/officer/wards/new",
    "agreement-new": "/officer/agreements/new",
    "obligation-new": f"{AGREEMENT_PAGE}/obligations/new",
    "trigger": f"{AGREEMENT_PAGE}/obligations/{LATER_ID}/trigger",
    "receipt": f"{DUE}/receipt",
    "receipt-check": CHECK,
    "receipt-wrong": CHECK.replace("1200", "-1"),
    "receipt-recorded": f"/officer/pots/{RECEIPT_ID}/recorded",
    "pots": "/officer/pots",
    "pot": f"/officer/pots/{RECEIPT_ID}",
    "pots-at-risk": "/officer/at-risk",
    "extension": f"/officer/pots/{RECEIPT_ID}/extend",
    "spending-terms": f"{DUE}/spending-terms",
    "refunds": "/finance/refunds",
    "interest": "/finance/interest",
    "all-pages": "/officer/all-pages",
    "imports": "/officer/imports",
    "import": f"/officer/imports/{IMPORT_ID}",
    "import-preview": f"/officer/imports/drafts/{DRAFT_ID}",
    "import-under-way": f"/officer/imports/drafts/{READING_ID}",
    "import-differences": f"/officer/imports/drafts/{DRAFT_ID}/differences",
    "imports-earlier": "/officer/imports/earlier",
    "import-codes": "/officer/imports/codes",
    "exceptions": "/officer/exceptions",
    "funds": "/officer/funds",
    "fund-new": "/officer/funds/new",
    "books": "/finance/books",
}


MANAGERS_PAGES = {
    "record-keeping": "/officer/record-keeping",
    "record-keeping-decide": "/officer/record-keeping/decide",
    "opening-balance": f"{DUE}/opening-balance",
    "pool": "/officer/record-keeping/pool",
}


@pytest.fixture(scope="module")
async def council(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Council]:
    async with five_services(postgres_url, tmp_path_factory.mktemp("files")) as council:
        await _fill(council)
        yield council


@pytest.fixture(scope="module")
async def address(council: Council) -> AsyncIterator[str]:
    async with served(council) as address:
        yield address


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_every_page_of_officers_is_accessible_and_fits(address: str, width: int) -> None:
    async with browsing(width=width) as page:
        await _sign_in(page, address, people.OFFICER)

        for name, path in OFFICERS_PAGES.items():
            await page.goto(address + path)
            await _look_at(page, f"officer-{name}-{width}")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
async def test_every_page_of_fund_managers_is_accessible_and_fits(address: str, width: int) -> None:
    async with browsing(width=width) as page:
        await _sign_in(page, address, people.FUND_MANAGER)

        for name, path in MANAGERS_PAGES.items():
            await page.goto(address + path)
            await _look_at(page, f"manager-{name}-{width}")


async def test_a_payment_goes_through_two_people_on_pages_that_are_accessible_and_fit(address: str) -> None:
    async with browsing(width=DESKTOP) as asking, browsing(width=PHONE) as approving:
        await _sign_in(asking, address, people.PAYMENT_REQUESTER)
        await _look_at(asking, "finance-payments-1280")
        await asking.goto(f"{address}/finance/claims/{CLAIM_ID}/request")
        await _look_at(asking, "finance-request-1280")
        await _type_day(asking, "requested_on", "16", "3", "2021")
        await asking.get_by_role("button", name="Request the payment").click()
        await _look_at(asking, "finance-own-payment-1280")
        await _sign_in(approving, address, people.PAYMENT_APPROVER)
        await _look_at(approving, "finance-payments-320")
        await approving.goto(asking.url.split("?")[0])
        await _look_at(approving, "finance-approve-320")
        await _type_day(approving, "approved_on", "17", "3", "2021")
        await approving.get_by_role("button", name="Approve the payment").click()
        await _look_at(approving, "finance-approved-320")
        await approving.get_by_label("Voucher").fill("V-2021-17")
        await _type_day(approving, "paid_on", "18", "3", "2021")
        await approving.get_by_role("button", name="Mark as paid").click()
        await _look_at(approving, "finance-paid-320")
        assert await approving.get_by_text("Voucher V-2021-17, 18 March 2021").is_visible()


async def test_a_receipt_is_recorded_on_a_phone_without_a_script(address: str) -> None:
    async with browsing(width=PHONE, script=False) as page:
        await _sign_in(page, address, people.OFFICER)
        await page.goto(f"{address}{DUE}/receipt")
        await page.get_by_role("button", name="Continue").click()
        assert await page.get_by_role("link", name="Enter the amount received, like 1234.50").is_visible()
        await page.get_by_label("Amount received").fill("1,000.50")
        await _type_day(page, "received_on", "2", "9", "2019")
        await page.get_by_role("button", name="Continue").click()
        await page.get_by_role("button", name="Record the receipt").click()
        assert await page.get_by_role("heading", level=1, name="Receipt recorded").is_visible()

        await page.go_back()
        await page.get_by_role("button", name="Record the receipt").click()
        await page.get_by_role("link", name="See the pot and its statement").click()

        assert await page.get_by_role("row").filter(has_text="Received from the developer").count() == 1


async def _fill(council: Council) -> None:
    """A pot with a grant, an obligation that is due and one that is not, an import, a fund."""
    await make_a_claim_payable(council)
    path = f"/agreements/{AGREEMENT_ID}/obligations"
    for obligation_id, reference in ((LATER_ID, "LATER"), (DUE_ID, "DUE")):
        changed = {
            **OBLIGATION,
            "obligation_id": str(obligation_id),
            "reference": f"P2018/2269/FUL-{reference}",
        }
        await council.contributions.post(path, OFFICER, changed)
    await council.contributions.post(f"{path}/{DUE_ID}/trigger", OFFICER, {"trigger_met_on": "2019-08-30"})
    await _vary(council)
    of = faulty_files()
    sent = {name: (f"{name}.csv", getattr(of, name), "text/csv") for name in of.__slots__}
    await council.contributions.post("/imports", OFFICER, files=sent, data={"import_id": str(IMPORT_ID)})
    await _send_drafts(council)
    fund = terms().model_dump(mode="json")
    fund_id = fund.pop("fund_id")
    body = {"fund_id": fund_id, "opens_on": "2019-01-01", "terms": fund}
    await council.applications.post("/funds", OFFICER, body)


async def _vary(council: Council) -> None:
    """A deed of variation, a payee, and an edition of wards."""
    path = f"/agreements/{AGREEMENT_ID}"
    varied = {"obligation_id": str(DUE_ID), "spend_by_months": 120}
    variation = {
        "variation_id": str(uuid4()),
        "deed_on": "2022-05-03",
        "document_url": "https://planning.example/variation.pdf",
        "summary": "Further money may be spent within ten years.",
        "obligations": [varied],
    }
    await council.contributions.post(f"{path}/variations", OFFICER, variation)
    payee = {"payee_id": str(uuid4()), "name": "Old Street Yard Developments Ltd", "reference": "SUP-104417"}
    await council.contributions.post(f"{path}/payees", OFFICER, payee)
    edition = {
        "edition_id": str(uuid4()),
        "organisation": "local-authority-eng:ISL",
        "name": "Wards of May 2022",
        "valid_from": "2022-05-05",
        "source": "The Islington (Electoral Changes) Order 2020",
        "wards": [{"code": "E05013699", "name": "Bunhill"}],
    }
    await council.contributions.post("/ward-editions", OFFICER, edition)


async def _send_drafts(council: Council) -> None:
    """Files with unknown codes that were read, one of them mapped; and files that still wait."""
    odd = [a_contribution_row(contribution_purpose=f"{purpose} money") for purpose in ("Green", "Odd")]
    of = files(contributions=[{**row, "reference": f"C{number}"} for number, row in enumerate(odd)])
    sent = {name: (f"{name}.csv", getattr(of, name), "text/csv") for name in of.__slots__}
    for draft_id in (DRAFT_ID, READING_ID):
        data = {"draft_id": str(draft_id), "organisation": COUNCIL}
        await council.contributions.post("/import-drafts", OFFICER, files=sent, data=data)
        if draft_id == DRAFT_ID:
            await _map_a_code(council)


async def _map_a_code(council: Council) -> None:
    """One code is mapped, and the files that wait are read with it."""
    mapping = {"organisation": COUNCIL, "field": "contribution-purpose", "reported": "Green money"}
    mapping |= {"mapping_id": str(uuid4()), "code": "green-infrastructure"}
    await council.contributions.post("/code-mappings", OFFICER, mapping)
    await work_off(council.contributions.service)


async def _sign_in(page: Page, address: str, person: Person) -> None:
    await page.goto(f"{address}/sign-in")
    await page.get_by_label(person.name).check()
    await page.get_by_role("main").get_by_role("button").click()


async def _type_day(page: Page, name: str, *parts: str) -> None:
    for part, typed in zip(("day", "month", "year"), parts, strict=True):
        await page.locator(f"#{name}-{part}").fill(typed)


async def _look_at(page: Page, name: str) -> None:
    """Keep a picture; fail on a violation, a sideways scroll, or another count of first headings than one."""
    await screenshot(page, name)
    assert await page.locator("h1").count() == 1, page.url
    await assert_no_sideways_scroll(page)
    await assert_accessible(page)
