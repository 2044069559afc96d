"""The pages that everybody may see: the fund, its pots, the register of grants, the trace."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from services.portal.clients import ServiceAway
from services.portal.identity.pages_rule import Page, page
from services.portal.layout.fields import Text
from services.portal.layout.forms import Form
from services.portal.layout.templates import render
from services.portal.public.council_files import read_editions
from services.portal.public.drawings import pot_chart, savings_chart
from services.portal.public.kept import kept
from services.portal.public.register import PotsPage, RegisterPage, fund_totals, list_grants, list_pots
from services.portal.public.trace import trace_pot, trace_project
from shared.errors import NotFound
from shared.web import View, anyone, reads

router = APIRouter(include_in_schema=False)

POTS_ON_START = 10
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
SEARCH = Form(Text(name="search", label="Search", required=False))


@router.get("/")
async def show_start(request: Request, view: Annotated[View, reads()]) -> Response:
    """What the fund holds, granted, paid, promised and verified, and the pots to be spent first."""

    async def make() -> Response:
        totals = await fund_totals(view.session)
        pots = await list_pots(view.session, 1, size=POTS_ON_START)
        return render(request, "public/start.html", totals=totals, listed=pots)

    return await kept(request, view.session, make)


@router.get("/pots")
async def show_pots(
    request: Request, view: Annotated[View, reads()], page: PageNumber = 1, organisation: str = ""
) -> Response:
    """Every pot with what has become of it."""

    async def make() -> Response:
        listed = await list_pots(view.session, page, organisation=organisation)
        _refuse_behind_the_last(listed)
        return render(request, "public/pots.html", listed=listed, organisation=organisation)

    return await kept(request, view.session, make)


@router.get("/register")
async def show_register(
    request: Request, view: Annotated[View, reads()], page: PageNumber = 1, search: str = ""
) -> Response:
    """The grants, the latest award first."""

    async def make() -> Response:
        listed = await list_grants(view.session, page, search=search)
        _refuse_behind_the_last(listed)
        searching = SEARCH.showing({"search": search})
        return render(request, "public/register.html", listed=listed, search=search, searching=searching)

    return await kept(request, view.session, make)


@router.get("/trace/pots/{pot_id}")
async def show_pot_trace(request: Request, pot_id: UUID, view: Annotated[View, reads()]) -> Response:
    """From the clause that secured a pot to the kilograms it helped to save."""

    async def make() -> Response:
        trace = await trace_pot(view.session, pot_id)
        return render(request, "public/pot_trace.html", trace=trace, chart=pot_chart(trace.pot))

    return await kept(request, view.session, make)


@router.get("/trace/projects/{application_id}")
async def show_project_trace(
    request: Request, application_id: UUID, view: Annotated[View, reads()]
) -> Response:
    """From one project back to the clauses that secured its money, and on to what it saved."""

    async def make() -> Response:
        trace = await trace_project(view.session, application_id)
        return render(request, "public/project_trace.html", trace=trace, chart=savings_chart(trace))

    return await kept(request, view.session, make)


@router.get("/open-data")
async def show_open_data(page: Annotated[Page, page()]) -> Response:
    """Where programs and spreadsheets find the same figures."""
    try:
        editions = await read_editions(page)
    except ServiceAway:
        return render(page.request, "public/open_data.html", editions=(), away=True)
    return render(page.request, "public/open_data.html", editions=editions, away=False)


@router.get("/help", dependencies=[anyone()])
async def show_help(request: Request) -> Response:
    """Whom to ask."""
    return render(request, "public/help.html")


@router.get("/accessibility", dependencies=[anyone()])
async def show_accessibility(request: Request) -> Response:
    """How accessible the service is, and how to say what is not."""
    return render(request, "public/accessibility.html")


def _refuse_behind_the_last(listed: PotsPage | RegisterPage) -> None:
    """A page number that the list does not reach; the first is there even when nothing is on it."""
    if listed.page > max(listed.pages, 1):
        count = "is only 1 page" if listed.pages <= 1 else f"are only {listed.pages} pages"
        raise NotFound("page.not_found", f"There {count} of this list. Go back to the first.")
