"""Imports of the open-data files, and what officers have to look at."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, UploadFile

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.open_data.import_open_data import ImportOpenData, import_open_data
from services.contributions.queries.imports import (
    ExceptionLine,
    ImportReport,
    import_csv,
    list_exceptions,
    show_import,
)
from shared.database import transaction
from shared.web import Edge, Role, View, commands, read_upload, reads
from shared.web.files import CsvFile

router = APIRouter(tags=["imports"])

LIMIT_BYTES = 30 << 20


@router.post("/imports", status_code=201)
async def post_import(
    import_id: Annotated[UUID, Form()],
    agreements: UploadFile,
    contributions: UploadFile,
    transactions: UploadFile,
    edge: Annotated[Edge, commands(Role.OFFICER)],
) -> ImportReport:
    """Import the three files of one council; known rows change nothing."""
    command = ImportOpenData(
        import_id=import_id,
        agreements=await read_upload(agreements, limit_bytes=LIMIT_BYTES, field="agreements"),
        contributions=await read_upload(contributions, limit_bytes=LIMIT_BYTES, field="contributions"),
        transactions=await read_upload(transactions, limit_bytes=LIMIT_BYTES, field="transactions"),
    )
    await edge.perform(command, import_open_data)
    async with transaction(
        edge.work.sessions, timeout_seconds=edge.work.timeout_seconds, read_only=True
    ) as session:
        return await show_import(session, import_id)


@router.get("/imports/{import_id}")
async def get_import(import_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> ImportReport:
    """The report of one import, its gravest rows first."""
    return await show_import(view.session, import_id)


@router.get("/imports/{import_id}/report.csv", response_class=CsvFile)
async def get_import_csv(import_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> CsvFile:
    """Every row and remark of one import."""
    headers = {
        "Content-Disposition": f'attachment; filename="import-{import_id}.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    content = await import_csv(view.session, import_id)
    return CsvFile(content, headers=headers)


@router.get("/exceptions")
async def get_exceptions(
    view: Annotated[View, reads(*REGISTER_READERS)],
) -> list[ExceptionLine]:
    """Contributions and claims that somebody has to look at."""
    return await list_exceptions(view.session)
