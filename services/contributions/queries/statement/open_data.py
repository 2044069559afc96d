"""The open-data files: as they were published, and as they would be now."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.statement.checking import Fault
from services.contributions.domain.statement.draft import Draft, draft_files
from services.contributions.domain.statement.publishing import Publishing, usual_publishing
from services.contributions.domain.statement.specification import FileForm
from services.contributions.repository.statement.editions import publishing_settings
from services.contributions.repository.statement.open_data import published_register
from shared.errors import NotFound

SHOWN = 1000
EDITIONS = text(
    """
    SELECT id AS edition_id, published_on, published_at, agreements, contributions, transactions, remarks
    FROM open_data_edition ORDER BY published_at DESC
    """
)
FILE = text(
    "SELECT content FROM open_data_file WHERE edition_id = :id AND form = :form AND dataset = :dataset"
)
ORGANISATIONS = text("SELECT DISTINCT organisation FROM agreement ORDER BY organisation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The files as they were published on a day: how many rows each has, and how many fields are doubtful."""

    edition_id: UUID
    published_on: date
    published_at: datetime
    agreements: int
    contributions: int
    transactions: int
    remarks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCheck:
    """What the files would hold if they were published now, and what is wrong in them, the gravest first."""

    agreements: int
    contributions: int
    transactions: int
    may_be_published: bool
    faults: list[Fault]
    faults_left_out: int


async def list_editions(session: AsyncSession) -> list[Edition]:
    """Every edition, the newest first."""
    return [Edition(**row) for row in (await session.execute(EDITIONS)).mappings()]


async def show_file(session: AsyncSession, edition_id: UUID, form: FileForm, dataset: Dataset) -> bytes:
    """One file as it was published, or NotFound."""
    wanted = {"id": edition_id, "form": form, "dataset": dataset}
    content = (await session.execute(FILE, wanted)).scalar_one_or_none()
    if content is None:
        raise NotFound("open_data.not_published", "There is no such file. Choose one from the list.")
    return bytes(content)


async def draft(session: AsyncSession) -> Draft:
    """The files as they would be published now."""
    register, settings = await published_register(session), await publishing_settings(session)
    return await asyncio.to_thread(draft_files, register, settings)


async def check_now(session: AsyncSession) -> FileCheck:
    """What publishing now would bring, and what prevents it."""
    made = await draft(session)
    faults = sorted(made.faults, key=lambda fault: not fault.prevents)
    return FileCheck(
        agreements=len(made.register.agreements),
        contributions=len(made.register.contributions),
        transactions=len(made.register.transactions),
        may_be_published=len(made.remarks) == len(faults),
        faults=faults[:SHOWN],
        faults_left_out=max(len(faults) - SHOWN, 0),
    )


async def list_publishing(session: AsyncSession) -> list[Publishing]:
    """How each organisation of the register publishes: as decided, or as is usual."""
    decided = await publishing_settings(session)
    organisations = (await session.execute(ORGANISATIONS)).scalars()
    return [decided.get(each) or usual_publishing(each) for each in organisations]
