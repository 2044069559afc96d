"""Excel workbooks (.xlsx), by python-calamine: the values that Excel shows; no formula is worked out."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from shared.csv_records import MOST_COLUMNS
from shared.errors import Invalid

LARGEST_UNPACKED_BYTES = 300 << 20
"""A workbook is a zip archive: one of 1 MB may unpack to a thousand times as much."""
Cell: TypeAlias = "int | float | str | bool | time | date | datetime | timedelta"


def sheet_names(data: bytes) -> list[str]:
    """The names of the workbook's sheets, in their order."""
    return _open(data).sheet_names


def records(data: bytes, sheet: str) -> Iterator[list[str]]:
    """The cells of each row of a sheet as text, from its first row on, blank rows too."""
    for row in _open(data).get_sheet_by_name(sheet).to_python(skip_empty_area=False):
        cells = _without_blank_end([as_text(cell) for cell in row])
        if len(cells) > MOST_COLUMNS:
            message = f"The sheet {sheet} has more than {MOST_COLUMNS} columns. Take out those not needed."
            raise Invalid("table_file.too_wide", message)
        yield cells


def as_text(cell: Cell) -> str:
    """A cell as a person would type it: days as 2019-04-17, numbers in full, to the last digit Excel has.

    Excel keeps money as a binary fraction; its shortest decimal form is what was typed.
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        exact = Decimal(str(cell))
        return f"{exact.quantize(Decimal(1)):f}" if exact == exact.to_integral_value() else f"{exact:f}"
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time.min else cell).isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def _without_blank_end(cells: Sequence[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return list(cells[:end])


def _open(data: bytes) -> CalamineWorkbook:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked_bytes = sum(part.file_size for part in archive.infolist())
        if unpacked_bytes > LARGEST_UNPACKED_BYTES:
            message = "The workbook unpacks to more than 300 MB. Send it in parts, or as CSV."
            raise Invalid("table_file.too_large", message)
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        message = (
            "The workbook is damaged, or locked with a password. "
            "Open it in the spreadsheet and save it again without a password."
        )
        raise Invalid("table_file.damaged_workbook", message) from error
