"""Somebody says which column of a general ledger's file means what."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from services.contributions.commands.reconciliation.send_general_ledger import FileSent
from services.contributions.domain.reconciliation.columns import Columns, refuse_unusable
from services.contributions.domain.reconciliation.lines import headings_of
from services.contributions.repository.reconciliation import Reconciliations
from shared.messaging import UnitOfWork
from shared.table_files import read_table_file


@dataclass(frozen=True, slots=True, kw_only=True)
class ChooseColumns:
    """Read a file by these columns."""

    file_id: UUID
    columns: Columns


async def choose_columns(command: ChooseColumns, uow: UnitOfWork) -> FileSent:
    """Remembers them for the organisation's next file; refuses by field what the file does not have."""
    ledger = Reconciliations(uow)
    file = await ledger.file(command.file_id)
    table = await asyncio.to_thread(read_table_file, file.content)
    refuse_unusable(command.columns, headings_of(table)[1])
    await ledger.choose(command.file_id, file.organisation, command.columns)
    return FileSent(command.file_id, command.columns)
