"""Agreements, obligations, triggers and receipts, for officers."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.contributions.api.changing import DeveloperBody
from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.receipts.record_receipt import RecordReceipt, record_receipt
from services.contributions.commands.register.meet_trigger import MeetTrigger, meet_trigger
from services.contributions.commands.register.record_agreement import RecordAgreement, record_agreement
from services.contributions.commands.register.record_obligation import RecordObligation, record_obligation
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.register.trigger import TriggerKind
from services.contributions.queries.agreements import (
    AgreementDetail,
    AgreementPage,
    show_agreement,
)
from services.contributions.queries.search import Wanted, list_agreements
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/agreements", tags=["agreements"])


class AgreementBody(BaseModel):
    """A deed as an officer enters it; the caller names its id."""

    agreement_id: UUID
    organisation: str
    reference: str
    planning_application: str
    kind: AgreementKind
    deed_on: date
    name: str | None = None
    document_url: str | None = None
    site_address: str | None = None
    ward: str | None = None
    developer: DeveloperBody | None = None


class ObligationBody(BaseModel):
    """What a clause secures, in pence, and what makes it due: in the deed's words, and by kind."""

    obligation_id: UUID
    reference: str
    purpose: str
    amount_pence: int
    spend_by_months: int | None = None
    wards: tuple[str, ...] = ()
    trigger: str
    trigger_kind: TriggerKind = TriggerKind.OTHER
    trigger_dwelling: int | None = None
    trigger_percent: int | None = None
    trigger_on: date | None = None
    clause: str | None = None


class TriggerBody(BaseModel):
    """The day on which the trigger was met."""

    trigger_met_on: date


class ReceiptBody(BaseModel):
    """A developer's payment, in pence; its id becomes the pot's."""

    receipt_id: UUID
    amount_pence: int
    received_on: date


@router.post("", status_code=201)
async def post_agreement(body: AgreementBody, edge: Annotated[Edge, commands(Role.OFFICER)]) -> Recorded:
    """Enter an agreement."""
    developer = body.developer.as_developer() if body.developer else None
    command = RecordAgreement(**body.model_dump(exclude={"developer"}), developer=developer)
    return await edge.perform(command, record_agreement)


@router.get("")
async def get_agreements(
    view: Annotated[View, reads(*REGISTER_READERS)],
    wanted: Annotated[Wanted, Query()],
) -> AgreementPage:
    """Agreements in the order of their references that have all that is asked for.

    Each word of the search must be in the reference, name, application, site, developer or ward, or in an
    obligation's reference, trigger or wards.
    """
    return await list_agreements(view.session, wanted)


@router.get("/{agreement_id}")
async def get_agreement(
    agreement_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> AgreementDetail:
    """One agreement with its obligations, its deeds of variation and its payees."""
    return await show_agreement(view.session, agreement_id)


@router.post("/{agreement_id}/obligations", status_code=201)
async def post_obligation(
    agreement_id: UUID, body: ObligationBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Enter an obligation of an agreement."""
    command = RecordObligation(agreement_id=agreement_id, **body.model_dump())
    return await edge.perform(command, record_obligation)


@router.post("/{agreement_id}/obligations/{obligation_id}/trigger", status_code=201)
async def post_trigger(
    agreement_id: UUID,
    obligation_id: UUID,
    body: TriggerBody,
    edge: Annotated[Edge, commands(Role.OFFICER)],
) -> Recorded:
    """Record that the trigger of an obligation was met."""
    command = MeetTrigger(
        agreement_id=agreement_id, obligation_id=obligation_id, trigger_met_on=body.trigger_met_on
    )
    return await edge.perform(command, meet_trigger)


@router.post("/{agreement_id}/obligations/{obligation_id}/receipts", status_code=201)
async def post_receipt(
    agreement_id: UUID,
    obligation_id: UUID,
    body: ReceiptBody,
    edge: Annotated[Edge, commands(Role.OFFICER)],
) -> Recorded:
    """Record money received; the pot it opens has the receipt's id."""
    command = RecordReceipt(agreement_id=agreement_id, obligation_id=obligation_id, **body.model_dump())
    return await edge.perform(command, record_receipt)
