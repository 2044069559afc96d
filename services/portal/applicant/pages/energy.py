"""Section "Energy used now": twelve months of each fuel, or why they cannot be given."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import Draft, open_draft
from services.portal.applicant.places import Place, row_number
from services.portal.applicant.questions import QuestionPage
from services.portal.applicant.rows import Line, RowsPage
from services.portal.applicant.wording import first_day, last_day, quantity
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice, Day, Field, Number, Text
from services.portal.layout.filters import day, kwh
from services.portal.words import FUELS, plain
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

REASON_PLACE = Place("energy")


def fuel_fields(_draft: Draft) -> tuple[Field, ...]:
    """One fuel, all its meters together."""
    return (
        Choice(name="fuel", label="Fuel", ask="the fuel", options=FUELS),
        Day(name="period_start", label="First day", ask="the first day of the twelve months"),
        Day(name="period_end", label="Last day", ask="the last day of the twelve months"),
        Number(name="kwh", label="Energy used", ask="the kWh used in the twelve months", example="48000"),
    )


def reason_fields(_draft: Draft) -> tuple[Field, ...]:
    """Why there are no figures."""
    return (
        Text(name="missing_reason", label="Reason", ask="why you cannot give twelve months", longest=4000),
    )


def lines(row: Mapping[str, Any]) -> list[Line]:
    """A fuel as its list shows it."""
    start, end = first_day(row.get("period_start")), last_day(row.get("period_end"))
    return [
        ("Fuel", plain(row.get("fuel")), ""),
        ("Twelve months", f"{day(start)} to {day(end)}" if start and end else None, ""),
        ("Energy used", kwh(quantity(row["kwh"])) if row.get("kwh") else None, ""),
    ]


def list_path(draft: Draft, _place: Place) -> str:
    """The list of fuels."""
    return draft.path("energy")


LIST = RowsPage(
    section="energy",
    folder="energy",
    thing="fuel",
    template="energy.html",
    title_of=lambda row: plain(row.get("fuel")),
    lines_of=lines,
)
FUEL = QuestionPage(template="energy_fuel.html", fields=fuel_fields, onward=list_path, back=list_path)
REASON = QuestionPage(template="energy_reason.html", fields=reason_fields, onward=list_path, back=list_path)


@router.get("/applicant/applications/{application_id}/energy")
async def show_energy(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The list."""
    draft = await open_draft(page, application_id)
    return LIST.show(page, draft, reason=draft.answers("energy").get("missing_reason"))


@router.get("/applicant/applications/{application_id}/energy/reason")
async def show_reason(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """Why there are no figures."""
    return REASON.show(page, await open_draft(page, application_id), REASON_PLACE)


@router.post("/applicant/applications/{application_id}/energy/reason")
async def save_reason(application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """The reason, saved."""
    return await REASON.save(sent, await open_draft(sent, application_id), REASON_PLACE)


@router.get("/applicant/applications/{application_id}/energy/{row}/remove")
async def ask_to_remove(
    application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)]
) -> Response:
    """Whether to remove it."""
    return LIST.ask_to_remove(page, await open_draft(page, application_id), row_number(row))


@router.post("/applicant/applications/{application_id}/energy/{row}/remove")
async def remove(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """Remove it."""
    return await LIST.remove(sent, await open_draft(sent, application_id), row_number(row))


@router.get("/applicant/applications/{application_id}/energy/{row}")
async def show_fuel(application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """One fuel."""
    return FUEL.show(page, await open_draft(page, application_id), Place("energy", row_number(row)))


@router.post("/applicant/applications/{application_id}/energy/{row}")
async def save_fuel(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """One fuel, saved."""
    return await FUEL.save(sent, await open_draft(sent, application_id), Place("energy", row_number(row)))
