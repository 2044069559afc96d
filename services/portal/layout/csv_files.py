"""The numbers behind a page as a file that a spreadsheet opens without running anything."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from fastapi import Response

Cell: TypeAlias = str | int | Decimal | date | None

RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(filename: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The rows as a CSV download in UTF-8 with a byte order mark, which Excel needs to read the £."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", filename).strip("-.") or "data.csv"
    return Response(
        csv_text(headings, rows).encode("utf-8-sig"),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{plain}"'},
    )


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as RFC 4180 text; a text cell that a spreadsheet would run gets an apostrophe before it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_cell(heading) for heading in headings])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe_cell(cell: Cell) -> str:
    """Numbers and dates as they are; words so that no spreadsheet takes them for a formula."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if cell.lstrip(" \n").startswith(RUNS_AS_FORMULA) else cell
