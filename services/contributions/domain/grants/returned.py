"""The file that finance gives back: which payment was made under which voucher on which day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.contributions.domain.open_data.values import is_formula, read_date
from shared.errors import Invalid
from shared.table_files import TableFile, TableFileRow

KNOWN: Mapping[str, tuple[str, ...]] = {
    "reference": ("paymentreference", "reference", "ourreference", "invoicenumber"),
    "voucher": ("voucher", "vouchernumber", "voucherno", "documentnumber"),
    "paid_on": ("datepaid", "paidon", "paymentdate", "paid", "date"),
}
NAMES = {"reference": "Payment reference", "voucher": "Voucher", "paid_on": "Date paid"}
LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedRow:
    """A row of the file; `problem` says why it cannot be used, by column."""

    number: int
    reference: str
    voucher: str
    paid_on: date | None
    problem: str | None = None


def read_return(file: TableFile) -> list[ReturnedRow]:
    """Every row below the headings; Invalid where a column is missing."""
    headings = [re.sub(r"[^a-z]", "", cell.lower()) for cell in file.rows[0].cells]
    places = {name: _place(headings, words) for name, words in KNOWN.items()}
    missing = [NAMES[name] for name, place in places.items() if place is None]
    if missing:
        message = f"The file has no column headed {', '.join(missing)}. Name its columns so in the first row."
        raise Invalid("payment_return.heading_missing", message, field="file")
    return [
        _row(row, {name: place for name, place in places.items() if place is not None})
        for row in file.rows[1:]
    ]


def _place(headings: list[str], words: tuple[str, ...]) -> int | None:
    return next((headings.index(word) for word in words if word in headings), None)


def _row(row: TableFileRow, places: Mapping[str, int]) -> ReturnedRow:
    cells = {
        name: row.cells[place].strip() if place < len(row.cells) else "" for name, place in places.items()
    }
    paid_on = read_date(cells["paid_on"], "paid_on").value
    return ReturnedRow(
        number=row.number,
        reference=cells["reference"],
        voucher=cells["voucher"],
        paid_on=paid_on,
        problem=_problem(cells, paid_on),
    )


def _problem(cells: Mapping[str, str], paid_on: date | None) -> str | None:
    for name in ("reference", "voucher"):
        if not cells[name]:
            return f"{NAMES[name]} is empty. Give it."
        if is_formula(cells[name]) or len(cells[name]) > LONGEST:
            return f"{NAMES[name]} is a formula or too long. Put its value there."
    if paid_on is None:
        return "Date paid is no possible day. Write it as 2026-04-17."
    return None
