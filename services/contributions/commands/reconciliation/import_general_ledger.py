"""The lines of a file of the general ledger are imported, each once, in one transaction."""

import asyncio
import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.reconciliation.columns import Columns, refuse_unusable
from services.contributions.domain.reconciliation.lines import ReadLine, headings_of, read_lines
from services.contributions.repository.reconciliation import Reconciliations
from shared.errors import Problem
from shared.messaging import UnitOfWork
from shared.table_files import read_table_file
from shared.wording import in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportGeneralLedger:
    """Take the lines of a file that was sent."""

    file_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class FileImported:
    """How many lines were new, were known before, or could not be taken."""

    file_id: UUID
    taken: int
    repeated: int
    refused: int


async def import_general_ledger(command: ImportGeneralLedger, uow: UnitOfWork) -> FileImported:
    """A line that an earlier file brought changes nothing; one of a signed-off month is refused by row."""
    ledger = Reconciliations(uow)
    file = await ledger.file(command.file_id)
    await ledger.lock(file.organisation)
    signed_to = await ledger.signed_to(file.organisation)
    read = await asyncio.to_thread(_read, file.content, Columns(**json.loads(file.columns)), uow.today)
    checked = [_refuse_signed_off(each, signed_to) for each in read]
    lines = [each.line for each in checked if each.line is not None]
    taken = await ledger.add_lines(command.file_id, file.organisation, lines)
    refused = [each for each in checked if each.line is None]
    repeated = len(lines) - taken
    await ledger.finish(command.file_id, taken=taken, repeated=repeated, refused=refused)
    return FileImported(file_id=command.file_id, taken=taken, repeated=repeated, refused=len(refused))


def _read(content: bytes, columns: Columns, today: date) -> list[ReadLine]:
    table = read_table_file(content)
    refuse_unusable(columns, headings_of(table)[1])
    return read_lines(table, columns, today=today)


def _refuse_signed_off(read: ReadLine, signed_to: date | None) -> ReadLine:
    if read.line is None or signed_to is None or read.line.posted_on > signed_to:
        return read
    message = f"Everything up to {in_words(signed_to)} is signed off. Post it in a later month."
    return ReadLine(read.number, None, (Problem("posted_on", message),))
