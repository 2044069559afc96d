"""Index values from a file: CSV or workbook, with our headings or as the national statistics give them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

from services.contributions.domain.indexation.period_text import read_period
from services.contributions.domain.indexation.publication import IndexValue, value_problem
from services.contributions.domain.indexation.series import IndexSeries
from shared.errors import Invalid
from shared.table_files import TableFileRow, read_table_file

PERIOD_HEADINGS = {"period", "month", "quarter", "year", "date"}
VALUE_HEADINGS = {"value", "index", "index value", "figure"}
PROVISIONAL_HEADINGS = {"provisional", "status", "state"}
PROVISIONAL = {"yes", "y", "true", "1", "p", "provisional", "forecast", "f", "estimate"}
FINAL = {"", "no", "n", "false", "0", "final", "firm", "actual"}
NUMBER = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d+)?|-?\d+(\.\d+)?")
MOST_VALUES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """A row of the file: what it says and, unless `problem` tells why not, the value read from it."""

    number: int
    said_period: str
    said_value: str
    value: IndexValue | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    period: int
    value: int
    provisional: int | None


@dataclass(slots=True)
class _Seen:
    """The rows in which each period stood first."""

    rows: dict[date, int] = field(default_factory=dict)


def read_values(data: bytes, series: IndexSeries, published_on: date) -> tuple[ValueRow, ...]:
    """Every row of the file that speaks of the series' periods, with what is wrong beside each.

    Raises Invalid where the file as a whole cannot be read. A file of the Office for National Statistics
    begins with rows about the series and holds years, quarters and months: the series' own are taken.
    """
    rows = read_table_file(data).rows
    if len(rows) > MOST_VALUES:
        message = f"The file has more than {MOST_VALUES} rows: it is not that of one index."
        raise Invalid("values.too_many", message, field="file")
    if rows[0].cells[0].strip().casefold() == "title":
        return _national(rows, series, published_on)
    columns = _columns(rows[0])
    seen = _Seen()
    return tuple(_row(row, columns, series, published_on, seen) for row in rows[1:])


def values_of(rows: Sequence[ValueRow]) -> Mapping[date, IndexValue]:
    """The values that could be read, by period."""
    return {row.value.period: row.value for row in rows if row.value is not None}


def _national(rows: Sequence[TableFileRow], series: IndexSeries, published_on: date) -> tuple[ValueRow, ...]:
    columns, seen = _Columns(0, 1, None), _Seen()
    own = [row for row in rows if _is_of(series, row.cells[0])]
    return tuple(_row(row, columns, series, published_on, seen) for row in own)


def _is_of(series: IndexSeries, text: str) -> bool:
    found = read_period(text)
    return found is not None and found[0] is series.frequency


def _columns(header: TableFileRow) -> _Columns:
    names = [" ".join(cell.casefold().replace("_", " ").split()) for cell in header.cells]

    def place(wanted: set[str]) -> int | None:
        return next((index for index, name in enumerate(names) if name in wanted), None)

    period, value = place(PERIOD_HEADINGS), place(VALUE_HEADINGS)
    if period is None or value is None:
        message = (
            "The first row must name the columns: period (or month, quarter, year), value, and provisional "
            f"if any is. It says: {', '.join(header.cells)[:200]}."
        )
        raise Invalid("values.headings", message, field="file")
    return _Columns(period, value, place(PROVISIONAL_HEADINGS))


def _row(
    row: TableFileRow, columns: _Columns, series: IndexSeries, published_on: date, seen: _Seen
) -> ValueRow:
    said = ValueRow(
        number=row.number, said_period=_cell(row, columns.period), said_value=_cell(row, columns.value)
    )
    status = "" if columns.provisional is None else _cell(row, columns.provisional)
    read = _read(said, status, series)
    if read.value is None:
        return read
    problem = value_problem(read.value, series, published_on) or _repeat_problem(read, seen)
    return replace(read, value=None, problem=problem) if problem else read


def _read(said: ValueRow, status: str, series: IndexSeries) -> ValueRow:
    period, number = read_period(said.said_period), _number(said.said_value)
    problem = _period_problem(said, period is not None and period[0], series) or (
        None if number is not None else f"“{said.said_value[:40]}” is not a number. Correct the value."
    )
    if status.casefold() not in PROVISIONAL | FINAL:
        problem = problem or f"“{status[:40]}” is neither provisional nor final. Say which."
    if problem or period is None or number is None:
        return replace(said, problem=problem)
    value = IndexValue(period=period[1], value=number, provisional=status.casefold() in PROVISIONAL)
    return replace(said, value=value)


def _period_problem(said: ValueRow, frequency: object, series: IndexSeries) -> str | None:
    example = {"monthly": "2024-03 or March 2024", "quarterly": "2024 Q1", "yearly": "2024"}[series.frequency]
    if not frequency:
        return f"“{said.said_period[:40]}” is not a {series.frequency.period}. Write it as {example}."
    if frequency is not series.frequency:
        period = series.frequency.period
        return f"{series.name} is published {series.frequency}: write the {period} as {example}."
    return None


def _repeat_problem(row: ValueRow, seen: _Seen) -> str | None:
    assert row.value is not None
    first = seen.rows.setdefault(row.value.period, row.number)
    if first == row.number:
        return None
    return f"The period stands in row {first} already. Keep one of the two."


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "")) if NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None


def _cell(row: TableFileRow, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""
