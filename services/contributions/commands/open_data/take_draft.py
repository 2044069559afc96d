"""The service takes a draft that an officer committed: all of it in one transaction, or nothing."""

from dataclasses import dataclass, replace
from uuid import UUID

from services.contributions.commands.open_data.preview_draft import work_out
from services.contributions.commands.open_data.taking import take
from services.contributions.domain.open_data.draft import DraftState
from services.contributions.domain.open_data.reading import OpenData
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.books import Books
from services.contributions.repository.import_drafts import ImportDrafts
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDraft:
    """Take what was read of a committed draft."""

    draft_id: UUID
    data: OpenData


async def take_draft(command: TakeDraft, uow: UnitOfWork) -> None:
    """Does what the preview showed, or shows it anew where register or books have changed since."""
    drafts = ImportDrafts(uow)
    await Agreements(uow).lock_register()
    draft = await drafts.get(command.draft_id)
    if draft.state is not DraftState.COMMITTING:
        return
    await Books(uow).lock([draft.organisation])
    preview = await work_out(draft, command.data, uow)
    if preview.fingerprint != draft.fingerprint:
        await drafts.show(draft.id, preview, changed_meanwhile=True)
        return
    await take(draft.id, command.data, preview.plan, uow)
    await drafts.finish(replace(draft, state=DraftState.COMMITTED))
