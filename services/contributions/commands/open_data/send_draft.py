"""An officer sends files to see what they would change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.open_data.draft import Draft, DraftState
from services.contributions.repository.import_drafts import ImportDrafts
from shared.checks import future_refusal, organisation_refusal, refuse_all
from shared.errors import Invalid, Problem
from shared.messaging import UnitOfWork
from shared.table_files.reading import refuse_other_kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class SendDraft:
    """Keep an organisation's files and read them; nothing is taken before somebody has seen the preview."""

    draft_id: UUID
    organisation: str
    files: Mapping[str, bytes]
    exported_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftIs:
    """A draft and where it is now."""

    draft_id: UUID
    state: DraftState


async def send_draft(command: SendDraft, uow: UnitOfWork) -> DraftIs:
    """Refuses files of another kind at once, by name; what is in them is said by the preview."""
    refuse_all("import_draft.invalid", _refusals(command, uow.today))
    for name, content in command.files.items():
        _refuse_other_kinds(name, content)
    draft = Draft(
        id=command.draft_id,
        organisation=command.organisation,
        state=DraftState.READING,
        exported_on=command.exported_on,
    )
    await ImportDrafts(uow).add(draft, command.files)
    return DraftIs(draft_id=draft.id, state=draft.state)


def _refusals(command: SendDraft, today: date) -> list[Invalid | None]:
    refusal = organisation_refusal(command.organisation)
    if command.exported_on is None:
        return [refusal]
    field, name = "exported_on", "The export"
    return [refusal, future_refusal(command.exported_on, today=today, field=field, name=name)]


def _refuse_other_kinds(name: str, content: bytes) -> None:
    try:
        refuse_other_kinds(content)
    except Invalid as error:
        raise Invalid("open_data.not_csv", error.message, problems=[Problem(name, error.message)]) from error
