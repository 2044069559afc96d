"""An officer withdraws what a misspelt code was said to mean."""

from dataclasses import dataclass
from uuid import UUID

from services.contributions.commands.open_data.map_code import MappingIs
from services.contributions.repository.code_mappings import CodeMappings
from services.contributions.repository.import_drafts import ImportDrafts
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMapping:
    """From now on the text means nothing again; what was taken stands."""

    mapping_id: UUID


async def withdraw_mapping(command: WithdrawMapping, uow: UnitOfWork) -> MappingIs:
    """Keeps it with who withdrew it and when; open previews are worked out anew."""
    organisation = await CodeMappings(uow).withdraw(command.mapping_id)
    await ImportDrafts(uow).read_all_again(organisation)
    return MappingIs(mapping_id=command.mapping_id, in_force=False)
