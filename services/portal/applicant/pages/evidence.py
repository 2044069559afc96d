"""Evidence for a claim: files that show what was done, sent one by one."""

import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.datastructures import UploadFile

from services.portal.applicant.drafts import Draft, go_on, open_draft
from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import File
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

NOT_FOUND, UNPROCESSABLE = 404, 422
UNKNOWN_TYPE = "application/octet-stream"
FORM = Form(
    File(name="file", label="File", ask="a file that shows what was done", largest_bytes=10 * 1024 * 1024)
)


@router.get("/applicant/applications/{application_id}/evidence")
async def show_evidence(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The files sent so far, and a place for another."""
    draft = await open_draft(page, application_id)
    if draft.status != "accepted":
        return go_on(draft.path())
    return _show(page, draft, FORM.blank())


@router.post("/applicant/applications/{application_id}/evidence")
async def send_evidence(
    application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """Pass the file on: the applications service looks at what it really is."""
    draft, filled = await open_draft(sent, application_id), sent.read(FORM)
    if not filled.ok:
        return _show(sent, draft, filled, UNPROCESSABLE)
    try:
        await _pass_on(sent, draft, filled)
    except ServiceProblem as problem:
        if problem.status == NOT_FOUND:
            raise
        return _show(sent, draft, filled.with_problems(problem.for_form), problem.status)
    return go_on(draft.path("evidence"))


@router.get("/applicant/applications/{application_id}/evidence/{evidence_id}")
async def download_evidence(
    application_id: UUID, evidence_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]
) -> Response:
    """A file as it was sent, to be saved, never shown as a page of this site."""
    path = f"/applications/{application_id}/evidence/{evidence_id}"
    file = await page.services.applications.download(path)
    return Response(file.content, headers={**file.headers, "content-security-policy": "sandbox"})


async def _pass_on(sent: SentForm, draft: Draft, filled: Filled) -> None:
    file = filled.values["file"]
    assert isinstance(file, UploadFile)
    content = await file.read()
    once = hashlib.sha256(content).hexdigest()[:24]
    await sent.services.applications.upload(
        f"/applications/{draft.id}/evidence",
        {"file": (file.filename or "file", content, UNKNOWN_TYPE)},
        {"evidence_id": str(sent.id_for(f"evidence:{once}"))},
        key=f"{sent.idempotency_key}:{once}",
    )


def _show(page: Page, draft: Draft, form: Filled, status_code: int = 200) -> Response:
    return render(
        page.request,
        "applicant/evidence.html",
        status_code=status_code,
        form=form,
        draft=draft,
        files=draft.told["evidence"],
    )
