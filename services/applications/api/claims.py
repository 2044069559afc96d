"""Evidence and claims over HTTP; a file is sent first, then the claim that rests on it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response, UploadFile

from services.applications import queries
from services.applications.api.body import Body
from services.applications.commands.send_evidence import EvidenceSending, Kept, SendEvidence
from services.applications.commands.submit_claim import SubmitClaim, submit_claim
from services.applications.domain.evidence import LARGEST_BYTES
from services.applications.files import EvidenceFiles
from services.applications.queries.views import ClaimView
from shared.web import Edge, Role, View, commands, read_upload, reads
from shared.web.answers import Recorded

EVIDENCE: dict[str, dict[str, str]] = {"application/pdf": {}, "image/png": {}, "image/jpeg": {}}

router = APIRouter(prefix="/applications/{application_id}", tags=["claims"])

Applicant = Annotated[Edge, commands(Role.APPLICANT)]
ClaimsView = Annotated[View, reads(Role.APPLICANT, Role.TEAM)]


class ClaimBody(Body):
    """Part of the grant that is claimed (pence), and the files that show what was done."""

    claim_id: UUID
    milestone: str
    amount_pence: int
    claimed_on: date
    evidence_ids: tuple[UUID, ...] = ()


@router.post("/evidence", status_code=201)
async def post_evidence(
    application_id: UUID,
    evidence_id: Annotated[UUID, Form()],
    file: UploadFile,
    request: Request,
    edge: Applicant,
) -> Kept:
    """Send a PDF, PNG or JPEG of at most 10 MB as evidence."""
    command = SendEvidence(
        application_id=application_id,
        evidence_id=evidence_id,
        content=await read_upload(file, limit_bytes=LARGEST_BYTES),
        client_name=file.filename or "",
    )
    return await edge.perform(command, EvidenceSending(_files(request)).send)


@router.get("/evidence/{evidence_id}", response_class=Response, responses={200: {"content": EVIDENCE}})
async def get_evidence(
    application_id: UUID, evidence_id: UUID, request: Request, view: ClaimsView
) -> Response:
    """The content of a file, to be saved, never shown as a page of this site."""
    stored = await queries.get_evidence(view, application_id, evidence_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{stored.file_name}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    content = await _files(request).read(stored.sha256)
    return Response(content, media_type=stored.content_type, headers=headers)


@router.post("/claims", status_code=201)
async def post_claim(application_id: UUID, body: ClaimBody, edge: Applicant) -> Recorded:
    """Claim part of the grant."""
    return await edge.perform(SubmitClaim(application_id=application_id, **dict(body)), submit_claim)


@router.get("/claims")
async def get_claims(application_id: UUID, view: ClaimsView) -> tuple[ClaimView, ...]:
    """The claims of an application, for its own people and the team."""
    return await queries.list_claims(view, application_id)


def _files(request: Request) -> EvidenceFiles:
    return EvidenceFiles(request.app.state.service.settings.files)
