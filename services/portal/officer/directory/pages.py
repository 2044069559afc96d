"""The page of all pages."""

from fastapi import APIRouter, Response

from services.portal.officer.directory.contents import contents_for
from services.portal.officer.rules import PotsPage
from services.portal.officer.showing import show

router = APIRouter(include_in_schema=False)


@router.get("/officer/all-pages")
async def show_all_pages(page: PotsPage) -> Response:
    """Everything that the signed-in person may open about developers' money."""
    return show(page, "officer/directory/all_pages.html", sections=contents_for(page.person.caller.roles))
