"""An officer takes or leaves what files say otherwise than those before them."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.commands.open_data.send_draft import DraftIs
from services.contributions.repository.import_drafts import ImportDrafts
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDifferences:
    """Take the rows that say otherwise, or let what an earlier file said stand."""

    draft_id: UUID
    takes_changes: bool


async def decide_differences(command: DecideDifferences, uow: UnitOfWork) -> DraftIs:
    """What the files would change is worked out anew."""
    drafts = ImportDrafts(uow)
    draft = (await drafts.get(command.draft_id)).decide(takes_changes=command.takes_changes)
    await drafts.ask(draft)
    return DraftIs(draft_id=draft.id, state=draft.state)
