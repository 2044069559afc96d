"""What organisations decided to publish, and the files as they were published."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.statement.files import Files
from services.contributions.domain.statement.publishing import Publishing
from services.contributions.domain.statement.register import PublishedRegister
from services.contributions.domain.statement.specification import FileForm
from services.contributions.repository.rows import add_row, add_rows
from services.contributions.tables import OpenDataEditionRow, OpenDataFileRow, PublishingRow
from shared.errors import Conflict
from shared.messaging import UnitOfWork

SETTINGS = text("SELECT DISTINCT ON (organisation) * FROM publishing ORDER BY organisation, position DESC")


async def publishing_settings(session: AsyncSession) -> dict[str, Publishing]:
    """What each organisation decided; those that decided nothing are left out."""
    return {
        row.organisation: Publishing(
            organisation=row.organisation,
            published_as=row.published_as,
            carbon_purpose=row.carbon_purpose,
            lists_returned=row.lists_returned,
        )
        for row in await session.execute(SETTINGS)
    }


class Statements:
    """What is published, in one transaction."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow, self._session = uow, uow.session

    async def decide(self, decided: Publishing) -> None:
        """Keep how an organisation publishes from now on, and who decided it."""
        row = {
            "organisation": decided.organisation,
            "published_as": decided.published_as,
            "carbon_purpose": decided.carbon_purpose,
            "lists_returned": decided.lists_returned,
            "decided_by": self._uow.actor,
            "decided_at": self._uow.now,
        }
        await add_rows(self._session, PublishingRow, [row])

    async def publish(
        self, edition_id: UUID, register: PublishedRegister, files: Mapping[FileForm, Files], remarks: int
    ) -> None:
        """Keep the files of both forms as they are published."""
        edition = OpenDataEditionRow(
            id=edition_id,
            published_on=self._uow.today,
            published_by=self._uow.actor,
            published_at=self._uow.now,
            agreements=len(register.agreements),
            contributions=len(register.contributions),
            transactions=len(register.transactions),
            remarks=remarks,
        )
        message = "An edition with this id is published already. Open it instead."
        await add_row(self._session, edition, Conflict("edition.published_before", message))
        rows = [
            _file(edition_id, form, dataset, content)
            for form, of_form in files.items()
            for dataset, content in of_form.items()
        ]
        await add_rows(self._session, OpenDataFileRow, rows)


def _file(edition_id: UUID, form: FileForm, dataset: Dataset, content: bytes) -> dict[str, Any]:
    return {
        "edition_id": edition_id,
        "form": form,
        "dataset": dataset,
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
