"""Refunds of unspent money: one person asks, another approves, finance's own system returns it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.refunds.approve_refund import ApproveRefund, approve_refund
from services.contributions.commands.refunds.mark_returned import MarkReturned, mark_returned
from services.contributions.commands.refunds.refuse_refund import RefuseRefund, refuse_refund
from services.contributions.commands.refunds.request_refund import RequestRefund, request_refund
from services.contributions.queries.refunds import RefundList, RefundView, list_refunds, show_refund
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/refunds", tags=["refunds"])

FINANCE = (Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER)


class RefundBody(BaseModel):
    """Unspent money of a pot, in pence, for the payee that the deed names; the caller names its id."""

    refund_id: UUID
    pot_id: UUID
    amount_pence: int = Field(examples=[1_250_000])
    payee: str = Field(examples=["Netherbourne Developments Limited"])
    payee_reference: str | None = Field(None, examples=["Supplier 204417"])
    reason: str = Field(examples=["Unspent at the spend-by date of clause 4.3."])
    requested_on: date


class RefundApprovalBody(BaseModel):
    """The day of the approval."""

    approved_on: date


class RefundRefusalBody(BaseModel):
    """Why and when a refund was stopped."""

    refused_on: date
    reason: str = Field(examples=["The payee was dissolved; the deed names its successor."])


class ReturnedBody(BaseModel):
    """What finance did: its voucher, and the day the money left."""

    voucher: str = Field(examples=["V-2026-0815"])
    returned_on: date


@router.get("")
async def get_refunds(view: Annotated[View, reads(*REGISTER_READERS)]) -> RefundList:
    """All refunds, and the pots past their spend-by date that still hold money."""
    return await list_refunds(view.session, view.today)


@router.get("/{refund_id}")
async def get_refund(refund_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]) -> RefundView:
    """One refund."""
    return await show_refund(view.session, refund_id)


@router.post("", status_code=201)
async def post_refund(
    body: RefundBody, edge: Annotated[Edge, commands(Role.FUND_MANAGER, Role.PAYMENT_REQUESTER)]
) -> Recorded:
    """Ask for unspent money to go back."""
    return await edge.perform(RequestRefund(**body.model_dump()), request_refund)


@router.post("/{refund_id}/approve", status_code=201)
async def post_refund_approval(
    refund_id: UUID, body: RefundApprovalBody, edge: Annotated[Edge, commands(Role.PAYMENT_APPROVER)]
) -> Recorded:
    """Approve a refund that somebody else asked for."""
    return await edge.perform(ApproveRefund(refund_id=refund_id, **body.model_dump()), approve_refund)


@router.post("/{refund_id}/refuse", status_code=201)
async def post_refund_refusal(
    refund_id: UUID,
    body: RefundRefusalBody,
    edge: Annotated[Edge, commands(Role.FUND_MANAGER, *FINANCE)],
) -> Recorded:
    """Stop a refund before the money leaves; its sum is available again."""
    return await edge.perform(RefuseRefund(refund_id=refund_id, **body.model_dump()), refuse_refund)


@router.post("/{refund_id}/returned", status_code=201)
async def post_returned(
    refund_id: UUID, body: ReturnedBody, edge: Annotated[Edge, commands(*FINANCE)]
) -> Recorded:
    """Record that finance returned the money."""
    return await edge.perform(MarkReturned(refund_id=refund_id, **body.model_dump()), mark_returned)
