"""The service says why files cannot be read."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.open_data.draft import UNDER_WAY
from services.contributions.repository.import_drafts import ImportDrafts
from shared.errors import Invalid
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseDraft:
    """Keep the refusal for whoever sent the files."""

    draft_id: UUID
    refusal: Invalid


async def refuse_draft(command: RefuseDraft, uow: UnitOfWork) -> None:
    """Does nothing where the draft was thrown away meanwhile."""
    drafts = ImportDrafts(uow)
    if (await drafts.get(command.draft_id)).state in UNDER_WAY:
        await drafts.refuse(command.draft_id, command.refusal)
