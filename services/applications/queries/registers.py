"""Funds, for everybody; organisations, for their own people."""

from uuid import UUID

from sqlalchemy import RowMapping, text

from services.applications.queries.views import ContactView, FundView, OrganisationView
from shared.errors import NotFound
from shared.events.applications import FundTerms
from shared.web import View

FUNDS = text("SELECT id, opens_on, terms FROM fund ORDER BY opens_on DESC, id")
FUND = text("SELECT id, opens_on, terms FROM fund WHERE id = :fund_id")
ORGANISATIONS = text(
    """
    SELECT o.id, o.name, o.kind, o.charity_number, c.name AS contact_name, c.email, c.telephone
    FROM organisation o
    JOIN organisation_member m ON m.organisation_id = o.id AND m.person_id = :person_id
    LEFT JOIN organisation_contact c ON c.organisation_id = o.id
    ORDER BY o.name, o.id
    """
)


async def list_funds(view: View) -> list[FundView]:
    """All funds, the newest first."""
    return [_fund(row) for row in (await view.session.execute(FUNDS)).mappings()]


async def get_fund(view: View, fund_id: UUID) -> FundView:
    """One fund, or NotFound."""
    row = (await view.session.execute(FUND, {"fund_id": fund_id})).mappings().one_or_none()
    if row is None:
        raise NotFound("fund.not_found", "There is no such fund. Choose one from the list.")
    return _fund(row)


async def list_organisations(view: View) -> list[OrganisationView]:
    """The organisations that the caller acts for."""
    rows = (await view.session.execute(ORGANISATIONS, {"person_id": view.caller.person_id})).mappings()
    return [_organisation(row) for row in rows]


def _fund(row: RowMapping) -> FundView:
    terms = FundTerms.model_validate(row["terms"])
    return FundView(fund_id=row["id"], opens_on=row["opens_on"], terms=terms)


def _organisation(row: RowMapping) -> OrganisationView:
    contact = None
    if row["email"] is not None:
        contact = ContactView(name=row["contact_name"], email=row["email"], telephone=row["telephone"])
    return OrganisationView(
        organisation_id=row["id"],
        name=row["name"],
        kind=row["kind"],
        charity_number=row["charity_number"],
        contact=contact,
    )
