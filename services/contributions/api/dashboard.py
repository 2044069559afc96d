"""The fund's money at a glance, for everybody who works in the fund."""

from typing import Annotated

from fastapi import APIRouter

from services.contributions.api.roles import POT_READERS
from services.contributions.queries.dashboard import Dashboard, show_dashboard
from shared.web import View, reads

router = APIRouter(tags=["books"])


@router.get("/dashboard")
async def get_dashboard(
    view: Annotated[View, reads(*POT_READERS)], organisation: str | None = None
) -> Dashboard:
    """Secured, received, held, paid, returned and at risk: in all, by financial year, ward and purpose."""
    return await show_dashboard(view.session, organisation, today=view.today)
