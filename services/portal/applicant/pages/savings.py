"""Promised against measured, for the applicant's own project."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import open_draft
from services.portal.applicant.measured import chart_of, measured_savings, rows_of
from services.portal.identity.pages_rule import Page, page
from services.portal.layout.csv_files import csv_response
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

COLUMNS = (
    "First day",
    "Last day",
    "Promised for these days, kgCO2e",
    "Saved, kgCO2e",
    "Band, plus or minus kgCO2e",
    "Avoided, kWh",
    "Verified on",
)


@router.get("/applicant/applications/{application_id}/savings")
async def show_savings(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """What was promised, what has been measured, and how sure that is."""
    draft = await open_draft(page, application_id)
    project = await measured_savings(page, draft)
    return render(
        page.request,
        "applicant/savings.html",
        draft=draft,
        project=project,
        chart=chart_of(project) if project.savings else None,
    )


@router.get("/applicant/applications/{application_id}/savings.csv")
async def download_savings(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The same figures for a spreadsheet."""
    draft = await open_draft(page, application_id)
    project = await measured_savings(page, draft)
    return csv_response(f"{draft.reference}-savings.csv", COLUMNS, rows_of(project))
