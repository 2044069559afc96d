"""Dated editions of wards, which deeds name."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.register.record_ward_edition import (
    RecordWardEdition,
    record_ward_edition,
)
from services.contributions.domain.register.wards import Ward
from services.contributions.queries.wards import (
    WardEditionLine,
    WardEditionView,
    WardLine,
    list_ward_editions,
    list_wards,
    show_ward_edition,
)
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["wards"])


class WardBody(BaseModel):
    """A ward's code and name."""

    code: str
    name: str


class WardEditionBody(BaseModel):
    """The wards of an organisation from a day on, and who published them where."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "edition_id": "5f0c3f7e-2f0e-4d53-9e0b-4ad0c6a1b006",
                "organisation": "local-authority-eng:ISL",
                "name": "Wards of May 2022",
                "valid_from": "2022-05-05",
                "source": "The Islington (Electoral Changes) Order 2020",
                "wards": [
                    {"code": "E05013699", "name": "Bunhill"},
                    {"code": "E05013704", "name": "Hillrise"},
                ],
            }
        }
    )

    edition_id: UUID
    organisation: str
    name: str
    valid_from: date
    source: str
    wards: tuple[WardBody, ...]


@router.get("/wards")
async def get_wards(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[WardLine]:
    """Every ward that an edition or a fund names."""
    return await list_wards(view.session)


@router.post("/ward-editions", status_code=201)
async def post_ward_edition(
    body: WardEditionBody, edge: Annotated[Edge, commands(Role.OFFICER, Role.FUND_MANAGER)]
) -> Recorded:
    """Enter an edition of wards; deeds signed from its day on name these."""
    command = RecordWardEdition(
        edition_id=body.edition_id,
        organisation=body.organisation,
        name=body.name,
        valid_from=body.valid_from,
        source=body.source,
        wards=tuple(Ward(ward.code, ward.name) for ward in body.wards),
    )
    return await edge.perform(command, record_ward_edition)


@router.get("/ward-editions")
async def get_ward_editions(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[WardEditionLine]:
    """The editions of every organisation, the newest first."""
    return await list_ward_editions(view.session)


@router.get("/ward-editions/{edition_id}")
async def get_ward_edition(
    edition_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> WardEditionView:
    """One edition with its wards, by name."""
    return await show_ward_edition(view.session, edition_id)
