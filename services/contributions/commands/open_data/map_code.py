"""An officer says once what a misspelt code means."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.open_data.codes import normalise
from services.contributions.domain.open_data.mappings import mapping_refusals
from services.contributions.repository.code_mappings import CodeMappings
from services.contributions.repository.import_drafts import ImportDrafts
from services.contributions.tables import CodeMappingRow
from shared.checks import organisation_refusal, refuse_all
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCode:
    """In this organisation's files, a text in a column of codes means this code from now on."""

    mapping_id: UUID
    organisation: str
    field: str
    reported: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingIs:
    """A mapping, and whether it is in force."""

    mapping_id: UUID
    in_force: bool


async def map_code(command: MapCode, uow: UnitOfWork) -> MappingIs:
    """Remembers it with who and when, in place of an earlier one; open previews are worked out anew."""
    refusals = mapping_refusals(command.field, command.reported, command.code)
    refuse_all("code_mapping.invalid", [organisation_refusal(command.organisation), *refusals])
    row = CodeMappingRow(
        id=command.mapping_id,
        organisation=command.organisation,
        field=command.field,
        spelling=normalise(command.reported),
        reported=command.reported,
        code=command.code,
        mapped_by=uow.actor,
        mapped_at=uow.now,
        withdrawn_by=None,
        withdrawn_at=None,
    )
    await CodeMappings(uow).put(row)
    await ImportDrafts(uow).read_all_again(command.organisation)
    return MappingIs(mapping_id=row.id, in_force=True)
