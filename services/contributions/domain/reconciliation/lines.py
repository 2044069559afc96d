"""Lines of the council's general ledger, read from its file: what each says, or what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from services.contributions.domain.open_data.values import is_formula, read_amount, read_date
from services.contributions.domain.reconciliation.columns import ROWS_ABOVE_HEADINGS, Columns, guess
from shared.checks import CONTROL_CHARACTER
from shared.errors import Problem
from shared.table_files import TableFile, TableFileRow
from shared.wording import in_words

LONGEST_TEXT = 500
Identity: TypeAlias = tuple[str, str, int, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A line of the general ledger, in pence: above zero money came to the fund, below zero it left."""

    number: int
    document: str
    line: str
    posted_on: date
    amount_pence: int
    reference: str
    description: str

    @property
    def identity(self) -> Identity:
        """What tells it from every other line, in whichever file it comes."""
        return self.document, self.line, self.amount_pence, self.posted_on


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A row of the file: the line that it is, or its problems by column."""

    number: int
    line: LedgerLine | None
    problems: tuple[Problem, ...] = ()


def headings_of(file: TableFile) -> tuple[int, list[str]]:
    """Where the headings stand, and what they are: the first row whose words are known, else the first."""
    for index, row in enumerate(file.rows[:ROWS_ABOVE_HEADINGS]):
        cells = [cell.strip() for cell in row.cells]
        found = guess(cells)
        if found.document and found.posted_on:
            return index, cells
    return 0, [cell.strip() for cell in file.rows[0].cells]


def read_lines(file: TableFile, columns: Columns, *, today: date) -> list[ReadLine]:
    """Every row below the headings; a line that stood above already is a problem, too."""
    start, headings = headings_of(file)
    seen: dict[Identity, int] = {}
    return [_once(_read(row, headings, columns, today), seen) for row in file.rows[start + 1 :]]


def _once(read: ReadLine, seen: dict[Identity, int]) -> ReadLine:
    if read.line is None:
        return read
    first = seen.setdefault(read.line.identity, read.number)
    if first == read.number:
        return read
    message = f"The same document, line, day and amount stand in row {first}. Number the document's lines."
    return ReadLine(read.number, None, (Problem("document", message),))


def _read(row: TableFileRow, headings: Sequence[str], columns: Columns, today: date) -> ReadLine:
    by_heading = dict(zip(headings, (cell.strip() for cell in row.cells), strict=False))
    cells = {meaning: by_heading.get(heading, "") for meaning, heading in columns.headings.items()}
    posted_on = read_date(cells["posted_on"], "posted_on").value
    pence, amount_problem = _amount(cells, columns)
    problems = [*_text_problems(cells), *_day_problems(cells["posted_on"], posted_on, today)]
    if amount_problem:
        problems.append(amount_problem)
    if problems or posted_on is None or pence is None:
        return ReadLine(row.number, None, tuple(problems))
    line = LedgerLine(
        number=row.number,
        document=cells["document"],
        line=cells.get("line", ""),
        posted_on=posted_on,
        amount_pence=pence,
        reference=cells.get("reference", ""),
        description=cells.get("description", ""),
    )
    return ReadLine(row.number, line)


def _amount(cells: Mapping[str, str], columns: Columns) -> tuple[int | None, Problem | None]:
    parts = [(name, cells.get(name, "")) for name in ("amount", "money_in", "money_out")]
    pence = 0
    for name, text in parts:
        parsed = read_amount(text, name)
        if text and parsed.value is None:
            return None, Problem(name, parsed.note.message if parsed.note else "This is not a sum.")
        value = parsed.value or 0
        pence += -value if name == "money_out" or (name == "amount" and columns.in_sign == "minus") else value
    if pence == 0:
        return None, Problem("amount", "There is no sum in this row. Take the row out, or give its sum.")
    return pence, None


def _text_problems(cells: Mapping[str, str]) -> Iterator[Problem]:
    if not cells["document"]:
        yield Problem("document", "There is no document number. Give the one of the general ledger.")
    for name in ("document", "line", "reference", "description"):
        text = cells.get(name, "")
        if is_formula(text):
            yield Problem(name, "The cell holds a formula. Put its value there instead.")
        elif CONTROL_CHARACTER.search(text) or len(text) > LONGEST_TEXT:
            yield Problem(name, "The text is too long or has characters that cannot be seen. Type it again.")


def _day_problems(text: str, posted_on: date | None, today: date) -> Iterator[Problem]:
    if posted_on is None:
        message = "This is no possible day of posting. Write it as 2026-04-17."
        yield Problem("posted_on", message if text else "There is no day of posting. Give it.")
    elif posted_on > today:
        yield Problem("posted_on", f"{in_words(posted_on)} is later than today. Check the date.")
