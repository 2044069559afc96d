"""A file of the general ledger is sent: its columns are guessed, and nothing is imported yet."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from services.contributions.domain.reconciliation.columns import Columns, guess
from services.contributions.domain.reconciliation.lines import headings_of
from services.contributions.repository.reconciliation import Reconciliations
from shared.checks import organisation_refusal, refuse_all
from shared.messaging import UnitOfWork
from shared.table_files import read_table_file


@dataclass(frozen=True, slots=True, kw_only=True)
class SendGeneralLedger:
    """Keep a file for looking at before it is imported."""

    file_id: UUID
    organisation: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileSent:
    """The file, and the columns that it is read by unless somebody chooses others."""

    file_id: UUID
    columns: Columns


async def send_general_ledger(command: SendGeneralLedger, uow: UnitOfWork) -> FileSent:
    """Refuses what is no table; takes the columns of the last file where this one has them too."""
    refuse_all("general_ledger.invalid", [organisation_refusal(command.organisation)])
    file = await asyncio.to_thread(read_table_file, command.content)
    headings = headings_of(file)[1]
    ledger = Reconciliations(uow)
    remembered = await ledger.remembered(command.organisation)
    columns = remembered if remembered and remembered.fits(headings) else guess(headings)
    await ledger.add_file(command.file_id, command.organisation, command.content, columns)
    return FileSent(command.file_id, columns)
