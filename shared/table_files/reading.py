"""From the bytes of a file to rows of text, with the kind of file told first."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.errors import Invalid
from shared.table_files import delimited, workbook
from shared.table_files.kinds import FileKind, kind_of

MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class TableFileRow:
    """A row that holds something: its number as the spreadsheet shows it (1 is the first), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableFile:
    """All rows of a table that hold something; `sheet` only of a workbook.

    `is_unicode` is false where letters were read as Windows-1252, the best guess where a file says nothing.
    """

    rows: tuple[TableFileRow, ...]
    sheet: str | None = None
    is_unicode: bool = True


def read_table_file(data: bytes, *, sheet: str | None = None) -> TableFile:
    """The table in a CSV file or workbook; `sheet` says which of several (its name, in any case).

    Invalid: another kind of file, a damaged one, an empty one, more than 200,000 rows, several sheets and
    none named (`table_file.sheet_unsaid`) or none of that name (`table_file.sheet_unknown`).
    """
    if refuse_other_kinds(data) is FileKind.EXCEL_WORKBOOK:
        name = choose_sheet(workbook.sheet_names(data), sheet)
        return TableFile(_rows(workbook.records(data, name)), sheet=name)
    text, is_unicode = delimited.decode(data)
    return TableFile(_rows(delimited.records(text)), is_unicode=is_unicode)


def refuse_other_kinds(data: bytes) -> FileKind:
    """The kind of a file that may hold a table; Invalid (`table_file.wrong_kind`) of any other."""
    kind = kind_of(data)
    if kind not in {FileKind.TEXT, FileKind.EXCEL_WORKBOOK}:
        raise Invalid("table_file.wrong_kind", _wrong_kind(kind))
    return kind


def sheets_of(data: bytes) -> list[str]:
    """The names of a workbook's sheets; none of any other file."""
    return workbook.sheet_names(data) if kind_of(data) is FileKind.EXCEL_WORKBOOK else []


def choose_sheet(names: list[str], wanted: str | None) -> str:
    """The sheet of that name, or the only one there is."""
    listed = ", ".join(names)
    if wanted:
        for name in names:
            if name.strip().casefold() == wanted.strip().casefold():
                return name
        message = f"The workbook has no sheet {wanted}. It has {listed}: give one of these names."
        raise Invalid("table_file.sheet_unknown", message)
    if len(names) == 1:
        return names[0]
    message = f"The workbook has {len(names)} sheets: {listed}. Say which one, or send it with that one only."
    raise Invalid("table_file.sheet_unsaid", message)


def _rows(records: Iterator[list[str]]) -> tuple[TableFileRow, ...]:
    rows = []
    for number, cells in enumerate(records, start=1):
        if number > MOST_ROWS + 1:
            message = f"The file has more than {MOST_ROWS:,} lines. Send it in parts."
            raise Invalid("file.too_many_lines", message)
        if any(cell.strip() for cell in cells):
            rows.append(TableFileRow(number, tuple(cells)))
    if not rows:
        raise Invalid("table_file.empty", "The file is empty. Choose the file with the rows in it.")
    return tuple(rows)


def _wrong_kind(kind: FileKind) -> str:
    article = "an" if kind[0] in "aeoAEIO" else "a"
    remedy = (
        "Open it in the spreadsheet, choose Save as, then Excel workbook (.xlsx) or CSV UTF-8"
        if kind in {FileKind.OLD_EXCEL_WORKBOOK, FileKind.OPEN_DOCUMENT}
        else "Take the table out of it"
        if kind is FileKind.ZIP
        else "Ask for the table itself, as an Excel workbook (.xlsx) or CSV"
    )
    return f"This is {article} {kind}, not a CSV file or Excel workbook. {remedy}, and send that file."
