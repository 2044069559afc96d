"""Whether three files are what the specification says, read again as anybody would read them."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.register.purposes import ENDED_PURPOSES
from services.contributions.domain.statement.files import Cells, Files
from services.contributions.domain.statement.publishing import NATIONAL_PURPOSES
from services.contributions.domain.statement.specification import (
    AGREEMENT_TYPES,
    COLUMNS,
    FUNDING_STATUSES,
    ONLY_IN_GUIDANCE,
    PARENTS,
    REFERENCE,
    FileForm,
    key_column,
)
from shared.checks import CONTROL_CHARACTER, ORGANISATION

AMOUNT = re.compile(r"-?[0-9]+\.[0-9]{2}")
UNITS = re.compile(r"-?[0-9]+")
ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)
DATE = re.compile(r"[12][0-9]{3}(-[0-9]{2}){0,2}")
FIRST_DAY = "1948-07-01"
"""When the Town and Country Planning Act 1947 came into force: no planning agreement is older."""
CODES: Mapping[str, frozenset[str]] = {
    "developer-agreement-type": frozenset(AGREEMENT_TYPES.values()),
    "contribution-purpose": NATIONAL_PURPOSES | ENDED_PURPOSES,
    "contribution-funding-status": FUNDING_STATUSES | ONLY_IN_GUIDANCE,
}
WANTED = {
    Dataset.AGREEMENT: ("developer-agreement-type", "planning-application", "start-date"),
    Dataset.CONTRIBUTION: ("contribution-purpose",),
    Dataset.TRANSACTION: ("start-date",),
}
"""What a row should say; many old deeds were recorded without, so it does not prevent publishing."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with one field, what to do, and whether it breaks the specification."""

    field: str
    message: str
    prevents: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Where something is wrong (row 1 holds the headings), and what to do.

    A file with a fault that `prevents` publishing breaks the specification; of the others people should know.
    """

    dataset: Dataset
    row: int
    reference: str
    field: str
    value: str
    message: str
    prevents: bool


def check_files(files: Files, form: FileForm) -> tuple[Fault, ...]:
    """Every fault of the three files: headings, types, code lists, dates, repeated and missing references."""
    return tuple(_Checking(files, form).faults())


class _Checking:
    def __init__(self, files: Files, form: FileForm) -> None:
        self._form = form
        self._records = {
            dataset: list(csv.reader(io.StringIO(files[dataset].decode(), newline=""))) for dataset in Dataset
        }
        self._rows = {dataset: list(self._read(dataset)) for dataset in Dataset}
        self._references = {dataset: {row[REFERENCE] for row in rows} for dataset, rows in self._rows.items()}

    def faults(self) -> Iterator[Fault]:
        for dataset in Dataset:
            headings, columns = self._records[dataset][0], list(COLUMNS[self._form][dataset])
            if headings == columns:
                yield from self._of_rows(dataset)
            else:
                message = f"The headings must be {', '.join(columns)}, in this order."
                yield _fault(dataset, 1, {REFERENCE: ""}, Wrong("headings", message))

    def _read(self, dataset: Dataset) -> Iterator[Cells]:
        headings, *records = self._records[dataset]
        for record in records:
            row = dict(zip(headings, record, strict=False))
            yield {**row, REFERENCE: row.get(key_column(self._form, dataset), "")}

    def _of_rows(self, dataset: Dataset) -> Iterator[Fault]:
        first: dict[tuple[str | None, str], int] = {}
        for number, row in enumerate(self._rows[dataset], start=2):
            same = first.setdefault((row.get("organisation"), row[REFERENCE]), number)
            for wrong in self._of_row(dataset, row, same if same != number else None):
                yield _fault(dataset, number, row, wrong)

    def _of_row(self, dataset: Dataset, row: Cells, same: int | None) -> Iterator[Wrong]:
        if same is not None:
            yield Wrong(REFERENCE, f"Row {same} has the same reference. Give one of them another.")
        for field, text in row.items():
            message = _message(field, text)
            if message:
                yield Wrong(field, message)
        yield from self._of_parent(dataset, row)
        yield from _of_dates(row)
        yield from _of_what_is_missing(dataset, row)
        yield from _of_doubtful_codes(row)

    def _of_parent(self, dataset: Dataset, row: Cells) -> Iterator[Wrong]:
        parent = PARENTS.get(dataset)
        if parent is not None and row[parent] not in self._references[parent]:
            yield Wrong(parent, f"There is no {parent} {row[parent]} in its file.")


def _fault(dataset: Dataset, number: int, row: Cells, wrong: Wrong) -> Fault:
    return Fault(
        dataset=dataset,
        row=number,
        reference=row[REFERENCE],
        field=wrong.field,
        value=row.get(wrong.field, ""),
        message=wrong.message,
        prevents=wrong.prevents,
    )


def _message(field: str, text: str) -> str | None:
    """What is wrong with a cell by its type, if something is; an empty one is asked for elsewhere."""
    if CONTROL_CHARACTER.search(text):
        return "There are characters that cannot be seen. Type the text again."
    if not text:
        return None
    if field in CODES and text not in CODES[field]:
        return "This is not in the code list."
    check = CHECKS.get(field)
    return check(text) if check else None


def _matches(pattern: re.Pattern[str], message: str) -> Callable[[str], str | None]:
    return lambda text: None if pattern.fullmatch(text) else message


def _date_message(text: str) -> str | None:
    """What is wrong with a date; a year, or a year and a month, is one too."""
    message = "This is not a date. Write it as 2019-04-17."
    if not DATE.fullmatch(text):
        return message
    try:
        date.fromisoformat(f"{text}-01-01"[: len("2019-04-17")])
    except ValueError:
        return message
    return None


CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "amount": _matches(AMOUNT, "This is not a sum in pounds and pence without symbol or commas."),
    "units": _matches(UNITS, "This is not a whole number."),
    "organisation": _matches(ORGANISATION, "Give a code with its prefix, such as local-authority:MIK."),
    "document-url": _matches(ADDRESS, "This is not a web address that begins with https://."),
    **dict.fromkeys(("entry-date", "start-date", "end-date"), _date_message),
}


def _of_dates(row: Cells) -> Iterator[Wrong]:
    start, end = row.get("start-date", ""), row.get("end-date", "")
    if start and end and end < start[: len(end)]:
        yield Wrong("end-date", f"It ended before it began on {start}.")
    if start and start < FIRST_DAY:
        message = "This is before the Town and Country Planning Act 1947. Check the date of the record."
        yield Wrong("start-date", message, prevents=False)


def _of_doubtful_codes(row: Cells) -> Iterator[Wrong]:
    if row.get("contribution-funding-status") in ONLY_IN_GUIDANCE:
        message = "This is in the guidance but not in the code list: a platform may leave the row out."
        yield Wrong("contribution-funding-status", message, prevents=False)
    if row.get("contribution-purpose") in ENDED_PURPOSES:
        yield Wrong("contribution-purpose", "This code has ended. Choose one in force.", prevents=False)


def _of_what_is_missing(dataset: Dataset, row: Cells) -> Iterator[Wrong]:
    for field in (REFERENCE, *(("organisation",) if "organisation" in row else ())):
        if not row[field]:
            yield Wrong(field, "This may not be empty.")
    if dataset is Dataset.TRANSACTION and not row["contribution-funding-status"]:
        yield Wrong("contribution-funding-status", "This may not be empty.")
    for field in WANTED[dataset]:
        if not row[field]:
            yield Wrong(field, "This is not known. Add it to the record when it is.", prevents=False)
    if dataset is not Dataset.AGREEMENT and not row["amount"] and not row["units"]:
        yield Wrong("amount", "There is neither a sum nor units.", prevents=False)
