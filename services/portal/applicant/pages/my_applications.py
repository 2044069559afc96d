"""The applications of the person's organisations, with plain statuses."""

from typing import Annotated

from fastapi import APIRouter, Response

from services.portal.applicant.wording import status_words
from services.portal.identity.pages_rule import Page, page
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)


@router.get("/applicant")
async def show_applications(page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """What was begun, sent, offered and claimed; the newest first."""
    lines = await page.services.applications.get("/applications")
    return render(
        page.request, "applicant/my_applications.html", lines=[(line, *_status(line)) for line in lines]
    )


def _status(line: dict[str, str]) -> tuple[str, str, str]:
    return status_words(line["status"])
