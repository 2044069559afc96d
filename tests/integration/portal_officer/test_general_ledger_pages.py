"""The general ledger's pages, and the year's end, as finance works through them."""

from urllib.parse import quote

from services.portal.identity.people import AUDITOR
from tests.support.council import Council
from tests.support.events import ISLINGTON, fund_opened
from tests.support.officer import click_twice, receive, signed_in
from tests.support.portal import OWN_ORIGIN, Browser, hidden_fields, words

START = "/finance/general-ledger"
OF_IT = f"?organisation={quote(ISLINGTON)}"
FILE = b"""Doc No,Posting Date,Amount,Reference
1,03/09/2019,-88596.00,P2018/2269/FUL-da
2,04/09/2019,-25,FEE
3,x,1,y
"""
MONTH = f"{START}/months/2019-09-01"


async def send(browser: Browser, content: bytes) -> str:
    """Send a file; answers its page."""
    fields = hidden_fields(await browser.open(START)) | {"organisation": ISLINGTON}
    answer = await browser.client.post(
        START, data=fields, files={"file": ("gl.csv", content, "text/csv")}, headers=OWN_ORIGIN
    )
    assert answer.status_code == 303, words(answer)
    return str(answer.headers["location"])


async def close_september(council: Council, approver: Browser) -> None:
    await receive(council)
    await approver.send(f"/finance/periods/{ISLINGTON}/month/2019-09-01/close", {"sure": "yes"})


async def test_a_month_is_imported_matched_explained_and_signed_off_by_two(
    requester: Browser, approver: Browser, council: Council
) -> None:
    await close_september(council, approver)
    await council.contributions.give(fund_opened())

    here = await send(requester, FILE)
    preview = await requester.read(here)
    imported = await click_twice(requester, here, {}, to=f"{here}/import")
    report = await requester.read(here)
    match = hidden_fields(await requester.open(f"{START}/match{OF_IT}"))
    page = await requester.open(f"{START}/match{OF_IT}")
    value = page.text.split('name="matches" type="checkbox" value="')[1].split('"')[0]
    matched = await requester.client.post(
        f"{START}/match{OF_IT}", data={**match, "matches": value}, headers=OWN_ORIGIN
    )
    lines = await requester.open(f"{START}/lines{OF_IT}")
    line = lines.text.split('name="line_ids" type="checkbox" value="')[1].split('"')[0]
    chosen = {"line_ids": line, "decision": "explained", "reason": ""}
    without = await requester.send(f"{START}/lines{OF_IT}", chosen)
    explained = await requester.send(f"{START}/lines{OF_IT}", {**chosen, "reason": "A monitoring fee"})
    wrong = await requester.send(
        f"{MONTH}{OF_IT}", {"general_ledger_pounds": "1"}, to=f"{MONTH}/prepare{OF_IT}"
    )
    prepared = await requester.send(
        f"{MONTH}{OF_IT}", {"general_ledger_pounds": "88,621.00"}, to=f"{MONTH}/prepare{OF_IT}"
    )
    own = await requester.read(f"{MONTH}{OF_IT}")
    approved = await approver.send(f"{MONTH}{OF_IT}", {}, to=f"{MONTH}/approve{OF_IT}")

    assert "New lines 2 Known before 0 Refused 1" in preview
    assert [imported.first.status_code, imported.second.status_code] == [303, 303]
    assert "2 new lines, 0 known before, 1 refused" in report
    assert "Row 4 Day of posting" in report
    assert matched.status_code == 303
    assert words(without).count("Enter the reason.") == 2
    assert explained.status_code == 303
    assert "The lines that were imported add up to £88,621.00, not to £1.00." in words(wrong)
    assert prepared.status_code == 303
    assert "You prepared this month, so somebody else must approve it." in own
    assert "The month is signed off." in await approver.read(approved.headers["location"])
    assert "September 2019 Signed off" in await approver.read(START)


async def test_a_file_whose_columns_are_not_known_asks_for_them(requester: Browser, council: Council) -> None:
    await receive(council)

    here = await send(requester, b"A,B,C\r\n1,2019-09-03,5.00\r\n")
    page = await requester.read(here)
    without = await requester.send(here, {"document": "A", "in_sign": "plus"}, to=f"{here}/columns")
    chosen = {"document": "A", "posted_on": "B", "amount": "C", "in_sign": "plus"}
    read = await requester.send(here, chosen, to=f"{here}/columns")

    assert "Say first which column means what." in page
    assert words(without).count("Select the column of the day of posting") == 2
    assert read.status_code == 303
    assert "Money in £5.00" in await requester.read(here)


async def test_movements_without_a_line_are_explained_with_a_reason(
    requester: Browser, council: Council
) -> None:
    await receive(council)

    page = await requester.open(f"{START}/missing{OF_IT}")
    movement = page.text.split('name="movement_ids" type="checkbox" value="')[1].split('"')[0]
    answer = await requester.send(
        f"{START}/missing{OF_IT}", {"movement_ids": movement, "reason": "Before its records begin"}
    )

    assert answer.status_code == 303
    assert "Before its records begin" in await requester.read(f"{START}/missing{OF_IT}")


async def test_a_file_of_the_wrong_kind_is_refused_beside_its_box(
    requester: Browser, council: Council
) -> None:
    await receive(council)
    fields = hidden_fields(await requester.open(START)) | {"organisation": ISLINGTON}

    answer = await requester.client.post(
        START, data=fields, files={"file": ("gl.csv", b"%PDF-1.7", "text/csv")}, headers=OWN_ORIGIN
    )

    assert (answer.status_code, "PDF" in words(answer)) == (422, True)


async def test_the_year_end_shows_each_figure_with_its_list_and_file(
    approver: Browser, council: Council
) -> None:
    await receive(council)

    page = await approver.read("/finance/year-end?year=2019")
    file = await approver.open(f"/finance/year-end/year-end.csv{OF_IT}&year=2019")
    wrong = await approver.open("/finance/year-end?year=19")

    assert "Receipts in advance £88,596.00 received, not spent" in page
    assert "Total £0.00 £0.00 £0.00" in page
    assert "Receipts in advance,P2018/2269/FUL-COCM,,2019-09-02,88596.00" in file.text
    assert wrong.status_code == 422


async def test_auditors_read_lines_and_files_but_change_nothing(council: Council, requester: Browser) -> None:
    await receive(council)
    here = await send(requester, FILE)
    await requester.send(here, {}, to=f"{here}/import")

    async with signed_in(council, AUDITOR) as auditor:
        overview = await auditor.read(START)
        lines = await auditor.open(f"{START}/lines{OF_IT}")
        missing = await auditor.open(f"{START}/missing{OF_IT}")
        files = await auditor.open("/finance/payment-files")
        tried = await auditor.open(f"{START}/match{OF_IT}")

    assert "Look at open lines" in overview
    assert "4 September 2019, £25.00: 2, FEE" in words(lines)
    assert [page.status_code for page in (lines, missing, files, tried)] == [200, 200, 200, 403]
    assert not [page for page in (lines, missing, files) if "<main" in page.text and "Save the" in page.text]


async def test_officers_do_not_work_on_the_general_ledger_and_empty_books_say_so(
    officer: Browser, approver: Browser
) -> None:
    assert "There are no books yet" in await approver.read(START)
    assert "There are no books yet" in await approver.read("/finance/year-end")
    assert (await officer.open(f"{START}/match{OF_IT}")).status_code == 403


async def test_lines_of_a_later_page_are_decided_there(requester: Browser, council: Council) -> None:
    await receive(council)
    rows = "".join(f"{number},04/09/2019,-1.{number % 100:02},FEE\r\n" for number in range(101))
    here = await send(requester, b"Doc No,Posting Date,Amount,Reference\r\n" + rows.encode())
    await requester.send(here, {}, to=f"{here}/import")
    first = await requester.open(f"{START}/lines{OF_IT}")
    later = first.text.split('href="')
    [address] = [
        each.split('"')[0].replace("&amp;", "&") for each in later if "cursor=" in each.split('"')[0]
    ]

    page = await requester.open(address)
    line = page.text.split('name="line_ids" type="checkbox" value="')[1].split('"')[0]
    decided = await requester.send(
        address, {"line_ids": line, "decision": "explained", "reason": "A fee"}, to=address
    )

    assert decided.status_code == 303
