from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.layout.csv_files import csv_response, csv_text, safe_cell


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=HYPERLINK(A1)", '=cmd|" /C calc"!A0']
)
def test_words_that_a_spreadsheet_would_run_get_an_apostrophe(words: str) -> None:
    assert safe_cell(words) == f"'{words}"


def test_numbers_and_dates_stay_what_they_are() -> None:
    assert safe_cell(-500) == "-500"
    assert safe_cell(Decimal("-0.000001")) == "-0.000001"
    assert safe_cell(date(2021, 3, 2)) == "2021-03-02"
    assert safe_cell(None) == ""
    assert safe_cell("Bradwell Abbey hall") == "Bradwell Abbey hall"


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")), min_size=1))
def test_no_text_becomes_a_formula_and_none_is_lost(cells: list[str]) -> None:
    written = csv_text(["Heading"], [cells])

    row = list(csv.reader(io.StringIO(written, newline="")))[1] if any(cells) or len(cells) > 1 else cells
    assert [one.removeprefix("'") for one in row] == [one.removeprefix("'") for one in cells]
    assert not any(one.strip(" \n").startswith(("=", "+", "-", "@", "\t", "\r")) for one in row)


def test_the_file_has_a_plain_name_and_a_mark_that_excel_reads() -> None:
    response = csv_response('trace of "P2018/2269"\r\nX: y.csv', ["Amount (£)"], [[Decimal("1.50")]])

    assert response.headers["content-disposition"] == 'attachment; filename="trace-of-P2018-2269-X-y.csv"'
    assert bytes(response.body).decode("utf-8-sig") == "Amount (£)\r\n1.50\r\n"
    assert bytes(response.body).startswith(b"\xef\xbb\xbf")
