"""The register, the trace and the books as JSON: open to everybody."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import TypeAdapter

from services.portal.public.books import Books, read_books
from services.portal.public.kept import kept
from services.portal.public.models import FundTotals, PotTrace, ProjectTrace
from services.portal.public.register import PotsPage, RegisterPage, fund_totals, list_grants, list_pots
from services.portal.public.trace import trace_pot, trace_project
from shared.web import View, reads

router = APIRouter(prefix="/api", tags=["open data"])

LARGEST_PAGE = 500
BOOKS = TypeAdapter(Books)
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
PageSize = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]


@router.get("/fund")
async def get_fund(view: Annotated[View, reads()]) -> FundTotals:
    """What the fund holds, granted, paid, promised and verified."""
    return await fund_totals(view.session)


@router.get("/pots")
async def get_pots(
    view: Annotated[View, reads()], page: PageNumber = 1, size: PageSize = 100, organisation: str = ""
) -> PotsPage:
    """The pots with their balances, the next to be spent first."""
    return await list_pots(view.session, page, organisation=organisation, size=size)


@router.get("/register")
async def get_register(
    view: Annotated[View, reads()], page: PageNumber = 1, size: PageSize = 100, search: str = ""
) -> RegisterPage:
    """The grants, the latest award first."""
    return await list_grants(view.session, page, search=search, size=size)


@router.get("/trace/pots/{pot_id}")
async def get_pot_trace(pot_id: UUID, view: Annotated[View, reads()]) -> PotTrace:
    """From the money of one pot to the kilograms it helped to save."""
    return await trace_pot(view.session, pot_id)


@router.get("/trace/projects/{application_id}")
async def get_project_trace(application_id: UUID, view: Annotated[View, reads()]) -> ProjectTrace:
    """From one project back to the clauses of the deeds, and on to what it saved."""
    return await trace_project(view.session, application_id)


@router.get("/books", response_model=Books)
async def get_books(request: Request, view: Annotated[View, reads()]) -> Response:
    """What the portal believes of every pot and grant, to be held against the services' own books."""

    async def make() -> Response:
        books = await read_books(view.session)
        return Response(BOOKS.dump_json(books), media_type="application/json")

    return await kept(request, view.session, make)
