"""The books, for those who answer for them."""

from typing import Annotated

from fastapi import APIRouter

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.queries.trial_balance import TrialBalance, trial_balance
from shared.web import View, reads

router = APIRouter(tags=["books"])


@router.get("/trial-balance")
async def get_trial_balance(
    view: Annotated[View, reads(*REGISTER_READERS)],
) -> TrialBalance:
    """Whether every entry has its counterpart and every balance is the sum of its entries."""
    return await trial_balance(view.session)
