"""Drafts of imports: their files, how far they are, and what they would change."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from services.contributions.domain.open_data.draft import Draft, DraftState
from services.contributions.domain.open_data.mappings import Mappings, UnknownCode
from services.contributions.domain.open_data.plan import ImportPlan
from services.contributions.domain.open_data.summary import ImportSummary
from services.contributions.repository.imports import GRAVITY, AnyReading, notes_as_json
from services.contributions.repository.rows import add_row, copy_rows
from services.contributions.tables import (
    ImportDifferenceRow,
    ImportDraftFileRow,
    ImportDraftRow,
    ImportDraftRowRow,
)
from shared.errors import Conflict, NotFound, OffsetFundError
from shared.messaging import UnitOfWork

KEPT_FOR = timedelta(days=1)

GET = text(
    """
    SELECT id, organisation, state, fingerprint, takes_changes FROM import_draft WHERE id = :id FOR UPDATE
    """
)
BEGIN = text(
    """
    UPDATE import_draft SET attempts = attempts + 1 WHERE id = :id AND state IN ('reading', 'committing')
    RETURNING id, organisation, state, fingerprint, takes_changes, attempts, asked_by, correlation_id
    """
)
FILES = text("SELECT name, content FROM import_draft_file WHERE draft_id = :id")
MAPPINGS = text(
    """
    SELECT field, spelling, code FROM code_mapping
    WHERE organisation = :organisation AND withdrawn_at IS NULL
    """
)
ASK = text(
    """
    UPDATE import_draft SET state = :state, asked_by = :asked_by, correlation_id = :correlation_id,
        attempts = 0, rows_done = 0, changed_meanwhile = false, takes_changes = :takes_changes WHERE id = :id
    """
)
PREVIEW = text(
    """
    UPDATE import_draft SET state = 'previewed', preview = :preview, fingerprint = :fingerprint,
        changed_meanwhile = :changed_meanwhile, rows_done = rows_total WHERE id = :id
    """
)
REFUSE = text("UPDATE import_draft SET state = 'refused', refusal = :refusal WHERE id = :id")
FINISH = text("UPDATE import_draft SET state = :state, rows_done = rows_total WHERE id = :id")
FORGET_FILES = text("DELETE FROM import_draft_file WHERE draft_id = :id")
FORGET_ROWS = text("DELETE FROM import_draft_row WHERE draft_id = :id")
FORGET_DIFFERENCES = text("DELETE FROM import_difference WHERE draft_id = :id")
ADVANCE = text("UPDATE import_draft SET rows_done = :done, rows_total = :total WHERE id = :id")
READ_AGAIN = text(
    """
    UPDATE import_draft SET state = 'reading', attempts = 0, rows_done = 0, asked_by = :asked_by,
        correlation_id = :correlation_id WHERE organisation = :organisation AND state = 'previewed'
    """
)
OLD = text(
    """
    SELECT id FROM import_draft WHERE uploaded_at < :before AND state IN ('previewed', 'refused')
    ORDER BY id FOR UPDATE SKIP LOCKED
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunDraft:
    """A draft that a process begins to work on, with all that it needs, and the how-manieth time it is."""

    draft: Draft
    attempts: int
    asked_by: str
    correlation_id: UUID
    files: Mapping[str, bytes]
    mappings: Mappings


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a draft would change: the head of its report, its plan, and codes that nobody knows."""

    summary: ImportSummary
    plan: ImportPlan
    unknown: tuple[UnknownCode, ...]
    fingerprint: str


class ImportDrafts:
    """The drafts in one transaction; what it loads for a change it locks."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def add(self, draft: Draft, files: Mapping[str, bytes]) -> None:
        """Keep uploaded files until they are taken or thrown away."""
        row = ImportDraftRow(
            id=draft.id,
            organisation=draft.organisation,
            state=draft.state,
            uploaded_by=self._uow.actor,
            uploaded_at=self._uow.now,
            asked_by=self._uow.actor,
            correlation_id=self._uow.cause.correlation_id,
            attempts=0,
            rows_done=0,
            rows_total=0,
            preview=None,
            fingerprint=None,
            changed_meanwhile=False,
            refusal=None,
            exported_on=draft.exported_on,
            takes_changes=False,
        )
        message = "Files with this id were sent already. Open what they would change instead."
        await add_row(self._session, row, Conflict("import_draft.sent_before", message, field="draft_id"))
        await copy_rows(
            self._uow,
            ImportDraftFileRow,
            [{"draft_id": draft.id, "name": name, "content": each} for name, each in files.items()],
        )

    async def get(self, draft_id: UUID) -> Draft:
        """The draft, locked; NotFound where there is none."""
        row = (await self._session.execute(GET, {"id": draft_id})).one_or_none()
        if row is None:
            raise NotFound("import_draft.not_found", "There are no such files. Look in the list of imports.")
        return _draft(row)

    async def begin(self, draft_id: UUID) -> BegunDraft | None:
        """Count one more attempt at a draft that waits; None where it waits no longer."""
        row = (await self._session.execute(BEGIN, {"id": draft_id})).one_or_none()
        if row is None:
            return None
        draft = _draft(row)
        files = await self._session.execute(FILES, {"id": draft_id})
        return BegunDraft(
            draft=draft,
            attempts=row.attempts,
            asked_by=row.asked_by,
            correlation_id=row.correlation_id,
            files={file.name: file.content for file in files},
            mappings=await self.mappings(draft.organisation),
        )

    async def mappings(self, organisation: str) -> Mappings:
        """The codes that officers mapped for the organisation and did not withdraw."""
        rows = await self._session.execute(MAPPINGS, {"organisation": organisation})
        return {(row.field, row.spelling): row.code for row in rows}

    async def ask(self, draft: Draft) -> None:
        """Have the service do what the draft's new state says, for the person of this work."""
        asked = {"id": draft.id, "state": draft.state, "takes_changes": draft.takes_changes, **self._who()}
        await self._session.execute(ASK, asked)

    async def advance(self, draft_id: UUID, done: int, total: int) -> None:
        """Keep how many rows were read, of how many."""
        await self._session.execute(ADVANCE, {"id": draft_id, "done": done, "total": total})

    async def show(self, draft_id: UUID, preview: Preview, *, changed_meanwhile: bool) -> None:
        """Keep what the draft would change, in place of what was kept before."""
        head = {
            "summary": json.loads(preview.summary.as_json()),
            "unknown_codes": [asdict(each) for each in preview.unknown],
        }
        told = {"fingerprint": preview.fingerprint, "changed_meanwhile": changed_meanwhile}
        await self._session.execute(FORGET_ROWS, {"id": draft_id})
        await self._session.execute(FORGET_DIFFERENCES, {"id": draft_id})
        await copy_rows(self._uow, ImportDifferenceRow, _differences(draft_id, preview.plan))
        rows = [_row(draft_id, reading) for reading in preview.plan.report.readings]
        await copy_rows(self._uow, ImportDraftRowRow, rows)
        await self._session.execute(PREVIEW, {"id": draft_id, "preview": json.dumps(head), **told})

    async def refuse(self, draft_id: UUID, refusal: OffsetFundError) -> None:
        """Keep why the files cannot be read."""
        problems = [{"field": each.field, "message": each.message} for each in refusal.problems]
        said = {"code": refusal.code, "message": refusal.message, "problems": problems}
        await self._session.execute(REFUSE, {"id": draft_id, "refusal": json.dumps(said)})

    async def finish(self, draft: Draft) -> None:
        """Keep how the draft ended, and forget its files: what was taken stands in the import's own rows."""
        await self._session.execute(FINISH, {"id": draft.id, "state": draft.state})
        await self._session.execute(FORGET_FILES, {"id": draft.id})
        await self._session.execute(FORGET_ROWS, {"id": draft.id})
        if draft.state is DraftState.THROWN_AWAY:
            await self._session.execute(FORGET_DIFFERENCES, {"id": draft.id})

    async def read_all_again(self, organisation: str) -> None:
        """Have every preview of an organisation worked out anew."""
        await self._session.execute(READ_AGAIN, {"organisation": organisation, **self._who()})

    async def old(self) -> list[Draft]:
        """Open drafts that nobody took or threw away within a day."""
        rows = await self._session.execute(OLD, {"before": self._uow.now - KEPT_FOR})
        return [await self.get(row.id) for row in rows.all()]

    def _who(self) -> dict[str, Any]:
        return {"asked_by": self._uow.actor, "correlation_id": self._uow.cause.correlation_id}


def _draft(row: Any) -> Draft:
    return Draft(
        id=row.id,
        organisation=row.organisation,
        state=DraftState(row.state),
        fingerprint=row.fingerprint,
        takes_changes=row.takes_changes,
    )


def _differences(draft_id: UUID, plan: ImportPlan) -> list[dict[str, Any]]:
    told = ({**asdict(each), "kind": each.kind.value} for each in plan.differences)
    return [{"draft_id": draft_id, "number": number, **each} for number, each in enumerate(told, start=1)]


def _row(draft_id: UUID, reading: AnyReading) -> dict[str, Any]:
    return {
        "draft_id": draft_id,
        "dataset": reading.dataset,
        "number": reading.number,
        "reference": reading.row.reference,
        "outcome": reading.outcome,
        "gravity": GRAVITY[reading.outcome],
        "notes": notes_as_json(reading.notes),
    }
