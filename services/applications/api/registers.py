"""Funds and organisations over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from services.applications import queries
from services.applications.api.body import Body
from services.applications.commands.open_fund import OpenFund, open_fund
from services.applications.commands.register_organisation import RegisterOrganisation, register_organisation
from services.applications.domain.organisation import Contact
from services.applications.queries.views import FundView, OrganisationView
from shared.events.applications import Criterion, FundTerms
from shared.web import Edge, Role, View, commands, reads
from shared.web.answers import Recorded

router = APIRouter(tags=["funds and organisations"])


class TermsBody(Body):
    """The terms of a fund: who may apply for what, how much of it is paid, and how it is judged."""

    fund_id: UUID | None = None
    name: str
    organisation: str
    purposes: tuple[str, ...]
    wards: tuple[str, ...]
    organisation_kinds: tuple[str, ...]
    measure_kinds: tuple[str, ...]
    grant_percent_limit: int
    maximum_grant_pence: int
    minimum_quotes: int
    criteria: tuple[Criterion, ...]


class FundBody(Body):
    """A fund to open."""

    fund_id: UUID
    opens_on: date
    terms: TermsBody


class ContactBody(Body):
    """Whom to ask at an organisation."""

    name: str
    email: str
    telephone: str | None = None


class OrganisationBody(Body):
    """An organisation to register."""

    organisation_id: UUID
    name: str
    kind: str
    charity_number: str | None = None
    contact: ContactBody


@router.post("/funds", status_code=201)
async def post_fund(body: FundBody, edge: Annotated[Edge, commands(Role.OFFICER)]) -> Recorded:
    """Open a fund for applications."""
    terms = FundTerms(**{**dict(body.terms), "fund_id": body.fund_id})
    return await edge.perform(OpenFund(opens_on=body.opens_on, terms=terms), open_fund)


@router.get("/funds")
async def get_funds(view: Annotated[View, reads()]) -> list[FundView]:
    """All funds with their terms, for everybody."""
    return await queries.list_funds(view)


@router.get("/funds/{fund_id}")
async def get_fund(fund_id: UUID, view: Annotated[View, reads()]) -> FundView:
    """One fund with its terms, for everybody."""
    return await queries.get_fund(view, fund_id)


@router.post("/organisations", status_code=201)
async def post_organisation(
    body: OrganisationBody, edge: Annotated[Edge, commands(Role.APPLICANT)]
) -> Recorded:
    """Register an organisation that the caller acts for."""
    contact = body.contact
    command = RegisterOrganisation(
        organisation_id=body.organisation_id,
        name=body.name,
        kind=body.kind,
        charity_number=body.charity_number,
        contact=Contact(
            name=contact.name.strip(), email=contact.email.strip(), telephone=contact.telephone or None
        ),
    )
    return await edge.perform(command, register_organisation)


@router.get("/organisations")
async def get_organisations(view: Annotated[View, reads(Role.APPLICANT)]) -> list[OrganisationView]:
    """The organisations that the caller acts for."""
    return await queries.list_organisations(view)
