"""An officer imports the three open-data files of a council unseen, in one transaction."""

import asyncio
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from services.contributions.commands.open_data.files import read_files
from services.contributions.commands.open_data.taking import take
from services.contributions.domain.open_data.plan import plan_import
from services.contributions.domain.open_data.reading import OpenData, read_rows
from services.contributions.domain.open_data.summary import ImportSummary
from services.contributions.repository.agreements import Agreements
from services.contributions.repository.imports import Imports
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOpenData:
    """Take what three files say, as reported; known rows change nothing."""

    import_id: UUID
    agreements: bytes
    contributions: bytes
    transactions: bytes


async def import_open_data(command: ImportOpenData, uow: UnitOfWork) -> ImportSummary:
    """Adds agreements, obligations and pots of what is left, in one go; refuses unreadable files by name."""
    data = await asyncio.to_thread(_read, command, uow.today)
    await Agreements(uow).lock_register()
    known = await Imports(uow).known(data)
    plan = await asyncio.to_thread(plan_import, data, known, today=uow.today)
    return await take(command.import_id, data, plan, uow)


def _read(command: ImportOpenData, today: date) -> OpenData:
    return read_rows(read_files(asdict(command)), today=today)
