"""The open-data files: published by officers, read by everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.statement.decide_publishing import DecidePublishing, decide_publishing
from services.contributions.commands.statement.publish_open_data import (
    Published,
    PublishOpenData,
    publish_open_data,
)
from services.contributions.domain.open_data.notes import Dataset
from services.contributions.domain.statement.publishing import Publishing
from services.contributions.domain.statement.specification import FileForm
from services.contributions.queries.statement.open_data import (
    Edition,
    FileCheck,
    check_now,
    draft,
    list_editions,
    list_publishing,
    show_file,
)
from shared.web import Edge, Role, View, commands, reads
from shared.web.files import CsvFile

router = APIRouter(prefix="/open-data", tags=["open data"])


class PublishingBody(BaseModel):
    """How an organisation publishes; `carbon_purpose` is a code of the national list."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "organisation": "local-authority-eng:MIK",
                "published_as": "local-authority:MIK",
                "carbon_purpose": "green-infrastructure",
                "lists_returned": True,
            }
        }
    )

    organisation: str
    published_as: str
    carbon_purpose: str
    lists_returned: bool


class EditionBody(BaseModel):
    """The id of the edition; the caller names it."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"edition_id": "0190a5e0-7a3c-7cc0-8000-000000000001"}}
    )

    edition_id: UUID


@router.get("/publishing")
async def get_publishing(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[Publishing]:
    """How each organisation of the register publishes."""
    return await list_publishing(view.session)


@router.post("/publishing", status_code=201)
async def post_publishing(
    body: PublishingBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER)]
) -> Publishing:
    """Decide how an organisation publishes from now on."""
    return await edge.perform(DecidePublishing(**body.model_dump()), decide_publishing)


@router.get("/check")
async def get_check(view: Annotated[View, reads(*REGISTER_READERS)]) -> FileCheck:
    """What the files would hold now, and everything in them that is wrong or doubtful."""
    return await check_now(view.session)


@router.get("/draft/{form}/{dataset}.csv", response_class=CsvFile)
async def get_draft(
    form: FileForm, dataset: Dataset, view: Annotated[View, reads(*REGISTER_READERS)]
) -> CsvFile:
    """One file as it would be published now."""
    made = await draft(view.session)
    return CsvFile(made.files[form][dataset], headers=_named(f"{dataset}-draft.csv"))


@router.post("/editions", status_code=201)
async def post_edition(
    body: EditionBody, edge: Annotated[Edge, commands(Role.OFFICER, Role.FUND_MANAGER)]
) -> Published:
    """Publish the files as they are now; refused where they break the specification."""
    return await edge.perform(PublishOpenData(edition_id=body.edition_id), publish_open_data)


@router.get("/editions")
async def get_editions(view: Annotated[View, reads()]) -> list[Edition]:
    """What was published, the newest first."""
    return await list_editions(view.session)


@router.get("/editions/{edition_id}/{form}/{dataset}.csv", response_class=CsvFile)
async def get_file(
    edition_id: UUID, form: FileForm, dataset: Dataset, view: Annotated[View, reads()]
) -> CsvFile:
    """One file of an edition, byte by byte as it was published."""
    content = await show_file(view.session, edition_id, form, dataset)
    return CsvFile(content, headers=_named(f"{dataset}.csv"))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
