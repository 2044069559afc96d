"""Pots and the funding of grants, for everybody who works in the fund."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from services.contributions.api.roles import POT_READERS
from services.contributions.commands.pots.extend_spend_by import ExtendSpendBy, extend_spend_by
from services.contributions.commands.receipts.reverse_receipt import ReverseReceipt, reverse_receipt
from services.contributions.queries.at_risk import AtRisk, pots_at_risk
from services.contributions.queries.grants import FundingView, show_funding
from services.contributions.queries.pots import PotList, PotStatement, list_pots, show_pot
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["pots"])


class ReversalBody(BaseModel):
    """Why a receipt is taken back, for everybody to read, and the day it is done."""

    reversed_on: date = Field(examples=["2026-11-20"])
    reason: str = Field(examples=["Posted to the wrong agreement; it belongs to P2019/0042/FUL."])


class ExtensionBody(BaseModel):
    """The later date, and the deed of variation that gives it."""

    spend_by_on: date = Field(examples=["2031-09-02"])
    deed_on: date = Field(examples=["2026-10-14"])
    document_url: str | None = Field(None, examples=["https://netherbourne.example/deeds/1/variation"])


@router.get("/pots-at-risk")
async def get_pots_at_risk(
    view: Annotated[View, reads(*POT_READERS)],
    months: Annotated[int, Query(ge=1, le=18)] = 18,
    organisation: str | None = None,
) -> AtRisk:
    """Pots whose unspent money passes its spend-by date soon, or has, and what it could still fund."""
    return await pots_at_risk(view.session, view.today, months, organisation)


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


@router.post("/pots/{pot_id}/reversal", status_code=201)
async def post_reversal(
    pot_id: UUID, body: ReversalBody, edge: Annotated[Edge, commands(Role.OFFICER, Role.FUND_MANAGER)]
) -> Recorded:
    """Reverse a receipt that was recorded by mistake; the right one can be recorded afterwards."""
    return await edge.perform(ReverseReceipt(pot_id=pot_id, **body.model_dump()), reverse_receipt)


@router.post("/pots/{pot_id}/extension", status_code=201)
async def post_extension(
    pot_id: UUID, body: ExtensionBody, edge: Annotated[Edge, commands(Role.OFFICER, Role.FUND_MANAGER)]
) -> Recorded:
    """Record that a deed of variation gives the pot a later spend-by date."""
    return await edge.perform(ExtendSpendBy(pot_id=pot_id, **body.model_dump()), extend_spend_by)
