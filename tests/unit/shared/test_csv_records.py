"""No uploaded table costs more than its useful size."""

import time

import pytest

from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.open_data.table import read_table
from services.monitoring.domain.csv_file import read_csv
from shared.csv_records import LONGEST_RECORD_CHARACTERS, BrokenQuotesError, TooWideError, read_records
from shared.errors import Invalid

COMMAS = b"," * 30_000_000
SPREAD_OVER_LINES = b'"\n"' + b',,,,,,,,"\n"' * 300_000
A_MANY_COLUMNED_TABLE = (b"," * 199 + b"\n") * 150_000


def test_a_record_over_two_lines_keeps_its_cells() -> None:
    assert list(read_records('day,kwh\n"1\nJuly",2\n')) == [["day", "kwh"], ["1\nJuly", "2"]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a" * (LONGEST_RECORD_CHARACTERS + 1), "line 1"),
        ("day,kwh\n" + "," * 200, "line 2"),
        ('"\n",' + '"' + "a" * 100_000 + '\n",' + '"' + "b" * 100_000 + '\n",' + "c" * 100_000, "line 4"),
        ("," * 4_000_001, "the file"),
    ],
)
def test_a_record_beyond_what_tables_hold_is_refused_with_its_place(text: str, place: str) -> None:
    with pytest.raises(TooWideError, match=place):
        list(read_records(text))


def test_broken_quotes_are_told_with_their_line() -> None:
    with pytest.raises(BrokenQuotesError, match="line 2"):
        list(read_records('a,b\n"x"y,2', strict=True))


@pytest.mark.parametrize("content", [COMMAS, SPREAD_OVER_LINES, A_MANY_COLUMNED_TABLE])
def test_thirty_megabytes_of_commas_are_refused_in_a_moment(content: bytes) -> None:
    started = time.process_time()

    with pytest.raises(Invalid):
        read_csv(content)
    with pytest.raises(Invalid):
        read_table(content, Dataset.TRANSACTION)

    assert time.process_time() - started < 2
