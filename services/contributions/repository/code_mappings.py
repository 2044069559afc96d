"""What officers said that misspelt codes mean."""

from uuid import UUID

from sqlalchemy import text

from services.contributions.repository.rows import add_row
from services.contributions.tables import CodeMappingRow
from shared.errors import Conflict, NotFound
from shared.messaging import UnitOfWork

REPLACE = text(
    """
    UPDATE code_mapping SET withdrawn_by = :actor, withdrawn_at = :now
    WHERE organisation = :organisation AND field = :field AND spelling = :spelling AND withdrawn_at IS NULL
    """
)
WITHDRAW = text(
    """
    UPDATE code_mapping SET withdrawn_by = :actor, withdrawn_at = :now
    WHERE id = :id AND withdrawn_at IS NULL RETURNING organisation
    """
)


class CodeMappings:
    """The mappings in one transaction; one that is withdrawn stays in the list."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def put(self, row: CodeMappingRow) -> None:
        """Remember a mapping, and withdraw the one of the same spelling that was in force."""
        spelling = {"organisation": row.organisation, "field": row.field, "spelling": row.spelling}
        await self._session.execute(REPLACE, {**spelling, **self._who_and_when()})
        message = "This mapping is remembered already. Look at it in the list."
        await add_row(self._session, row, Conflict("code_mapping.made_before", message))

    async def withdraw(self, mapping_id: UUID) -> str:
        """End a mapping; answers its organisation, NotFound where none of that id is in force."""
        ended = {"id": mapping_id, **self._who_and_when()}
        organisation = (await self._session.execute(WITHDRAW, ended)).scalar_one_or_none()
        if organisation is None:
            message = "There is no such mapping in force. Look at the list of mappings."
            raise NotFound("code_mapping.not_found", message)
        return str(organisation)

    def _who_and_when(self) -> dict[str, object]:
        return {"actor": self._uow.actor, "now": self._uow.now}
