"""Imports that are looked at before they are taken, and what misspelt codes mean."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, UploadFile
from pydantic import BaseModel, ConfigDict

from services.contributions.api.imports import LIMIT_BYTES
from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.open_data.commit_draft import CommitDraft, commit_draft
from services.contributions.commands.open_data.decide_differences import (
    DecideDifferences,
    decide_differences,
)
from services.contributions.commands.open_data.map_code import MapCode, MappingIs, map_code
from services.contributions.commands.open_data.send_draft import DraftIs, SendDraft, send_draft
from services.contributions.commands.open_data.throw_draft_away import ThrowDraftAway, throw_draft_away
from services.contributions.commands.open_data.withdraw_mapping import WithdrawMapping, withdraw_mapping
from services.contributions.domain.open_data.notes import Outcome
from services.contributions.queries.import_drafts import (
    DifferencePage,
    DraftPage,
    DraftRows,
    DraftView,
    MappingLine,
    draft_csv,
    draft_differences,
    draft_rows,
    list_drafts,
    list_mappings,
    show_draft,
)
from shared.web import Edge, Role, View, commands, read_upload, reads
from shared.web.files import CsvFile

router = APIRouter(tags=["imports"])


class MappingBody(BaseModel):
    """What a text in a column of codes means in an organisation's files; the caller names its id."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "mapping_id": "1b0f1c9e-2b8e-4f7e-9d3c-6f1f0d0a5a11",
                "organisation": "local-authority-eng:ISL",
                "field": "contribution-purpose",
                "reported": "Carbon Offset",
                "code": "green-infrastructure",
            }
        }
    )

    mapping_id: UUID
    organisation: str
    field: str
    reported: str
    code: str


class DifferencesBody(BaseModel):
    """Whether rows that say otherwise than before are taken."""

    model_config = ConfigDict(json_schema_extra={"example": {"takes_changes": True}})

    takes_changes: bool


@router.post("/import-drafts", status_code=201)
async def post_import_draft(
    draft_id: Annotated[UUID, Form()],
    organisation: Annotated[str, Form()],
    agreements: UploadFile,
    contributions: UploadFile,
    transactions: UploadFile,
    edge: Annotated[Edge, commands(Role.OFFICER)],
    exported_on: Annotated[date | None, Form()] = None,
) -> DraftIs:
    """Send the three files of one council to see what they would change; nothing is taken yet."""
    sent = {"agreements": agreements, "contributions": contributions, "transactions": transactions}
    files = {
        name: await read_upload(file, limit_bytes=LIMIT_BYTES, field=name) for name, file in sent.items()
    }
    command = SendDraft(draft_id=draft_id, organisation=organisation, files=files, exported_on=exported_on)
    return await edge.perform(command, send_draft)


@router.get("/import-drafts")
async def get_import_drafts(
    view: Annotated[View, reads(*REGISTER_READERS)], cursor: UUID | None = None
) -> DraftPage:
    """What was sent by whom and when, and what became of it, the newest first."""
    return await list_drafts(view.session, cursor)


@router.get("/import-drafts/{draft_id}")
async def get_import_draft(draft_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> DraftView:
    """How far the files are, and what taking them would change."""
    return await show_draft(view.session, draft_id)


@router.get("/import-drafts/{draft_id}/rows")
async def get_import_draft_rows(
    draft_id: UUID,
    view: Annotated[View, reads(*REGISTER_READERS)],
    outcome: Annotated[list[Outcome] | None, Query()] = None,
    page: int = 1,
) -> DraftRows:
    """The rows of a draft and what is said of each, the gravest first; `outcome` chooses some."""
    return await draft_rows(view.session, draft_id, outcome or [], page)


@router.get("/import-drafts/{draft_id}/report.csv", response_class=CsvFile)
async def get_import_draft_csv(draft_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> CsvFile:
    """Every row and remark of a draft."""
    headers = {
        "Content-Disposition": f'attachment; filename="preview-{draft_id}.csv"',
        "X-Content-Type-Options": "nosniff",
    }
    return CsvFile(await draft_csv(view.session, draft_id), headers=headers)


@router.post("/import-drafts/{draft_id}/commit", status_code=201)
async def post_commit(draft_id: UUID, edge: Annotated[Edge, commands(Role.OFFICER)]) -> DraftIs:
    """Take the files as the preview shows; the report follows as the import of the same id."""
    return await edge.perform(CommitDraft(draft_id=draft_id), commit_draft)


@router.get("/import-drafts/{draft_id}/differences")
async def get_differences(
    draft_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)], page: int = 1
) -> DifferencePage:
    """What the files say otherwise than those before them: rows added, changed field by field, missing."""
    return await draft_differences(view.session, draft_id, page)


@router.post("/import-drafts/{draft_id}/differences", status_code=201)
async def post_differences(
    draft_id: UUID, body: DifferencesBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> DraftIs:
    """Take or leave rows that say otherwise than before; of a follower they are always taken."""
    command = DecideDifferences(draft_id=draft_id, takes_changes=body.takes_changes)
    return await edge.perform(command, decide_differences)


@router.post("/import-drafts/{draft_id}/throw-away", status_code=201)
async def post_throw_away(draft_id: UUID, edge: Annotated[Edge, commands(Role.OFFICER)]) -> DraftIs:
    """Forget files that were not taken."""
    return await edge.perform(ThrowDraftAway(draft_id=draft_id), throw_draft_away)


@router.post("/code-mappings", status_code=201)
async def post_code_mapping(body: MappingBody, edge: Annotated[Edge, commands(Role.OFFICER)]) -> MappingIs:
    """Say once what a misspelt code means; open previews are worked out anew."""
    return await edge.perform(MapCode(**body.model_dump()), map_code)


@router.get("/code-mappings")
async def get_code_mappings(
    view: Annotated[View, reads(*REGISTER_READERS)], organisation: str = ""
) -> list[MappingLine]:
    """What misspelt codes were said to mean, those in force first."""
    return await list_mappings(view.session, organisation)


@router.post("/code-mappings/{mapping_id}/withdraw", status_code=201)
async def post_withdraw_mapping(mapping_id: UUID, edge: Annotated[Edge, commands(Role.OFFICER)]) -> MappingIs:
    """Let a text mean nothing again; what was taken stands."""
    return await edge.perform(WithdrawMapping(mapping_id=mapping_id), withdraw_mapping)
