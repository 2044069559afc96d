"""Section "Other money, and the grant you ask for": who else gives, then the sum asked of the fund."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import Draft, open_draft
from services.portal.applicant.places import Place, row_number
from services.portal.applicant.questions import QuestionPage
from services.portal.applicant.rows import Line, RowsPage
from services.portal.applicant.wording import YES_NO, yes_no
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice, Field, Money, Text
from services.portal.layout.filters import pounds
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

SECTION = "match_funding"
REQUEST_PLACE = Place(SECTION)


def source_fields(_draft: Draft) -> tuple[Field, ...]:
    """Who gives how much, and whether that is certain."""
    return (
        Text(name="source", label="Source", ask="who gives the money"),
        Money(name="amount_pence", label="Amount", example="5000.00"),
        Choice(name="confirmed", label="Confirmed", ask="whether the money is confirmed", options=YES_NO),
    )


def request_fields(_draft: Draft) -> tuple[Field, ...]:
    """The sum asked of the fund."""
    return (
        Money(
            name="requested_pence",
            label="Grant you ask for",
            ask="the grant that you ask for",
            example="30000.00",
        ),
    )


def lines(row: Mapping[str, Any]) -> list[Line]:
    """A source as its list shows it."""
    amount = row.get("amount_pence")
    return [
        ("Amount", pounds(amount) if amount is not None else None, ""),
        ("Is it confirmed?", yes_no(row.get("confirmed")), ""),
    ]


def list_path(draft: Draft, _place: Place) -> str:
    """The list of sources."""
    return draft.path("match-funding")


LIST = RowsPage(
    section=SECTION,
    folder="match-funding",
    thing="source of money",
    template="match_funding.html",
    title_of=lambda row: str(row.get("source") or ""),
    lines_of=lines,
)
SOURCE = QuestionPage(
    template="match_funding_source.html", fields=source_fields, onward=list_path, back=list_path
)
REQUEST = QuestionPage(
    template="requested.html",
    fields=request_fields,
    onward=lambda draft, _place: draft.path(),
    back=list_path,
)


@router.get("/applicant/applications/{application_id}/match-funding")
async def show_sources(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The list."""
    return LIST.show(page, await open_draft(page, application_id))


@router.get("/applicant/applications/{application_id}/match-funding/request")
async def show_request(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The grant asked for."""
    return REQUEST.show(page, await open_draft(page, application_id), REQUEST_PLACE)


@router.post("/applicant/applications/{application_id}/match-funding/request")
async def save_request(
    application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """The grant asked for, saved."""
    return await REQUEST.save(sent, await open_draft(sent, application_id), REQUEST_PLACE)


@router.get("/applicant/applications/{application_id}/match-funding/{row}/remove")
async def ask_to_remove(
    application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)]
) -> Response:
    """Whether to remove it."""
    return LIST.ask_to_remove(page, await open_draft(page, application_id), row_number(row))


@router.post("/applicant/applications/{application_id}/match-funding/{row}/remove")
async def remove(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """Remove it."""
    return await LIST.remove(sent, await open_draft(sent, application_id), row_number(row))


@router.get("/applicant/applications/{application_id}/match-funding/{row}")
async def show_source(
    application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)]
) -> Response:
    """One source."""
    return SOURCE.show(page, await open_draft(page, application_id), Place(SECTION, row_number(row)))


@router.post("/applicant/applications/{application_id}/match-funding/{row}")
async def save_source(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """One source, saved."""
    return await SOURCE.save(sent, await open_draft(sent, application_id), Place(SECTION, row_number(row)))
