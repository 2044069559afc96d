"""An officer who saw what files would change says that they shall be taken."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.commands.open_data.send_draft import DraftIs
from services.contributions.repository.import_drafts import ImportDrafts
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitDraft:
    """Take these files; the service does it of itself, and its report follows."""

    draft_id: UUID


async def commit_draft(command: CommitDraft, uow: UnitOfWork) -> DraftIs:
    """Refuses a draft that has no preview now."""
    drafts = ImportDrafts(uow)
    draft = (await drafts.get(command.draft_id)).commit()
    await drafts.ask(draft)
    return DraftIs(draft_id=draft.id, state=draft.state)
