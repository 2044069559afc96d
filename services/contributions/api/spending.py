"""What a deed says about spending its money, for officers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.contributions.commands.register.state_spending_terms import (
    StateSpendingTerms,
    state_spending_terms,
)
from services.contributions.domain.register.spending import SpendByCounts
from shared.web import Edge, Role, commands
from shared.web.answers import Recorded

router = APIRouter(prefix="/agreements", tags=["agreements"])


class SpendingTermsBody(BaseModel):
    """What counts at the spend-by date, whether interest goes back, and who alone may have the money."""

    spend_by_counts: SpendByCounts
    refund_with_interest: bool
    recipients: tuple[str, ...] = Field((), examples=[["school", "parish_council"]])


@router.post("/{agreement_id}/obligations/{obligation_id}/spending-terms", status_code=201)
async def post_spending_terms(
    agreement_id: UUID,
    obligation_id: UUID,
    body: SpendingTermsBody,
    edge: Annotated[Edge, commands(Role.OFFICER, Role.FUND_MANAGER)],
) -> Recorded:
    """Say what the deed says; its pots are limited so from now on."""
    command = StateSpendingTerms(agreement_id=agreement_id, obligation_id=obligation_id, **body.model_dump())
    return await edge.perform(command, state_spending_terms)
