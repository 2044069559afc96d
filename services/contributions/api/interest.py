"""Interest earned on held money: looked at, shared out, and looked up again."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.interest.share_interest import ShareInterest, share_interest
from services.contributions.domain.interest.sharing import InterestPeriod
from services.contributions.queries.interest import (
    InterestLine,
    InterestPreview,
    InterestView,
    list_interest,
    preview_interest,
    show_interest,
)
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/interest", tags=["interest"])

NOT_RECORDED = UUID(int=0)


class InterestBody(BaseModel):
    """What an organisation's held money earned in a period, both days counted, in pence."""

    interest_id: UUID
    organisation: str = Field(examples=["local-authority-eng:OZV"])
    period_start: date = Field(examples=["2026-04-01"])
    period_end: date = Field(examples=["2026-06-30"])
    amount_pence: int = Field(examples=[412_567])
    shares_digest: str | None = Field(None, description="Of the shares looked at; others are not booked.")


@router.get("")
async def get_interest_periods(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[InterestLine]:
    """Interest that was shared out, the latest period first."""
    return await list_interest(view.session)


@router.get("/preview")
async def get_interest_preview(
    view: Annotated[View, reads(*REGISTER_READERS)],
    organisation: str,
    period_start: date,
    period_end: date,
    amount_pence: int,
) -> InterestPreview:
    """How interest would be shared out over the pots, by their daily balances; nothing is booked."""
    period = InterestPeriod(
        id=NOT_RECORDED,
        organisation=organisation,
        period_start=period_start,
        period_end=period_end,
        amount_pence=amount_pence,
    )
    return await preview_interest(view.session, period, datetime.now(LOCAL_ZONE).date())


@router.get("/{interest_id}")
async def get_interest(interest_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> InterestView:
    """One period's interest with each pot's share."""
    return await show_interest(view.session, interest_id)


@router.post("", status_code=201)
async def post_interest(
    body: InterestBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER, Role.PAYMENT_REQUESTER)]
) -> Recorded:
    """Share interest out over the pots that held the money; each pot publishes its share."""
    return await edge.perform(ShareInterest(**body.model_dump()), share_interest)
