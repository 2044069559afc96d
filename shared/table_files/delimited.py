"""Delimited text: its encoding and its delimiter found out from the text itself."""

import csv
from collections.abc import Iterator

from shared.csv_records import BrokenQuotesError, TooWideError, read_records
from shared.errors import Invalid
from shared.table_files.kinds import looks_like_utf_16

DELIMITERS = (",", ";", "\t", "|")
_LINES_LOOKED_AT = 10
_EXCELS_HINT = "sep="


def decode(data: bytes) -> tuple[str, bool]:
    """The text, and whether it was Unicode: UTF-8 or UTF-16, with or without mark; else Windows-1252.

    A byte that Windows-1252 does not have becomes U+FFFD, so that the caller can say in which cell.
    """
    order = looks_like_utf_16(data)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or order is not None:
        return data.decode(order or "utf-16", errors="replace").removeprefix("\ufeff"), True
    try:
        return data.decode("utf-8-sig"), True
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), False


def find_delimiter(text: str) -> str:
    """What parts the cells: as Excel's first line `sep=;` says, else what divides the first lines most."""
    if text[:4].lower() == _EXCELS_HINT:
        return text[4:5] if text[4:5] in DELIMITERS else ","
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:_LINES_LOOKED_AT]
    return max(DELIMITERS, key=lambda each: max((_cells(line, each) for line in lines), default=0))


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0


def records(text: str) -> Iterator[list[str]]:
    """The cells of each record, blank ones too; Invalid, naming the line, where they cannot be told."""
    delimiter = find_delimiter(text)
    read = read_records(text, strict=True, delimiter=delimiter)
    try:
        for number, record in enumerate(read):
            if number == 0 and text[:4].lower() == _EXCELS_HINT:
                yield []
            else:
                yield record
    except TooWideError as error:
        message = f"There are too many cells or characters in {error}. Check the quotation marks there."
        raise Invalid("table_file.too_wide", message) from error
    except BrokenQuotesError as error:
        raise Invalid(
            "table_file.broken_quotes",
            f"The file cannot be divided into cells from {error}. "
            "Check the quotation marks there, or save it from the spreadsheet again.",
        ) from error
