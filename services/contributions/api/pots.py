"""Pots and the funding of grants, for everybody who works in the fund."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.contributions.api.roles import POT_READERS
from services.contributions.queries.grants import FundingView, show_funding
from services.contributions.queries.pots import PotList, PotStatement, list_pots, show_pot
from shared.web import View, reads

router = APIRouter(tags=["pots"])


@router.get("/pots")
async def get_pots(view: Annotated[View, reads(*POT_READERS)], organisation: str | None = None) -> PotList:
    """All pots with their totals, or those of one organisation."""
    return await list_pots(view.session, organisation)


@router.get("/pots/{pot_id}")
async def get_pot(pot_id: UUID, view: Annotated[View, reads(*POT_READERS)]) -> PotStatement:
    """One pot's statement: every movement with its cause and what was there after it."""
    return await show_pot(view.session, pot_id)


@router.get("/grant-fundings/{application_id}")
async def get_grant_funding(application_id: UUID, view: Annotated[View, reads(*POT_READERS)]) -> FundingView:
    """The money of one application: status, shares, claims and payments."""
    return await show_funding(view.session, application_id)
