"""How far sites have come, and the triggers that seem to be met."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.triggers.record_progress import RecordProgress, record_progress
from services.contributions.commands.triggers.withdraw_progress import WithdrawProgress, withdraw_progress
from services.contributions.domain.triggers.progress import ProgressKind, SiteProgress
from services.contributions.queries.triggers import (
    ProgressView,
    TriggersToLookAt,
    list_progress,
    list_triggers_to_look_at,
)
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["triggers"])


class ProgressBody(BaseModel):
    """A report of a site; the numbers of dwellings belong to occupation only."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "progress_id": "6f1d1a5e-3c55-4c7b-8a57-0a8f3d7c9e21",
                "kind": "occupied",
                "happened_on": "2026-10-02",
                "occupied_dwellings": 12,
                "consented_dwellings": 48,
            }
        }
    )

    progress_id: UUID
    kind: ProgressKind
    happened_on: date
    occupied_dwellings: int | None = None
    consented_dwellings: int | None = None


class ProgressWithdrawalBody(BaseModel):
    """Why a report was wrong."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"reason": "12 dwellings were occupied, not 120."}}
    )

    reason: str


@router.post("/agreements/{agreement_id}/progress", status_code=201)
async def post_progress(
    agreement_id: UUID, body: ProgressBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Record how far a site has come; the triggers it reaches are listed for an officer to look at."""
    draft = body.model_dump(exclude={"progress_id"})
    progress = SiteProgress(id=body.progress_id, agreement_id=agreement_id, **draft)
    return await edge.perform(RecordProgress(progress=progress), record_progress)


@router.post("/agreements/{agreement_id}/progress/{progress_id}/withdraw", status_code=201)
async def post_progress_withdrawal(
    agreement_id: UUID,
    progress_id: UUID,
    body: ProgressWithdrawalBody,
    edge: Annotated[Edge, commands(Role.OFFICER)],
) -> Recorded:
    """Withdraw a report that was wrong."""
    command = WithdrawProgress(agreement_id=agreement_id, progress_id=progress_id, reason=body.reason)
    return await edge.perform(command, withdraw_progress)


@router.get("/agreements/{agreement_id}/progress")
async def get_progress(
    agreement_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> list[ProgressView]:
    """What was reported of an agreement's site."""
    return await list_progress(view.session, agreement_id)


@router.get("/triggers-to-look-at")
async def get_triggers_to_look_at(
    view: Annotated[View, reads(*REGISTER_READERS)],
    agreement_id: UUID | None = None,
    cursor: UUID | None = None,
) -> TriggersToLookAt:
    """Triggers that seem to be met: an officer confirms each, which makes its sum secured."""
    return await list_triggers_to_look_at(view.session, view.today, agreement_id, cursor)
