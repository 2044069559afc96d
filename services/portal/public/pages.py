"""The pages that everybody may see."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.portal.layout.templates import render
from shared.web import View, reads

router = APIRouter(include_in_schema=False)


@router.get("/")
async def show_home(request: Request, view: Annotated[View, reads()]) -> Response:
    """What the fund holds, granted, paid, promised and verified."""
    del view
    return render(request, "public/home.html")
