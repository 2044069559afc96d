"""A CSV file as people upload it: bytes in, numbered rows out, or a refusal that says what to do."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.csv_records import BrokenQuotesError, TooWideError, read_records
from shared.errors import Invalid, Problem

MAXIMUM_ROWS = 200_000
PROBLEMS_SHOWN = 50
_FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvFile:
    """The header in lower case, and each row that is not blank with its number as a spreadsheet shows it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    warnings: tuple[str, ...]


def read_csv(content: bytes) -> CsvFile:
    """Decode and split the file; refuses empty, too long, badly separated files and formulas in cells."""
    if max(content.count(b"\n"), content.count(b"\r")) > 2 * MAXIMUM_ROWS:
        raise _too_long("far too many")
    text, warnings = _decode(content)
    try:
        lines = list(read_records(text))
    except TooWideError as error:
        raise _file_problem(
            "csv.too_wide", f"There are too many cells or characters in {error}. Send one table of readings."
        ) from error
    except BrokenQuotesError as error:
        raise _file_problem(
            "csv.unreadable", "The file cannot be read as CSV. Save it as CSV again."
        ) from error
    numbered = [(number, tuple(map(str.strip, cells))) for number, cells in enumerate(lines, start=1)]
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    if not filled:
        raise _file_problem("csv.empty", "The file is empty. Choose the file with the readings.")
    (_, header), *rows = filled
    _refuse_unsuitable(header, rows)
    return CsvFile(columns=tuple(map(str.lower, header)), rows=tuple(rows), warnings=warnings)


def find_column(file: CsvFile, names: frozenset[str], meaning: str) -> int:
    """The place of the one column with any of these names; none, or more than one, is refused."""
    places = [place for place, column in enumerate(file.columns) if column in names]
    if len(places) == 1:
        return places[0]
    known = ", ".join(sorted(names))
    found = "more than one column" if places else "no column"
    raise _file_problem(
        "csv.column",
        f"The first row must name the columns, and {found} in it is the {meaning}. "
        f"Name one column as one of: {known}.",
    )


def refuse_rows(problems: Iterable[Problem]) -> None:
    """Refuse the whole file where any row has a problem, so that nothing is half done."""
    found = tuple(problems)
    if not found:
        return
    more = f" The first {PROBLEMS_SHOWN} are shown." if len(found) > PROBLEMS_SHOWN else ""
    raise Invalid(
        "csv.rows_refused",
        f"{len(found)} rows need mending, so nothing was taken. Mend them and send the file again.{more}",
        problems=found[:PROBLEMS_SHOWN],
    )


def row_problem(row: int, column: str, message: str) -> Problem:
    """A problem at a row and column of the file."""
    return Problem(f"row {row}, {column}", message)


def _decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    if (
        content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"\xfe\xff"))
        or b"\x00" in content
    ):
        raise _file_problem(
            "csv.not_csv", "This is not a CSV file. In the spreadsheet choose Save as, then CSV UTF-8."
        )
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), (
            "The file is not UTF-8; it was read as Windows-1252. Check accents and symbols.",
        )


def _refuse_unsuitable(header: tuple[str, ...], rows: list[tuple[int, tuple[str, ...]]]) -> None:
    if len(header) == 1 and any(separator in header[0] for separator in ";\t|"):
        raise _file_problem(
            "csv.separator", "The columns are not separated by commas. Save the file as comma separated CSV."
        )
    if not rows:
        raise _file_problem(
            "csv.empty", "The file has a header and no rows. Choose the file with the readings."
        )
    if len(rows) > MAXIMUM_ROWS:
        raise _too_long(f"{len(rows):,}")
    refuse_rows(_shape_problems(header, rows))


def _shape_problems(header: tuple[str, ...], rows: list[tuple[int, tuple[str, ...]]]) -> Iterable[Problem]:
    for number, cells in [(1, header), *rows]:
        if len(cells) != len(header):
            yield row_problem(
                number,
                "columns",
                f"The row has {len(cells)} cells and the header {len(header)}. "
                "Take thousands commas out of numbers, and put text with a comma in quotes.",
            )
        for name, cell in zip(header, cells, strict=False):
            if cell.startswith(_FORMULA_STARTS) and _is_formula(cell):
                yield row_problem(
                    number, name, "The cell holds a formula. Put its value there: copy, then paste values."
                )


def _is_formula(cell: str) -> bool:
    """A sign before a number is a number, and a lone dash marks a missing value."""
    if cell == "-":
        return False
    try:
        float(cell)
    except ValueError:
        return True
    return False


def _too_long(rows: str) -> Invalid:
    message = f"The file has {rows} rows; {MAXIMUM_ROWS:,} are allowed. Send it by years."
    return _file_problem("csv.too_long", message)


def _file_problem(code: str, message: str) -> Invalid:
    return Invalid(code, message, field="file")
