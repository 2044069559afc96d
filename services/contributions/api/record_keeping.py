"""Where the record of an organisation lives."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.record_keeping.decide_record_keeping import (
    DecideRecordKeeping,
    KeepingIs,
    decide_record_keeping,
)
from services.contributions.commands.record_keeping.enter_opening_balance import (
    EnterOpeningBalance,
    enter_opening_balance,
)
from services.contributions.domain.record_keeping.mode import Mode
from services.contributions.domain.record_keeping.opening_balance import Standing
from services.contributions.queries.record_keeping import (
    RecordKeepingView,
    list_record_keeping,
    record_keeping_history,
)
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/record-keeping", tags=["record keeping"])


class RecordKeepingBody(BaseModel):
    """A decision about where an organisation's record lives; only a follower names its system of record."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "organisation": "local-authority-eng:ISL",
                "mode": "follower",
                "system_of_record": "Exacom",
                "records_begin_on": "2026-04-01",
                "kept_before_in": "Exacom",
            }
        }
    )

    organisation: str
    mode: Mode
    system_of_record: str | None = None
    records_begin_on: date | None = None
    kept_before_in: str | None = None


class OpeningBalanceBody(BaseModel):
    """A balance with which records here begin, in pence; the caller names the id of its pot.

    `agreement_id` and `obligation_id` unless it is pooled; `pool`, `purpose` and `wards` only if it is.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "pot_id": "5c0b6d1e-83c9-4f1d-a0a7-0f0f3b7f9a01",
                "organisation": "local-authority-eng:ISL",
                "standing": "pooled",
                "amount_pence": 4_512_000,
                "as_at_on": "2026-03-31",
                "source": "Closing balance of the general ledger, 2025-26",
                "pool": "Carbon offset contributions before 2019",
                "purpose": "green-infrastructure",
            }
        }
    )

    pot_id: UUID
    organisation: str
    standing: Standing
    amount_pence: int
    as_at_on: date
    source: str
    spend_by_on: date | None = None
    agreement_id: UUID | None = None
    obligation_id: UUID | None = None
    pool: str | None = None
    purpose: str | None = None
    wards: tuple[str, ...] = ()


@router.post("/opening-balances", status_code=201)
async def post_opening_balance(
    body: OpeningBalanceBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER)]
) -> Recorded:
    """Take a balance over at the cut-over: reconciled, unreconciled, or pooled without a single deed."""
    return await edge.perform(EnterOpeningBalance(**body.model_dump()), enter_opening_balance)


@router.post("", status_code=201)
async def post_record_keeping(
    body: RecordKeepingBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER)]
) -> KeepingIs:
    """Decide where the record lives: master (made here) or follower (taken from another system's exports)."""
    return await edge.perform(DecideRecordKeeping(**body.model_dump()), decide_record_keeping)


@router.get("")
async def get_record_keeping(view: Annotated[View, reads(*REGISTER_READERS)]) -> list[RecordKeepingView]:
    """The decisions in force, by organisation; an organisation without one is master."""
    return await list_record_keeping(view.session)


@router.get("/{organisation}/history")
async def get_record_keeping_history(
    organisation: str, view: Annotated[View, reads(*REGISTER_READERS)]
) -> list[RecordKeepingView]:
    """Every decision of an organisation with who and when, the newest first."""
    return await record_keeping_history(view.session, organisation)
