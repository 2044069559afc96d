"""The officers' first page: where the fund's money is, and what needs a look."""

from asyncio import gather
from typing import Annotated

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, page
from services.portal.officer.books import Exceptions, TrialBalance
from services.portal.officer.showing import show
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

POTS_SHOWN = 5


@router.get("/officer")
async def show_overview(page: Annotated[Page, page(Role.OFFICER)]) -> Response:
    """What was received, is available, reserved, committed and paid; exceptions; the next spend-by dates."""
    contributions = page.services.contributions
    told, exceptions = await gather(contributions.get("/trial-balance"), contributions.get("/exceptions"))
    balance = TrialBalance.model_validate(told)
    with_money = [pot for pot in balance.pots if pot.available_pence]
    dated = [pot for pot in with_money if pot.spend_by_on is not None]
    return show(
        page,
        "officer/overview.html",
        balance=balance,
        exceptions=Exceptions.validate_python(exceptions),
        next_pots=dated[:POTS_SHOWN],
        undated=len(with_money) - len(dated),
    )
