"""From the bytes of a file to rows under the specification's field names."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.contributions.domain.open_data.notes import Dataset, Note, mended, refused, warned
from services.contributions.domain.open_data.values import is_formula
from shared.checks import CONTROL_CHARACTER
from shared.errors import Invalid
from shared.table_files import TableFileRow, read_table_file
from shared.table_files.reading import sheets_of

_DATES = ("entry-date", "start-date", "end-date")
_MONEY = ("amount", "units", "notes", "organisation")
FIELDS = {
    Dataset.AGREEMENT: (
        *("reference", "name", "developer-agreement-type", "planning-application", "document-url", "notes"),
        *("organisation", *_DATES),
    ),
    Dataset.CONTRIBUTION: (
        *("reference", "developer-agreement", "contribution-purpose"),
        *(*_MONEY, *_DATES),
    ),
    Dataset.TRANSACTION: (
        *("reference", "developer-agreement-contribution", "contribution-funding-status"),
        *(*_MONEY, *_DATES),
    ),
}
OLDER_NAMES = {
    Dataset.AGREEMENT: {
        "developeragreement": "reference",
        "developeragreementclassification": "developer-agreement-type",
    },
    Dataset.CONTRIBUTION: {
        "developeragreementcontribution": "reference",
        "developercontributionpurpose": "contribution-purpose",
    },
    Dataset.TRANSACTION: {"developeragreementtransaction": "reference"},
}
REQUIRED = {
    Dataset.AGREEMENT: {"reference", "developer-agreement-type", "organisation"},
    Dataset.CONTRIBUTION: {"reference", "developer-agreement", "contribution-purpose", "amount"},
    Dataset.TRANSACTION: {
        "reference",
        "developer-agreement-contribution",
        "contribution-funding-status",
        "amount",
    },
}
FREE_TEXT = {"name", "notes"}
SHEETS = {
    Dataset.AGREEMENT: {"developeragreement", "agreement"},
    Dataset.CONTRIBUTION: {"developeragreementcontribution", "contribution", "obligation"},
    Dataset.TRANSACTION: {"developeragreementtransaction", "transaction"},
}
"""What sheets of a workbook are called, without the s of the plural."""
ROWS_ABOVE_HEADINGS = 10
CODES = {"table_file.wrong_kind": "open_data.not_csv"}


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row as it stands (row 1 is the header): cells by heading, known ones by field name, and faults."""

    number: int
    reported: tuple[tuple[str, str], ...]
    cells: Mapping[str, str]
    notes: tuple[Note, ...]

    def cell(self, field: str) -> str:
        """The text of a field without the spaces around it; empty where the file has no such column."""
        return self.cells.get(field, "")

    @property
    def content(self) -> tuple[tuple[str, str], ...]:
        """What the row says, free of column order, older headings, spaces and columns that are not ours."""
        return tuple(sorted((field, text) for field, text in self.cells.items() if text))


def read_table(data: bytes, dataset: Dataset, *, sheet: str | None = None) -> tuple[TableRow, ...]:
    """All rows that hold something; Invalid where the file as a whole cannot be read, with what to do.

    The headings are the first of the first rows that has all required ones: a title above them is left out.
    Of a workbook with several sheets it is the one that is named, or named after the dataset, or fits alone.
    """
    try:
        file = read_table_file(data, sheet=sheet or _sheet(data, dataset))
    except Invalid as refusal:
        code = CODES.get(refusal.code, refusal.code.replace("table_file.", "open_data."))
        raise _unreadable(dataset, code, refusal.message) from refusal
    start, fields = _find_headings(file.rows, dataset)
    layout = _Layout(list(file.rows[start].cells), fields, file.is_unicode)
    return tuple(_row(row.number, layout, list(row.cells)) for row in file.rows[start + 1 :])


def _sheet(data: bytes, dataset: Dataset) -> str | None:
    names = sheets_of(data)
    if len(names) <= 1:
        return None
    named = [name for name in names if _squash(name).rstrip("s") in SHEETS[dataset]]
    fitting = named or [name for name in names if _fits(data, name, dataset)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(data: bytes, sheet: str, dataset: Dataset) -> bool:
    try:
        return _fitting(read_table_file(data, sheet=sheet).rows, dataset) is not None
    except Invalid:
        return False


def _fitting(rows: Sequence[TableFileRow], dataset: Dataset) -> int | None:
    """Which of the first rows has all required headings."""
    for index, row in enumerate(rows[:ROWS_ABOVE_HEADINGS]):
        if set(_fields(row.cells, dataset)) >= REQUIRED[dataset]:
            return index
    return None


def _find_headings(rows: Sequence[TableFileRow], dataset: Dataset) -> tuple[int, list[str | None]]:
    start = _fitting(rows, dataset) or 0
    fields = _fields(rows[start].cells, dataset)
    _refuse_wrong_headings(fields, dataset)
    return start, fields


def _fields(headings: Sequence[str], dataset: Dataset) -> list[str | None]:
    by_squashed = {_squash(field): field for field in FIELDS[dataset]}
    fields = [by_squashed.get(_squash(heading)) for heading in headings]
    older = OLDER_NAMES[dataset]
    for index, heading in enumerate(headings):
        name = older.get(_squash(heading))
        if name is not None and name not in fields:
            fields[index] = name
    return fields


def _refuse_wrong_headings(fields: list[str | None], dataset: Dataset) -> None:
    known = [field for field in fields if field is not None]
    twice = sorted({field for field in known if known.count(field) > 1})
    if twice:
        message = f"Two columns are headed {', '.join(twice)}. Take one of them out."
        raise _unreadable(dataset, "open_data.heading_twice", message)
    missing = sorted(REQUIRED[dataset] - set(known))
    if missing:
        raise _unreadable(
            dataset,
            "open_data.heading_missing",
            f"The file has no column headed {', '.join(missing)}. "
            f"Check that it is the {dataset} file and that its first row holds the headings.",
        )


@dataclass(frozen=True, slots=True)
class _Layout:
    headings: list[str]
    fields: list[str | None]
    is_unicode: bool


def _row(number: int, layout: _Layout, record: list[str]) -> TableRow:
    width = max(len(layout.headings), len(record))
    cells = [*record, *[""] * (width - len(record))]
    headings = [*layout.headings, *[""] * (width - len(layout.headings))]
    fields = [*layout.fields, *[None] * (width - len(layout.fields))]
    columns = list(zip(headings, fields, cells, strict=True))
    return TableRow(
        number,
        reported=tuple(
            (heading or f"column {position}", cell)
            for position, (heading, _, cell) in enumerate(columns, start=1)
            if heading.strip() or cell.strip()
        ),
        cells={field: cell.strip() for _, field, cell in columns if field is not None},
        notes=tuple(
            note
            for heading, field, cell in columns
            for note in _notes(heading.strip(), field, cell, is_unicode=layout.is_unicode)
        ),
    )


def _notes(heading: str, field: str | None, cell: str, *, is_unicode: bool) -> Iterator[Note]:
    place = field or heading or "column without heading"
    if is_formula(cell):
        yield refused(place, cell, "The cell holds a formula. Put its value there instead.")
    if CONTROL_CHARACTER.search(cell):
        yield refused(place, cell, "The cell holds characters that cannot be seen. Type its text again.")
    if not heading and cell.strip():
        yield warned(place, cell, "The cell has no heading, so it was kept but not used. Name its column.")
    if "\ufffd" in cell:
        yield warned(place, cell, "A letter could not be read. Save the file as CSV UTF-8 to keep it.")
    elif not is_unicode and not cell.isascii():
        yield mended(place, cell, "Its letters were read as Windows-1252. Save the file as CSV UTF-8.")
    if field is not None and field not in FREE_TEXT and cell != cell.strip():
        yield mended(place, cell, "The spaces around the value were left out.")


def _squash(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())


def _unreadable(dataset: Dataset, code: str, message: str) -> Invalid:
    return Invalid(code, message, field=dataset)
