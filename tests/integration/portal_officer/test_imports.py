"""Importing open data through the page: what became of each row, and what an officer must look at."""

from typing import Any

import pytest

from tests.support.council import Council
from tests.support.open_data import Files, a_transaction_row, csv_of, faulty_files, files
from tests.support.portal import Browser, words

PAGE = "/officer/imports"


def chosen(of: Files, **changes: tuple[str, bytes, str]) -> dict[str, tuple[str, bytes, str]]:
    """The three files as a browser sends them."""
    return {
        "agreements": ("developer-agreement.csv", of.agreements, "text/csv"),
        "contributions": ("developer-agreement-contribution.csv", of.contributions, "text/csv"),
        "transactions": ("developer-agreement-transaction.csv", of.transactions, "text/csv"),
        **changes,
    }


async def test_faulty_files_are_taken_with_a_report_that_shows_what_needs_a_look(
    officer: Browser, council: Council
) -> None:
    answer = await officer.send(PAGE, {}, files=chosen(faulty_files()))

    page = await officer.read(answer.headers["location"])
    assert "Pots opened 3 holding £4,450.00" in page
    assert "Exceptions 1" in page
    assert "Received £6,500.00" in page
    assert "Rows that need a look" in page
    assert "The cell holds a formula. Put its value there instead." in page
    report = await officer.open(f"{answer.headers['location']}/report.csv")
    assert report.headers["content-type"].startswith("text/csv")
    assert "'=1+1" in report.text
    assert len(await council.contributions.rows("SELECT id FROM pot")) == 3


async def test_the_exceptions_say_what_is_wrong_and_what_to_do(officer: Browser) -> None:
    assert "There are none: every sum adds up." in await officer.read("/officer/exceptions")
    await officer.send(PAGE, {}, files=chosen(faulty_files()))

    page = await officer.read("/officer/exceptions")

    assert "A2-C2 More was spent, transferred or returned than was received \N{MINUS SIGN}£50.00" in page
    assert "Find the missing receipt, add it to the file and import it again." in page
    assert "1 sum cannot be right." in await officer.read("/officer")


async def test_the_same_files_again_change_nothing_and_say_so(officer: Browser, council: Council) -> None:
    await officer.send(PAGE, {}, files=chosen(files()))

    again = await officer.send(PAGE, {}, files=chosen(files()))

    assert "Nothing in the books has changed" in await officer.read(again.headers["location"])
    assert len(await council.contributions.rows("SELECT id FROM pot")) == 1


async def test_every_row_can_be_seen(officer: Browser) -> None:
    answer = await officer.send(PAGE, {}, files=chosen(files()))
    here = answer.headers["location"]

    assert "None: no row was refused or taken with a warning." in await officer.read(here)
    assert "Transactions, row 2 A1-C1-T1 Taken" in await officer.read(f"{here}?every=true")


FORMULA = csv_of("transaction", [a_transaction_row(amount="=HYPERLINK(1)")])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agreements": ("", b"", "application/octet-stream")}, "Select the file of agreements"),
        ({"agreements": ("a.csv", b"", "text/csv")}, "The selected file is empty"),
        ({"contributions": ("photo.png", b"\x89PNG\r\n\x1a\n\0\0", "image/png")}, "This is a picture, not"),
        ({"transactions": ("t.csv", files().agreements, "text/csv")}, "The file has no column headed"),
    ],
)
async def test_a_wrong_file_is_said_beside_its_box_and_nothing_is_imported(
    officer: Browser, council: Council, changes: dict[str, Any], said: str
) -> None:
    answer = await officer.send(PAGE, {}, files=chosen(files(), **changes))

    assert answer.status_code == 422
    assert words(answer).count(said) == 2
    assert "choose all three again" in words(answer)
    assert await council.contributions.rows("SELECT id FROM open_data_import") == []


async def test_a_formula_in_a_row_is_refused_by_row_and_never_run(officer: Browser) -> None:
    with_formula = chosen(files(), transactions=("t.csv", FORMULA, "text/csv"))

    answer = await officer.send(PAGE, {}, files=with_formula)

    page = await officer.read(answer.headers["location"])
    assert "Transactions, row 2 A1-C1-T1 Refused amount" in page
    assert "The cell holds a formula." in page
