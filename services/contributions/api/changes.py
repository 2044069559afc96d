"""Corrections and deeds of variation, earlier versions, and the history of an agreement.

`seen_sequence` may say which sequence of the agreement a change was decided by: a later one refuses it.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from services.contributions.api.changing import DeveloperBody, ObligationTerms, Words, changes_of
from services.contributions.api.roles import REGISTER_READERS
from services.contributions.commands.register.correct_agreement import CorrectAgreement, correct_agreement
from services.contributions.commands.register.correct_obligation import CorrectObligation, correct_obligation
from services.contributions.commands.register.vary_agreement import (
    VariedObligation,
    VaryAgreement,
    vary_agreement,
)
from services.contributions.domain.register.agreement import AgreementKind
from services.contributions.domain.register.changes import Variation
from services.contributions.queries.history import AgreementHistory, show_history
from services.contributions.queries.versions import AgreementVersion, show_version
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(prefix="/agreements/{agreement_id}", tags=["agreements"])

OF_THE_CORRECTION = frozenset({"correction_id", "reason", "seen_sequence"})
OF_THE_VARIATION = frozenset({"obligation_id"})


class AgreementCorrectionBody(BaseModel):
    """What should have been recorded, and why; fields that are not sent stay as they are."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "correction_id": "5f0c3f7e-2f0e-4d53-9e0b-4ad0c6a1b001",
                "reason": "The deed is dated 17 April; it was typed as 14 April.",
                "deed_on": "2019-04-17",
            }
        }
    )

    correction_id: UUID
    reason: Words
    seen_sequence: int | None = None
    reference: Words = ""
    name: Words = ""
    planning_application: Words = ""
    kind: AgreementKind | None = None
    deed_on: date | None = None
    document_url: str | None = None
    site_address: Words | None = None
    ward: Words | None = None
    developer: DeveloperBody | None = None


class ObligationCorrectionBody(ObligationTerms):
    """What should have been recorded of an obligation, and why; fields that are not sent stay."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "correction_id": "5f0c3f7e-2f0e-4d53-9e0b-4ad0c6a1b002",
                "reason": "A nought was missing.",
                "amount_pence": 8_859_600,
            }
        }
    )

    correction_id: UUID
    reason: Words
    seen_sequence: int | None = None
    reference: Words = ""


class VariedObligationBody(ObligationTerms):
    """The terms of one obligation that the deed changes."""

    obligation_id: UUID


class VariedAgreementBody(BaseModel):
    """What the deed changes of the agreement itself; fields that are not sent stay."""

    name: Words = ""
    planning_application: Words = ""
    site_address: Words | None = None
    ward: Words | None = None
    developer: DeveloperBody | None = None


class VariationBody(BaseModel):
    """A deed of variation: its own date and document, in words what it changes (published), and the terms."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "variation_id": "5f0c3f7e-2f0e-4d53-9e0b-4ad0c6a1b003",
                "deed_on": "2022-05-03",
                "document_url": "https://planning.example/deed-of-variation.pdf",
                "summary": "The carbon offset sum may be spent within ten years instead of five.",
                "obligations": [
                    {"obligation_id": "5f0c3f7e-2f0e-4d53-9e0b-4ad0c6a1b004", "spend_by_months": 120}
                ],
            }
        }
    )

    variation_id: UUID
    deed_on: date
    document_url: str | None = None
    summary: Words
    seen_sequence: int | None = None
    agreement: VariedAgreementBody = VariedAgreementBody()
    obligations: tuple[VariedObligationBody, ...] = ()


@router.post("/corrections", status_code=201)
async def post_correction(
    agreement_id: UUID, body: AgreementCorrectionBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Put right a mistake in what was recorded of an agreement."""
    command = CorrectAgreement(
        agreement_id=agreement_id,
        correction_id=body.correction_id,
        reason=body.reason,
        seen_sequence=body.seen_sequence,
        changes=changes_of(body, leaving=OF_THE_CORRECTION),
    )
    return await edge.perform(command, correct_agreement)


@router.post("/obligations/{obligation_id}/corrections", status_code=201)
async def post_obligation_correction(
    agreement_id: UUID,
    obligation_id: UUID,
    body: ObligationCorrectionBody,
    edge: Annotated[Edge, commands(Role.OFFICER)],
) -> Recorded:
    """Put right a mistake in what was recorded of an obligation, before money came of it."""
    command = CorrectObligation(
        agreement_id=agreement_id,
        obligation_id=obligation_id,
        correction_id=body.correction_id,
        reason=body.reason,
        seen_sequence=body.seen_sequence,
        changes=changes_of(body, leaving=OF_THE_CORRECTION),
    )
    return await edge.perform(command, correct_obligation)


@router.post("/variations", status_code=201)
async def post_variation(
    agreement_id: UUID, body: VariationBody, edge: Annotated[Edge, commands(Role.OFFICER)]
) -> Recorded:
    """Record a deed of variation: a new version of the agreement; the one before is kept whole."""
    command = VaryAgreement(
        agreement_id=agreement_id,
        variation=Variation(
            id=body.variation_id,
            deed_on=body.deed_on,
            document_url=body.document_url or None,
            summary=body.summary,
        ),
        changes=changes_of(body.agreement),
        seen_sequence=body.seen_sequence,
        obligations=tuple(
            VariedObligation(
                obligation_id=each.obligation_id, changes=changes_of(each, leaving=OF_THE_VARIATION)
            )
            for each in body.obligations
        ),
    )
    return await edge.perform(command, vary_agreement)


@router.get("/versions/{deed_version}")
async def get_version(
    agreement_id: UUID, deed_version: int, view: Annotated[View, reads(*REGISTER_READERS)]
) -> AgreementVersion:
    """One version of an agreement, 1 for the deed itself, with its obligations as they were in it."""
    return await show_version(view.session, agreement_id, deed_version)


@router.get("/history")
async def get_history(
    agreement_id: UUID, view: Annotated[View, reads(*REGISTER_READERS)]
) -> AgreementHistory:
    """Every change of an agreement, its obligations and pots: who, when, from what to what."""
    return await show_history(view.session, agreement_id)
