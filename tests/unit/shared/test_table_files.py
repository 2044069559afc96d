import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Invalid
from shared.table_files import read_table_file
from shared.table_files.workbook import as_text


def a_workbook(**sheets: list[list[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def cells(data: bytes, sheet: str | None = None) -> list[tuple[str, ...]]:
    return [row.cells for row in read_table_file(data, sheet=sheet).rows]


def test_a_workbook_gives_days_and_money_as_a_person_would_type_them() -> None:
    book = a_workbook(
        Receipts=[
            ["On", "Amount", "Units"],
            [date(2019, 4, 17), 88596.1, 12],
            [datetime(2020, 2, 29), -0.07, 0],  # noqa: DTZ001 - Excel knows no zones
        ]
    )

    assert cells(book) == [
        ("On", "Amount", "Units"),
        ("2019-04-17", "88596.1", "12"),
        ("2020-02-29", "-0.07", "0"),
    ]


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_no_penny_is_lost_in_excels_binary_fractions(pence: int) -> None:
    assert Decimal(as_text(float(Decimal(pence) / 100))) * 100 == pence


def test_a_sheet_is_chosen_by_its_name_and_else_the_sheets_are_listed() -> None:
    book = a_workbook(Notes=[["x"]], Receipts=[["y"]])

    with pytest.raises(Invalid, match="2 sheets: Notes, Receipts") as unsaid:
        read_table_file(book)
    with pytest.raises(Invalid, match="no sheet Paid") as unknown:
        read_table_file(book, sheet="Paid")

    assert cells(book, " receipts ") == [("y",)]
    assert (unsaid.value.code, unknown.value.code) == ("table_file.sheet_unsaid", "table_file.sheet_unknown")


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    book = a_workbook(Receipts=[[], ["a"], [], ["b"]])

    assert [row.number for row in read_table_file(book).rows] == [2, 4]
    assert [row.number for row in read_table_file(b"\na\n\nb\n").rows] == [2, 4]


def test_excels_first_line_says_the_delimiter() -> None:
    assert cells(b"sep=;\na;b,c\n") == [("a", "b,c")]


def test_commas_in_quotes_do_not_hide_the_real_delimiter() -> None:
    assert cells(b'"a,1,2,3";b\n"c,1";d\n') == [("a,1,2,3", "b"), ("c,1", "d")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 ...", "This is a PDF, not a CSV file"),
        (b"\x89PNG\r\n\x1a\n\x00", "This is a picture"),
        (b"PK\x03\x04\x00\x00", "This is a zip archive"),
        (b"PK\x03\x04 word/document.xml", "This is a Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is an old Excel workbook"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>Sign in</p>", "This is a web page"),
        (b"a\x00\x01\x02\x00b", "This is a file of a kind that holds no table"),
        (b"PK\x03\x04 xl/workbook.xml", "The workbook is damaged"),
        (b" \r\n,,\r\n", "The file is empty"),
        (b"a,b\n" * 200_002, "more than 200,000 lines"),
        (b"x," * 201, "too many cells"),
    ],
)
def test_a_file_that_holds_no_table_is_refused_by_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        read_table_file(data)
