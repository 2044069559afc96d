"""Drawing a sample through the pages, and reading its pack without a network."""

import csv
import io
import re
import zipfile
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest

from services.portal.identity import people
from tests.support.contributions_service import pay
from tests.support.council import Council
from tests.support.events.ids import ISLINGTON
from tests.support.officer import make_a_claim_payable, signed_in
from tests.support.portal import Browser, words

ORDER = {
    "organisation": ISLINGTON,
    "first_on-day": "1",
    "first_on-month": "4",
    "first_on-year": "2019",
    "last_on-day": "31",
    "last_on-month": "3",
    "last_on-year": "2022",
    "count": "25",
    "method": "simple_random",
    "seed": "2025/26 <C.B.>",
}


@pytest.fixture
async def auditor(council: Council) -> AsyncIterator[Browser]:
    async with signed_in(council, people.AUDITOR) as browser:
        yield browser


async def test_the_pack_holds_a_page_and_a_line_for_each_entry_and_is_the_same_each_time(
    auditor: Browser, council: Council
) -> None:
    await make_a_claim_payable(council)
    await pay(council.contributions)
    assert ISLINGTON in (await auditor.open("/officer/samples")).text

    page = await auditor.open(f"/officer/samples/drawn?{urlencode(ORDER)}")
    link = re.search(r'href="(/officer/samples/pack\.zip\?[^"]+)"', page.text)
    assert link is not None
    first = await auditor.open(link[1].replace("&amp;", "&"))
    again = await auditor.open(link[1].replace("&amp;", "&"))

    assert "6 entries of" in words(page)
    assert (first.content, first.headers["content-type"]) == (again.content, "application/zip")
    pack = zipfile.ZipFile(io.BytesIO(first.content))
    pages = [name for name in pack.namelist() if name.startswith("entries/")]
    assert len(pages) == 6
    index = pack.read("index.html").decode()
    assert all(f'href="{name}"' in index for name in pages)
    assert "2025/26 &lt;C.B.&gt;" in index
    rows = list(csv.DictReader(io.StringIO(pack.read("sample.csv").decode())))
    assert {row["Voucher"] for row in rows} == {"", "V-2021-0042"}
    assert {row["Deed"] for row in rows} == {"https://planning.example/00505112.pdf"}
    paid = pack.read(next(row["Page"] for row in rows if row["What"] == "Paid to the grant holder")).decode()
    for said in ("P2018/2269/FUL-da", "V-2021-0042", "payment.made.v1", "Every entry of the pot"):
        assert said in paid
    assert "http://" not in index.replace("https://", "")
    assert "src=" not in paid


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"count": "0"}, "Entries to draw must be"),
        ({"seed": ""}, "Enter a seed"),
        ({"last_on-year": "2018"}, "The last day is before the first."),
    ],
)
async def test_a_wrong_order_is_said_beside_its_box(
    auditor: Browser, change: dict[str, str], said: str
) -> None:
    for path in ("drawn", "pack.zip"):
        answer = await auditor.open(f"/officer/samples/{path}?{urlencode({**ORDER, **change})}")
        assert answer.status_code == 422
        assert words(answer).count(said) == 2
        assert "2025/26 &lt;C.B.&gt;" in answer.text or "seed" in change


async def test_a_period_without_entries_says_so_and_officers_do_not_draw(
    auditor: Browser, officer: Browser
) -> None:
    page = await auditor.read(f"/officer/samples/drawn?{urlencode(ORDER)}")
    assert "No entry was booked in this period." in page
    assert "Download the pack" not in page
    assert (await officer.open("/officer/samples")).status_code == 403
