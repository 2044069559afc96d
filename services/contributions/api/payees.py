"""Payees of agreements: who is refunded what is not spent in time."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.commands.register.erase_people import ErasePeople, erase_people
from services.contributions.commands.register.name_payee import NamePayee, name_payee
from services.contributions.commands.register.remove_payee import RemovePayee, remove_payee
from shared.web import Edge, Role, commands
from shared.web.answers import Recorded

router = APIRouter(prefix="/agreements/{agreement_id}", tags=["agreements"])


class PayeeBody(BaseModel):
    """Who is to be refunded, and the reference finance knows them by. Kept here, never published."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "payee_id": "5f0c3f7e-2f0e-4d53-9e0b-4ad0c6a1b005",
                "name": "Old Street Yard Developments Ltd",
                "reference": "SUP-104417",
            }
        }
    )

    payee_id: UUID
    name: str
    reference: str | None = None


@router.post("/payees", status_code=201)
async def post_payee(
    agreement_id: UUID, body: PayeeBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Enter a payee of an agreement."""
    return await edge.perform(NamePayee(agreement_id=agreement_id, **body.model_dump()), name_payee)


@router.post("/payees/{payee_id}/remove", status_code=201)
async def post_payee_removal(
    agreement_id: UUID, payee_id: UUID, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Record that nothing more is refunded to a payee."""
    return await edge.perform(RemovePayee(agreement_id=agreement_id, payee_id=payee_id), remove_payee)


@router.post("/erase-people", status_code=201)
async def post_erasing(agreement_id: UUID, edge: Annotated[Edge, commands(Role.OFFICER)]) -> Recorded:
    """Erase, for good, a person's name as developer and the names of removed payees."""
    return await edge.perform(ErasePeople(agreement_id=agreement_id), erase_people)
