"""Reports of imports, and what an officer has to look at."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.open_data.summary import ImportSummary
from shared.errors import NotFound

SHOWN = 1000
COLUMNS = ("file", "row", "reference", "outcome", "field", "reported", "message")

IMPORT = text("SELECT imported_by, imported_at, summary FROM open_data_import WHERE id = :id")
GRAVEST = text(
    """
    SELECT dataset, number, reference, outcome, notes FROM reported_row WHERE import_id = :id
    ORDER BY gravity DESC, dataset, number LIMIT :limit
    """
)
IN_ORDER = text(
    """
    SELECT dataset, number, reference, outcome, notes FROM reported_row WHERE import_id = :id
    ORDER BY dataset, number
    """
)
COUNT = text("SELECT count(*) FROM reported_row WHERE import_id = :id")
EXCEPTIONS = text(
    """
    SELECT r.exception AS kind, r.organisation, a.id AS agreement_id, o.id AS obligation_id, o.reference,
           CAST(NULL AS uuid) AS application_id, CAST(NULL AS uuid) AS claim_id,
           r.received_pence - r.spent_pence - r.transferred_pence - r.returned_pence AS amount_pence,
           CAST(NULL AS text) AS reason
    FROM reported_position r JOIN obligation o ON o.id = r.obligation_id
    JOIN agreement a ON a.id = o.agreement_id WHERE r.exception IS NOT NULL
    UNION ALL
    SELECT 'disputed_claim', g.organisation, NULL, NULL, coalesce(g.reference, ''), c.application_id, c.id,
           c.amount_pence, c.reason
    FROM claim c JOIN grant_funding g USING (application_id) WHERE c.state = 'disputed'
    ORDER BY 2, 5, 1
    """
)
REASONS = {
    "more_gone_than_received": (
        "The open data say that more of this contribution was spent, transferred or returned than was "
        "received. Find the missing receipt, add it to the file and import it again."
    ),
    "outgoing_below_zero": (
        "The open data report money going out below zero. Correct the transaction in the file under a "
        "reference of its own and import it again."
    ),
    "differs_from_books": (
        "The open data now say something else than the pots of this contribution hold. "
        "Compare the two, and record a receipt that is missing here."
    ),
}


@dataclass(frozen=True, slots=True)
class RowNote:
    """One remark on one field of a reported row."""

    field: str
    reported: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRowLine:
    """What became of one row of one file; row 1 is the file's header."""

    file: str
    row: int
    reference: str
    outcome: str
    notes: list[RowNote]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """An import: what it changed, and its rows, the gravest first; the CSV report holds all of them."""

    import_id: UUID
    imported_by: str
    imported_at: datetime
    summary: ImportSummary
    rows: list[ReportedRowLine]
    rows_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    """Something that waits for an officer: what it is about, the sum in pence, why, and what to do."""

    kind: str
    organisation: str
    agreement_id: UUID | None
    obligation_id: UUID | None
    reference: str
    application_id: UUID | None
    claim_id: UUID | None
    amount_pence: int
    reason: str


async def show_import(session: AsyncSession, import_id: UUID) -> ImportReport:
    """The report of one import, or NotFound."""
    head = await _head(session, import_id)
    rows = (await session.execute(GRAVEST, {"id": import_id, "limit": SHOWN})).all()
    count = (await session.execute(COUNT, {"id": import_id})).scalar_one()
    return ImportReport(
        import_id=import_id,
        imported_by=head.imported_by,
        imported_at=head.imported_at,
        summary=ImportSummary(**{**json.loads(head.summary), "import_id": import_id}),
        rows=[line_of(row) for row in rows],
        rows_left_out=count - len(rows),
    )


async def import_csv(session: AsyncSession, import_id: UUID) -> str:
    """Every row and remark of one import as CSV, safe to open in a spreadsheet."""
    await _head(session, import_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in await session.execute(IN_ORDER, {"id": import_id}):
        writer.writerows([harmless(cell) for cell in cells] for cells in cells_of(line_of(row)))
    return out.getvalue()


async def list_exceptions(session: AsyncSession) -> list[ExceptionLine]:
    """Contributions and claims that somebody has to look at, by organisation and reference."""
    rows = (await session.execute(EXCEPTIONS)).mappings()
    return [ExceptionLine(**{**row, "reason": row["reason"] or REASONS[row["kind"]]}) for row in rows]


async def _head(session: AsyncSession, import_id: UUID) -> Any:
    head = (await session.execute(IMPORT, {"id": import_id})).one_or_none()
    if head is None:
        raise NotFound("import.not_found", "There is no such import.")
    return head


def line_of(row: Any) -> ReportedRowLine:
    """A stored row as the reports tell it."""
    return ReportedRowLine(
        file=row.dataset,
        row=row.number,
        reference=row.reference,
        outcome=row.outcome,
        notes=[RowNote(**note) for note in json.loads(row.notes)],
    )


def cells_of(line: ReportedRowLine) -> Iterator[tuple[str, ...]]:
    """A row of the report for each remark, or one without any."""
    start = (line.file, str(line.row), line.reference, line.outcome)
    for note in line.notes or [RowNote("", "", "")]:
        yield (*start, note.field, note.reported, note.message)


def harmless(cell: str) -> str:
    """A cell that a spreadsheet would work out is shown as text instead."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
