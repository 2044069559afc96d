"""Samples of the ledger, for auditors."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from services.contributions.domain.samples.drawing import Method, SampleOrder, check_order
from services.contributions.queries.samples.drawn import draw_sample
from services.contributions.queries.samples.models import Sample
from shared.web import Role, View, reads

router = APIRouter(tags=["samples"])


@router.get("/samples")
async def get_sample(
    view: Annotated[View, reads(Role.AUDITOR, Role.FUND_MANAGER)],
    organisation: Annotated[str, Query(max_length=100, examples=["local-authority-eng:MIK"])],
    first_on: date,
    last_on: date,
    count: int,
    seed: Annotated[str, Query(max_length=200, examples=["2025/26, C.B."])],
    method: Method = Method.SIMPLE_RANDOM,
) -> Sample:
    """Draw entries booked in a period; the same order draws the same entries from the same books."""
    order = SampleOrder(
        organisation=organisation, first_on=first_on, last_on=last_on, count=count, method=method, seed=seed
    )
    return await draw_sample(view.session, check_order(order))
