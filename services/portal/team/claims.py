"""Claims to verify: the list, one with its evidence, and the verification."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, TypeAdapter
from sqlalchemy import text

from services.portal.identity.pages_rule import Page
from services.portal.layout.fields import Day, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.team.acting import Act, act_on_project
from services.portal.team.models import Claim
from services.portal.team.projects import TeamForm, TeamPage, read_project
from shared.errors import NotFound

router = APIRouter(include_in_schema=False)

VERIFICATION = Act(
    Form(
        Day(name="verified_on", label="Date you saw the works", ask="the day you saw the works"),
        Text(name="finding", label="What you found", ask="what you found", longest=2000),
    ),
    "team/claim.html",
    "claim",
)
TO_VERIFY = text(
    """
    SELECT c.application_id, c.claim_id, c.milestone, c.claimed_pence, c.claimed_on,
           a.reference, a.building_name
    FROM claim c LEFT JOIN application a USING (application_id)
    WHERE c.submitted_sequence IS NOT NULL AND c.verified_sequence IS NULL
    ORDER BY c.claimed_on, c.claim_id LIMIT 500
    """
)


class Evidence(BaseModel):
    """One file behind a claim; its name is only for showing."""

    evidence_id: UUID
    display_name: str
    content_type: str
    size_bytes: int

    @property
    def size(self) -> str:
        """How large it is, for people."""
        return f"{max(1, round(self.size_bytes / 1000)):,} kB"


class ClaimWithEvidence(BaseModel):
    """A claim as applications keeps it."""

    claim_id: UUID
    claimed_on: date
    evidence: list[Evidence]


ClaimsWithEvidence = TypeAdapter(list[ClaimWithEvidence])


@router.get("/team/claims")
async def list_claims(page: TeamPage) -> Response:
    """The claims of all projects that nobody has verified yet, the longest waiting first."""
    return render(page.request, "team/claims.html", claims=await _to_verify(page))


@router.get("/team/projects/{application_id}/claims/{claim_id}")
async def ask_for_verification(page: TeamPage, application_id: UUID, claim_id: UUID) -> Response:
    """The claim with its evidence, and the form; a verified one shows what was found."""
    return await _ask(page, application_id, claim_id, VERIFICATION.questions.blank())


@router.post("/team/projects/{application_id}/claims/{claim_id}")
async def verify_claim(sent: TeamForm, application_id: UUID, claim_id: UUID) -> Response:
    """Verify the claim, and go back to the project."""
    answer = await act_on_project(sent, VERIFICATION, application_id, f"claims/{claim_id}/verify")
    return await _ask(sent, application_id, claim_id, answer, 422) if isinstance(answer, Filled) else answer


@router.get("/team/projects/{application_id}/evidence/{evidence_id}")
async def download_evidence(page: TeamPage, application_id: UUID, evidence_id: UUID) -> Response:
    """A file as applications keeps it, to be saved, never shown as a page of this site."""
    file = await page.services.applications.download(f"/applications/{application_id}/evidence/{evidence_id}")
    return Response(file.content, headers={**file.headers, "cache-control": "private, no-store"})


async def _to_verify(page: Page) -> Sequence[Any]:
    async with page.reading() as session:
        return (await session.execute(TO_VERIFY)).all()


async def _ask(
    page: Page, application_id: UUID, claim_id: UUID, form: Filled, status_code: int = 200
) -> Response:
    project = await read_project(page, application_id)
    claim: Claim | None = next((one for one in project.claims if one.claim_id == claim_id), None)
    if claim is None:
        raise NotFound("claim.unknown", "This project has no such claim. Choose one from its page.")
    return render(
        page.request,
        VERIFICATION.template,
        status_code=status_code,
        form=form,
        project=project,
        claim=claim,
        evidence=await _evidence(page, application_id, claim_id),
    )


async def _evidence(page: Page, application_id: UUID, claim_id: UUID) -> list[Evidence]:
    answer = await page.services.applications.get(f"/applications/{application_id}/claims")
    claims = ClaimsWithEvidence.validate_python(answer)
    return next((one.evidence for one in claims if one.claim_id == claim_id), [])
