"""The service works out what a draft would change, and keeps it for somebody to look at."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.open_data.draft import Draft, DraftState
from services.contributions.domain.open_data.fingerprint import fingerprint
from services.contributions.domain.open_data.mappings import unknown_codes
from services.contributions.domain.open_data.plan import plan_import
from services.contributions.domain.open_data.reading import OpenData
from services.contributions.domain.open_data.summary import summarise
from services.contributions.domain.open_data.telling import Terms
from services.contributions.repository.import_drafts import ImportDrafts, Preview
from services.contributions.repository.imports import Imports
from services.contributions.repository.record_keepings import RecordKeepings
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDraft:
    """Compare what was read of a draft with register and books; change neither."""

    draft_id: UUID
    data: OpenData


async def preview_draft(command: PreviewDraft, uow: UnitOfWork) -> None:
    """Keeps the preview; nothing where the draft was thrown away meanwhile."""
    drafts = ImportDrafts(uow)
    draft = await drafts.get(command.draft_id)
    if draft.state is DraftState.READING:
        preview = await work_out(draft, command.data, uow)
        await drafts.show(draft.id, preview, changed_meanwhile=False)


async def work_out(draft: Draft, data: OpenData, uow: UnitOfWork) -> Preview:
    """What a draft would change as register and books stand in this transaction.

    Of an organisation whose record lives in another system, what a later export says otherwise is the truth.
    """
    known = await Imports(uow).known(data)
    follows = (await RecordKeepings(uow).of(draft.organisation)).is_follower
    terms = Terms(
        takes_changes=follows or draft.takes_changes, follows=draft.organisation if follows else None
    )
    plan = await asyncio.to_thread(plan_import, data, known, today=uow.today, terms=terms)
    rows = [(reading.dataset, dict(reading.row.content)) for reading in data.readings]
    return Preview(
        summary=summarise(draft.id, plan),
        plan=plan,
        unknown=unknown_codes(rows, draft.organisation),
        fingerprint=fingerprint(plan),
    )
