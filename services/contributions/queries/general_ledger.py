"""Files of the general ledger before and after their import, and the lines that somebody has to decide."""

import asyncio
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.reconciliation.columns import Columns, refuse_unusable
from services.contributions.domain.reconciliation.lines import ReadLine, headings_of, read_lines
from shared.errors import Invalid, NotFound
from shared.table_files import read_table_file

PAGE = 100
ROWS_SHOWN = 20
FILES = text(
    """
    SELECT id AS file_id, organisation, sent_by, sent_at, imported_by, imported_at, taken, repeated, problems
    FROM general_ledger_file WHERE organisation = :organisation ORDER BY sent_at DESC, id LIMIT 100
    """
)
FILE = text(
    """
    SELECT id AS file_id, organisation, sent_by, sent_at, imported_by, imported_at, taken, repeated, problems,
           columns, content FROM general_ledger_file WHERE id = :id
    """
)
KNOWN = text(
    """
    SELECT count(*) FROM general_ledger_line l
    JOIN unnest(CAST(:documents AS text[]), CAST(:lines AS text[]), CAST(:pence AS bigint[]),
                CAST(:days AS date[])) AS d(document, line, amount_pence, posted_on)
    USING (document, line, amount_pence, posted_on) WHERE l.organisation = :organisation
    """
)
LINES = text(
    """
    SELECT id AS line_id, document, line, posted_on, amount_pence, reference, description, state, movement_id,
           reason, decided_by, decided_at
    FROM general_ledger_line
    WHERE organisation = :organisation AND state = :state
      AND (posted_on, id) > (CAST(:after_on AS date), CAST(:after_id AS uuid))
    ORDER BY posted_on, id LIMIT :limit
    """
)
COUNTS = text(
    "SELECT state, count(*) AS lines FROM general_ledger_line WHERE organisation = :organisation GROUP BY 1"
)
FIRST = ("0001-01-01", "00000000-0000-0000-0000-000000000000")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    """What is wrong with a row of a file, by column, and what to do."""

    row: int
    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHead:
    """A file that was sent, and what its import brought, once it was imported; people are opaque ids."""

    file_id: UUID
    organisation: str
    sent_by: str
    sent_at: datetime
    imported_by: str | None
    imported_at: datetime | None
    taken: int | None
    repeated: int | None
    problems: list[RowProblem]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewLine:
    """A row as it would be imported, in pence."""

    row: int
    document: str
    line: str
    posted_on: date
    amount_pence: int
    reference: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePreview:
    """What an import would bring: counts, sums in and out in pence, the first rows, and those refused.

    `unusable` says what must be chosen before the file can be read; the counts are 0 until then.
    """

    file: FileHead
    headings: list[str]
    columns: Columns
    unusable: list[RowProblem]
    rows: int
    new: int
    repeated: int
    refused: int
    in_pence: int
    out_pence: int
    first_on: date | None
    last_on: date | None
    lines: list[PreviewLine]
    problems: list[RowProblem]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of the general ledger (above zero money came in) and what was decided of it, by whom."""

    line_id: UUID
    document: str
    line: str
    posted_on: date
    amount_pence: int
    reference: str
    description: str
    state: str
    movement_id: UUID | None
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinePage:
    """Lines in one state, the oldest first; how many there are in each state."""

    lines: list[LineView]
    counts: dict[str, int]
    next_cursor: str | None


async def list_files(session: AsyncSession, organisation: str) -> list[FileHead]:
    """The last hundred files of an organisation, the newest first."""
    rows = (await session.execute(FILES, {"organisation": organisation})).mappings()
    return [_head(dict(row)) for row in rows]


async def show_file(session: AsyncSession, file_id: UUID, today: date) -> FilePreview:
    """A file as it would be imported; one that was imported has its report and no rows any more."""
    row = (await session.execute(FILE, {"id": file_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("general_ledger.no_file", "There is no such file. Choose one from the list.")
    told = dict(row)
    content, columns = told.pop("content"), Columns(**json.loads(told.pop("columns")))
    head = _head(told)
    if content is None:
        return _preview(head, [], columns, [], 0)
    headings, read, refusal = await asyncio.to_thread(_read, content, columns, today)
    known = await _known(session, head.organisation, read)
    return _preview(head, headings, columns, read, known, refusal)


async def list_lines(session: AsyncSession, organisation: str, state: str, cursor: str | None) -> LinePage:
    """Lines of an organisation in one state."""
    after_on, after_id = _after(cursor)
    values = {"organisation": organisation, "state": state, "after_on": after_on, "after_id": after_id}
    rows = (await session.execute(LINES, {**values, "limit": PAGE + 1})).mappings().all()
    counts = await session.execute(COUNTS, {"organisation": organisation})
    lines = [LineView(**row) for row in rows[:PAGE]]
    more = len(rows) > PAGE
    return LinePage(
        lines=lines,
        counts={row.state: row.lines for row in counts},
        next_cursor=f"{lines[-1].posted_on}.{lines[-1].line_id}" if more else None,
    )


def _after(cursor: str | None) -> tuple[date, UUID]:
    day, _, line_id = (cursor or ".".join(FIRST)).partition(".")
    try:
        return date.fromisoformat(day), UUID(line_id)
    except ValueError as error:
        message = "This is not a cursor of this list. Take the one that the page before it gave."
        raise Invalid("cursor.unknown", message, field="cursor") from error


def _head(row: dict[str, Any]) -> FileHead:
    return FileHead(
        **{**row, "problems": [RowProblem(**each) for each in json.loads(row["problems"] or "[]")]}
    )


def _read(content: bytes, columns: Columns, today: date) -> tuple[list[str], list[ReadLine], Invalid | None]:
    table = read_table_file(content)
    headings = headings_of(table)[1]
    try:
        refuse_unusable(columns, headings)
    except Invalid as refusal:
        return headings, [], refusal
    return headings, read_lines(table, columns, today=today), None


async def _known(session: AsyncSession, organisation: str, read: list[ReadLine]) -> int:
    """How many of the lines an earlier file brought."""
    lines = [each.line for each in read if each.line is not None]
    values = {
        "organisation": organisation,
        "documents": [line.document for line in lines],
        "lines": [line.line for line in lines],
        "pence": [line.amount_pence for line in lines],
        "days": [line.posted_on for line in lines],
    }
    return int((await session.execute(KNOWN, values)).scalar_one())


def _preview(
    head: FileHead,
    headings: list[str],
    columns: Columns,
    read: list[ReadLine],
    known: int,
    refusal: Invalid | None = None,
) -> FilePreview:
    lines = [each.line for each in read if each.line is not None]
    days = [line.posted_on for line in lines]
    return FilePreview(
        file=head,
        headings=[heading for heading in headings if heading],
        columns=columns,
        unusable=[
            RowProblem(row=0, field=each.field, message=each.message)
            for each in (refusal.problems if refusal else ())
        ],
        rows=len(read),
        new=len(lines) - known,
        repeated=known,
        refused=len(read) - len(lines),
        in_pence=sum(line.amount_pence for line in lines if line.amount_pence > 0),
        out_pence=-sum(line.amount_pence for line in lines if line.amount_pence < 0),
        first_on=min(days, default=None),
        last_on=max(days, default=None),
        lines=[
            PreviewLine(
                row=line.number,
                document=line.document,
                line=line.line,
                posted_on=line.posted_on,
                amount_pence=line.amount_pence,
                reference=line.reference,
                description=line.description,
            )
            for line in lines[:ROWS_SHOWN]
        ],
        problems=[
            RowProblem(row=each.number, field=problem.field, message=problem.message)
            for each in read
            for problem in each.problems
        ],
    )
