"""Drawing an award from other pots than those proposed."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.contributions.api.roles import POT_READERS
from services.contributions.commands.grants.redraw_funds import RedrawFunds, redraw_funds
from services.contributions.domain.pots.pot import Share
from services.contributions.queries.drawing import Drawing, show_drawing
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/grant-fundings", tags=["pots"])


class ShareBody(BaseModel):
    """What one pot is to bear, in pence."""

    pot_id: UUID
    amount_pence: int = Field(examples=[1_000_000])


class RedrawingBody(BaseModel):
    """All shares of an award as they are to be, and why, for everybody to read."""

    shares: tuple[ShareBody, ...]
    reason: str = Field(examples=["The deed of the other pot is about to be varied."])
    redrawn_on: date


@router.get("/{application_id}/pots")
async def get_drawing(application_id: UUID, view: Annotated[View, reads(*POT_READERS)]) -> Drawing:
    """The pots that an award may lawfully draw on, what each bears, could give and is proposed to."""
    return await show_drawing(view.session, application_id, view.today)


@router.post("/{application_id}/shares", status_code=201)
async def post_redrawing(
    application_id: UUID,
    body: RedrawingBody,
    edge: Annotated[Edge, commands(Role.FUND_MANAGER, Role.PAYMENT_REQUESTER)],
) -> Recorded:
    """Draw a reserved award from these pots, with a reason."""
    shares = tuple(Share(each.pot_id, each.amount_pence) for each in body.shares)
    command = RedrawFunds(
        application_id=application_id, shares=shares, reason=body.reason, redrawn_on=body.redrawn_on
    )
    return await edge.perform(command, redraw_funds)
