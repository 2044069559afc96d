"""Payments: one person asks, another approves, finance's own system pays."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.grants.approve_payment import ApprovePayment, approve_payment
from services.contributions.commands.grants.mark_paid import MarkPaid, mark_paid
from services.contributions.commands.grants.refuse_payment import RefusePayment, refuse_payment
from services.contributions.commands.grants.request_payment import RequestPayment, request_payment
from services.contributions.queries.grants import ClaimView, PaymentView, list_payments, payable_claims
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["payments"])


class PaymentBody(BaseModel):
    """Which verified claim is to be paid."""

    payment_id: UUID
    application_id: UUID
    claim_id: UUID
    requested_on: date


class ApprovalBody(BaseModel):
    """The day of the approval."""

    approved_on: date


class RefusalBody(BaseModel):
    """Why and when a payment was stopped; the reason is published, so it names nobody."""

    refused_on: date
    reason: str


class PaidBody(BaseModel):
    """What finance did: its voucher, and the day the money left."""

    voucher: str
    paid_on: date


@router.get("/payable-claims")
async def get_payable_claims(view: Annotated[View, reads(Role.PAYMENT_REQUESTER)]) -> list[ClaimView]:
    """Verified claims that wait for somebody to ask for their payment."""
    return await payable_claims(view.session)


@router.get("/payments")
async def get_payments(
    view: Annotated[View, reads(*REGISTER_READERS)],
) -> list[PaymentView]:
    """All payments and how far they have come."""
    return await list_payments(view.session)


@router.post("/payments", status_code=201)
async def post_payment(
    body: PaymentBody, edge: Annotated[Edge, commands(Role.PAYMENT_REQUESTER)]
) -> Recorded:
    """Ask for a claim to be paid."""
    return await edge.perform(RequestPayment(**body.model_dump()), request_payment)


@router.post("/payments/{payment_id}/approve", status_code=201)
async def post_approval(
    payment_id: UUID, body: ApprovalBody, edge: Annotated[Edge, commands(Role.PAYMENT_APPROVER)]
) -> Recorded:
    """Approve a payment that somebody else asked for."""
    return await edge.perform(
        ApprovePayment(payment_id=payment_id, approved_on=body.approved_on), approve_payment
    )


@router.post("/payments/{payment_id}/refuse", status_code=201)
async def post_refusal(
    payment_id: UUID,
    body: RefusalBody,
    edge: Annotated[Edge, commands(Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER)],
) -> Recorded:
    """Stop a payment that was not made yet; whoever asked may not stop it once it is approved."""
    return await edge.perform(RefusePayment(payment_id=payment_id, **body.model_dump()), refuse_payment)


@router.post("/payments/{payment_id}/paid", status_code=201)
async def post_paid(
    payment_id: UUID,
    body: PaidBody,
    edge: Annotated[Edge, commands(Role.PAYMENT_REQUESTER, Role.PAYMENT_APPROVER)],
) -> Recorded:
    """Record that finance paid."""
    return await edge.perform(MarkPaid(payment_id=payment_id, **body.model_dump()), mark_paid)
