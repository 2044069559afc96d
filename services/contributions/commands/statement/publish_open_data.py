"""An officer publishes the three open-data files."""

import asyncio
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.contributions.domain.statement.draft import draft_files
from services.contributions.repository.statement.editions import Statements, publishing_settings
from services.contributions.repository.statement.open_data import published_register
from shared.messaging import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishOpenData:
    """Publish the register as it stands, under the caller's id for the edition."""

    edition_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An edition that everybody can download from now on, and how many doubtful fields it has."""

    edition_id: UUID
    published_on: date
    remarks: int


async def publish_open_data(command: PublishOpenData, uow: UnitOfWork) -> Published:
    """Refuses files that break the specification, by row and field; nothing published is ever changed."""
    register = await published_register(uow.session)
    settings = await publishing_settings(uow.session)
    draft = await asyncio.to_thread(draft_files, register, settings)
    draft.refuse_faults()
    remarks = len(draft.remarks)
    await Statements(uow).publish(command.edition_id, register, draft.files, remarks)
    return Published(edition_id=command.edition_id, published_on=uow.today, remarks=remarks)
