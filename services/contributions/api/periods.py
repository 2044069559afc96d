"""Months and financial years of the books, and closing them."""

from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.periods.close_period import ClosePeriod, PeriodClosed, close_period
from services.contributions.domain.periods.period import PeriodKind
from services.contributions.queries.periods import PeriodsView, list_periods
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web import Edge, Role, View, commands, reads

router = APIRouter(prefix="/periods", tags=["periods"])


class PeriodBody(BaseModel):
    """The month or financial year (from the first of April) to close, by its first day."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"organisation": "local-authority-eng:ISL", "kind": "month", "first_on": "2026-10-01"}
            ]
        }
    )

    organisation: str
    kind: PeriodKind
    first_on: date


@router.get("")
async def get_periods(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[PeriodsView]:
    """How far the books of each organisation are closed, and what may be closed next."""
    return await list_periods(view.session, datetime.now(UTC).astimezone(LOCAL_ZONE).date())


@router.post("", status_code=201)
async def post_period(
    body: PeriodBody, edge: Annotated[Edge, commands(Role.PAYMENT_APPROVER, Role.FUND_MANAGER)]
) -> PeriodClosed:
    """Close a period for good: what comes later is booked in the first open month."""
    return await edge.perform(ClosePeriod(**body.model_dump()), close_period)
