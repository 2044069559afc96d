"""Importing a council's files through the pages: what they would change, what became of each row."""

from typing import Any

import pytest

from services.contributions.background import work_off
from tests.support.council import Council
from tests.support.open_data import (
    COUNCIL,
    Files,
    a_contribution_row,
    a_transaction_row,
    csv_of,
    faulty_files,
    files,
)
from tests.support.portal import Browser, words

PAGE = "/officer/imports"
FIELDS = {"organisation": COUNCIL}


def chosen(of: Files, **changes: tuple[str, bytes, str]) -> dict[str, tuple[str, bytes, str]]:
    """The three files as a browser sends them."""
    return {
        "agreements": ("developer-agreement.csv", of.agreements, "text/csv"),
        "contributions": ("developer-agreement-contribution.csv", of.contributions, "text/csv"),
        "transactions": ("developer-agreement-transaction.csv", of.transactions, "text/csv"),
        **changes,
    }


async def send(officer: Browser, council: Council, of: Files, **changes: tuple[str, bytes, str]) -> str:
    """Send files and have them read; answers the address of what they would change."""
    answer = await officer.send(PAGE, FIELDS, files=chosen(of, **changes))
    assert answer.status_code == 303, words(answer)
    await work_off(council.contributions.service)
    return str(answer.headers["location"])


async def take(officer: Browser, council: Council, draft: str) -> str:
    """Take the files; answers the address of the report."""
    await officer.send(draft, {}, to=f"{draft}/commit")
    await work_off(council.contributions.service)
    return str((await officer.open(draft)).headers["location"])


async def test_faulty_files_are_previewed_and_then_taken_with_a_report_that_shows_what_needs_a_look(
    officer: Browser, council: Council
) -> None:
    draft = await send(officer, council, faulty_files())

    preview = await officer.read(draft)
    before = await council.contributions.rows("SELECT id FROM pot")
    page = await officer.read(await take(officer, council, draft))

    assert "Nothing is taken yet" in preview
    for said in (preview, page):
        assert "Pots opened 3 holding £4,450.00" in said
        assert "Exceptions 1" in said
        assert "Received £6,500.00" in said
        assert "Rows that need a look" in said
        assert "The cell holds a formula. Put its value there instead." in said
    assert before == []
    assert len(await council.contributions.rows("SELECT id FROM pot")) == 3


async def test_the_reports_can_be_downloaded_before_and_after(officer: Browser, council: Council) -> None:
    draft = await send(officer, council, faulty_files())
    before = await officer.open(f"{draft}/report.csv")
    after = await officer.open(f"{await take(officer, council, draft)}/report.csv")

    for report in (before, after):
        assert report.headers["content-type"].startswith("text/csv")
        assert "'=1+1" in report.text


async def test_while_files_are_read_the_page_says_how_far_it_is(officer: Browser, council: Council) -> None:
    answer = await officer.send(PAGE, FIELDS, files=chosen(files()))
    here = answer.headers["location"]
    opening = await officer.open(here)
    await council.contributions.rows(
        "UPDATE import_draft SET rows_total = 3, rows_done = 2 WHERE true RETURNING id"
    )

    assert '<progress class="council-progress" id="how-far" max="100" value="0">' in opening.text
    assert "The files are being opened." in words(opening)
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in opening.text


async def test_the_exceptions_say_what_is_wrong_and_what_to_do(officer: Browser, council: Council) -> None:
    assert "There are none: every sum adds up." in await officer.read("/officer/exceptions")
    await take(officer, council, await send(officer, council, faulty_files()))

    page = await officer.read("/officer/exceptions")

    assert "A2-C2 More was spent, transferred or returned than was received \N{MINUS SIGN}£50.00" in page
    assert "Find the missing receipt, add it to the file and import it again." in page
    assert "1 sum cannot be right." in await officer.read("/officer")


async def test_the_same_files_again_would_change_nothing_and_the_page_says_so(
    officer: Browser, council: Council
) -> None:
    await take(officer, council, await send(officer, council, files()))

    page = await officer.read(await send(officer, council, files()))

    assert "Nothing would change" in page
    assert "Take the files" not in page
    assert COUNCIL in (await officer.open(PAGE)).text


async def test_every_row_can_be_seen(officer: Browser, council: Council) -> None:
    draft = await send(officer, council, files())

    assert "None: no row was refused or taken with a warning." in await officer.read(draft)
    assert "Transactions, row 2 A1-C1-T1 Taken" in await officer.read(f"{draft}?every=true")
    report = await take(officer, council, draft)
    assert "Transactions, row 2 A1-C1-T1 Taken" in await officer.read(f"{report}?every=true")


async def test_a_misspelt_code_is_mapped_on_the_preview_listed_and_withdrawn(
    officer: Browser, council: Council
) -> None:
    odd = files(contributions=[a_contribution_row(contribution_purpose="Greening money")])
    draft = await send(officer, council, odd)
    asked = await officer.open(draft)

    answer = await officer.send(draft, {"code_1": "green-infrastructure"}, to=f"{draft}/codes")
    await work_off(council.contributions.service)

    assert "Purpose “Greening money” In 1 row" in words(asked)
    assert answer.status_code == 303
    assert "Codes that are not in the lists" not in await officer.read(draft)
    codes = await officer.read(f"{PAGE}/codes")
    assert "“Greening money” Purpose green-infrastructure" in codes
    (mapping,) = await council.contributions.rows("SELECT id FROM code_mapping")
    await officer.send(f"{PAGE}/codes", {}, to=f"{PAGE}/codes/{mapping['id']}/withdraw")
    assert "Withdrawn on" in await officer.read(f"{PAGE}/codes")


async def test_what_a_later_file_says_otherwise_is_listed_and_taken_or_left(
    officer: Browser, council: Council
) -> None:
    await take(officer, council, await send(officer, council, files()))
    later = files(transactions=[a_transaction_row(amount="800")])
    draft = await send(officer, council, later)
    left = await officer.read(draft)

    await officer.send(draft, {"takes_changes": "true"}, to=f"{draft}/differences")
    await work_off(council.contributions.service)

    assert "what was said before stands" in left
    assert "A1-C1-T1 Transactions Changed amount 1000.50 800" in await officer.read(f"{draft}/differences")
    assert "Rows that say otherwise are taken anew." in await officer.read(draft)


async def test_files_can_be_thrown_away_and_the_list_tells_of_the_others(
    officer: Browser, council: Council
) -> None:
    away, kept = await send(officer, council, files()), await send(officer, council, faulty_files())

    await officer.send(away, {}, to=f"{away}/throw-away")

    assert "The files were thrown away" in await officer.read(away)
    page = await officer.open(f"{PAGE}/earlier")
    assert f'href="{kept}"' in page.text
    assert f'href="{away}"' not in page.text
    assert "To be looked at" in words(page)


FORMULA = csv_of("transaction", [a_transaction_row(amount="=HYPERLINK(1)")])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agreements": ("", b"", "application/octet-stream")}, "Select the file of agreements"),
        ({"agreements": ("a.csv", b"", "text/csv")}, "The selected file is empty"),
        ({"contributions": ("photo.png", b"\x89PNG\r\n\x1a\n\0\0", "image/png")}, "This is a picture, not"),
    ],
)
async def test_a_wrong_file_is_said_beside_its_box_and_nothing_is_kept(
    officer: Browser, council: Council, changes: dict[str, Any], said: str
) -> None:
    answer = await officer.send(PAGE, FIELDS, files=chosen(files(), **changes))

    assert answer.status_code == 422
    assert words(answer).count(said) == 2
    assert "choose all three again" in words(answer)
    assert await council.contributions.rows("SELECT id FROM import_draft") == []


async def test_files_in_the_wrong_boxes_are_refused_by_name_with_what_to_do(
    officer: Browser, council: Council
) -> None:
    wrong = ("t.csv", files().agreements, "text/csv")

    page = await officer.read(await send(officer, council, files(), transactions=wrong))

    assert "The files could not be read" in page
    assert "Transactions The file has no column headed" in page


async def test_a_formula_in_a_row_is_refused_by_row_and_never_run(officer: Browser, council: Council) -> None:
    page = await officer.read(
        await send(officer, council, files(), transactions=("t.csv", FORMULA, "text/csv"))
    )

    assert "Transactions, row 2 A1-C1-T1 Refused amount" in page
    assert "The cell holds a formula." in page
