"""Drafts of imports as officers look at them, earlier imports, and mapped codes."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.open_data.differences import Difference, DifferenceKind
from services.contributions.domain.open_data.draft import DraftState
from services.contributions.domain.open_data.mappings import UnknownCode
from services.contributions.domain.open_data.notes import Dataset, Outcome
from services.contributions.domain.open_data.summary import ImportSummary
from services.contributions.queries.imports import COLUMNS, ReportedRowLine, cells_of, harmless, line_of
from shared.errors import NotFound

ROWS_OF_A_PAGE = 50
DRAFTS_SHOWN = 50

HEAD = """
    SELECT id, organisation, state, uploaded_by, uploaded_at, rows_done, rows_total, preview,
           changed_meanwhile, refusal, exported_on, takes_changes FROM import_draft
"""
ONE = text(f"{HEAD} WHERE id = :id")
LIST = text(
    f"""{HEAD}
    WHERE state <> 'thrown_away' AND (CAST(:before AS uuid) IS NULL OR (uploaded_at, id) <
        (SELECT uploaded_at, id FROM import_draft WHERE id = CAST(:before AS uuid)))
    ORDER BY uploaded_at DESC, id DESC LIMIT :limit
    """  # noqa: S608 - only text of this module
)
ROWS = text(
    """
    SELECT dataset, number, reference, outcome, notes FROM import_draft_row
    WHERE draft_id = :id AND (CAST(:outcomes AS text[]) = '{}' OR outcome = ANY (CAST(:outcomes AS text[])))
    ORDER BY gravity DESC, dataset, number LIMIT :limit OFFSET :offset
    """
)
COUNT = text(
    """
    SELECT count(*) FROM import_draft_row
    WHERE draft_id = :id AND (CAST(:outcomes AS text[]) = '{}' OR outcome = ANY (CAST(:outcomes AS text[])))
    """
)
IN_ORDER = text(
    """
    SELECT dataset, number, reference, outcome, notes FROM import_draft_row WHERE draft_id = :id
    ORDER BY dataset, number
    """
)
DIFFERENCES = text(
    """
    SELECT kind, dataset, reference, field, before, after FROM import_difference WHERE draft_id = :id
    ORDER BY number LIMIT :limit OFFSET :offset
    """
)
COUNT_DIFFERENCES = text("SELECT count(*) FROM import_difference WHERE draft_id = :id")
MAPPINGS = text(
    """
    SELECT id AS mapping_id, organisation, field, reported, code, mapped_by, mapped_at, withdrawn_by,
           withdrawn_at
    FROM code_mapping WHERE organisation = :organisation OR :organisation = ''
    ORDER BY withdrawn_at IS NOT NULL, organisation, field, reported, mapped_at DESC
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftProblem:
    """Why a file of a draft cannot be read."""

    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftView:
    """Files on their way: how many rows are read, and once they are, what taking them would change.

    `changed_meanwhile` says that register or books changed after somebody had looked, so that nothing was
    taken and the preview is a new one. A committed draft's report is the import of the same id.
    """

    draft_id: UUID
    organisation: str
    state: DraftState
    uploaded_by: str
    uploaded_at: datetime
    exported_on: date | None
    rows_done: int
    rows_total: int
    changed_meanwhile: bool
    takes_changes: bool
    summary: ImportSummary | None
    unknown_codes: list[UnknownCode]
    refusal: str | None
    problems: list[DraftProblem]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPage:
    """Drafts, the newest first, and the cursor for the next ones, if any."""

    drafts: list[DraftView]
    next_cursor: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRows:
    """Some rows of a draft, the gravest first; pages count from 1."""

    rows: list[ReportedRowLine]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferencePage:
    """Some differences in the order of the files, those of missing rows last; pages count from 1."""

    differences: list[Difference]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingLine:
    """What an officer said that a text means, and whether and when that was withdrawn."""

    mapping_id: UUID
    organisation: str
    field: str
    reported: str
    code: str
    mapped_by: str
    mapped_at: datetime
    withdrawn_by: str | None
    withdrawn_at: datetime | None


async def show_draft(session: AsyncSession, draft_id: UUID) -> DraftView:
    """One draft, or NotFound."""
    row = (await session.execute(ONE, {"id": draft_id})).one_or_none()
    if row is None:
        raise NotFound("import_draft.not_found", "There are no such files. Look in the list of imports.")
    return _view(row)


async def list_drafts(session: AsyncSession, before: UUID | None) -> DraftPage:
    """What was sent, with who and when, but what was thrown away."""
    rows = (await session.execute(LIST, {"before": before, "limit": DRAFTS_SHOWN + 1})).all()
    cursor = rows[DRAFTS_SHOWN - 1].id if len(rows) > DRAFTS_SHOWN else None
    return DraftPage(drafts=[_view(row) for row in rows[:DRAFTS_SHOWN]], next_cursor=cursor)


async def draft_rows(session: AsyncSession, draft_id: UUID, outcomes: list[Outcome], page: int) -> DraftRows:
    """The rows of some outcomes (none named: of all), fifty to a page."""
    wanted = {"id": draft_id, "outcomes": [outcome.value for outcome in outcomes]}
    count = (await session.execute(COUNT, wanted)).scalar_one()
    pages = max(-(-count // ROWS_OF_A_PAGE), 1)
    shown = min(max(page, 1), pages)
    place = {"limit": ROWS_OF_A_PAGE, "offset": (shown - 1) * ROWS_OF_A_PAGE}
    rows = (await session.execute(ROWS, {**wanted, **place})).all()
    return DraftRows(rows=[line_of(row) for row in rows], page=shown, pages=pages, count=count)


async def draft_differences(session: AsyncSession, draft_id: UUID, page: int) -> DifferencePage:
    """What a draft says otherwise than the files before, fifty to a page; kept once it is committed."""
    count = (await session.execute(COUNT_DIFFERENCES, {"id": draft_id})).scalar_one()
    pages = max(-(-count // ROWS_OF_A_PAGE), 1)
    shown = min(max(page, 1), pages)
    place = {"limit": ROWS_OF_A_PAGE, "offset": (shown - 1) * ROWS_OF_A_PAGE}
    rows = (await session.execute(DIFFERENCES, {"id": draft_id, **place})).mappings()
    return DifferencePage(
        differences=[
            Difference(**{**row, "kind": DifferenceKind(row["kind"]), "dataset": Dataset(row["dataset"])})
            for row in rows
        ],
        page=shown,
        pages=pages,
        count=count,
    )


async def draft_csv(session: AsyncSession, draft_id: UUID) -> str:
    """Every row and remark of a draft as CSV, safe to open in a spreadsheet."""
    await show_draft(session, draft_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in await session.execute(IN_ORDER, {"id": draft_id}):
        writer.writerows([harmless(cell) for cell in cells] for cells in cells_of(line_of(row)))
    return out.getvalue()


async def list_mappings(session: AsyncSession, organisation: str) -> list[MappingLine]:
    """What texts were said to mean, those in force first."""
    rows = (await session.execute(MAPPINGS, {"organisation": organisation})).mappings()
    return [MappingLine(**row) for row in rows]


def _view(row: Any) -> DraftView:
    preview = json.loads(row.preview) if row.preview else None
    refusal = json.loads(row.refusal) if row.refusal else {"message": None, "problems": []}
    return DraftView(
        draft_id=row.id,
        organisation=row.organisation,
        state=DraftState(row.state),
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        exported_on=row.exported_on,
        rows_done=row.rows_done,
        rows_total=row.rows_total,
        changed_meanwhile=row.changed_meanwhile,
        takes_changes=row.takes_changes,
        summary=ImportSummary(**{**preview["summary"], "import_id": row.id}) if preview else None,
        unknown_codes=[UnknownCode(**each) for each in preview["unknown_codes"]] if preview else [],
        refusal=refusal["message"],
        problems=[DraftProblem(**each) for each in refusal["problems"]],
    )
