"""An officer throws files away that were not taken."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.commands.open_data.send_draft import DraftIs
from services.contributions.repository.import_drafts import ImportDrafts
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrowDraftAway:
    """Forget these files; register and books never knew them."""

    draft_id: UUID


async def throw_draft_away(command: ThrowDraftAway, uow: UnitOfWork) -> DraftIs:
    """Refuses what is being taken, or was."""
    drafts = ImportDrafts(uow)
    draft = (await drafts.get(command.draft_id)).throw_away()
    await drafts.finish(draft)
    return DraftIs(draft_id=draft.id, state=draft.state)


async def throw_old_drafts_away(uow: UnitOfWork) -> int:
    """Forget what nobody took within a day; answers how many drafts it was."""
    drafts = ImportDrafts(uow)
    old = await drafts.old()
    for draft in old:
        await drafts.finish(draft.throw_away())
    return len(old)
