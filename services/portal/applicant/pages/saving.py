"""The saving that the application promises: every step, its figures and where they come from."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import open_draft
from services.portal.applicant.promise_in_words import worked_out
from services.portal.identity.pages_rule import Page, page
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)


@router.get("/applicant/applications/{application_id}/saving")
async def show_saving(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The promise, or what is missing before it can be worked out."""
    draft = await open_draft(page, application_id)
    worked = await worked_out(page, application_id)
    return render(page.request, "applicant/saving.html", draft=draft, worked=worked)
