"""The first page of this audience; its pages are written in modules beside this one."""

from typing import Annotated

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, page
from services.portal.layout.templates import render
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)


@router.get("/team/projects")
async def show_start(page: Annotated[Page, page(Role.TEAM)]) -> Response:
    """Where this audience begins."""
    return render(page.request, "team/start.html")
