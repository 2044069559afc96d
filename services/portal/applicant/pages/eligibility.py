"""Check whether the fund is for you: public, before anybody signs in."""

from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Response

from services.portal.identity.pages_rule import Page, page
from services.portal.layout.templates import render
from shared.web.roles import Caller

router = APIRouter(include_in_schema=False)

VISITOR = Caller(UUID(int=0), frozenset())
"""Nobody in particular, without a role: what everybody may read."""


@router.get("/apply")
async def show_funds(page: Annotated[Page, page()]) -> Response:
    """What each fund pays for, who may apply, how much, and what to have at hand."""
    return render(page.request, "applicant/eligibility.html", funds=await open_funds(page))


async def open_funds(page: Page) -> list[Any]:
    """All funds with their terms, whoever asks."""
    caller = page.visitor.caller if page.visitor else VISITOR
    correlation = getattr(page.request.state, "correlation_id", None) or uuid4()
    services = page.request.app.state.clients.on_behalf_of(caller, correlation)
    funds: list[Any] = await services.applications.get("/funds")
    return funds
