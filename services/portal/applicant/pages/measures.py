"""Section "The works": a list of measures, each with what it is, what it saves and what it uses itself."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import Draft, open_draft
from services.portal.applicant.places import Place, row_number
from services.portal.applicant.questions import QuestionPage
from services.portal.applicant.rows import Line, RowsPage
from services.portal.applicant.wording import quantity
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice, Field, Number, Text, WholeNumber
from services.portal.layout.filters import kwh
from services.portal.words import FUELS, options, plain, within
from shared.errors import NotFound
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

USES_ENERGY = frozenset({"heat_pump"})
"""Works that replace one fuel by another: what they will use themselves is always asked."""


def works_fields(draft: Draft) -> tuple[Field, ...]:
    """What will be done, which fuel it saves, how long it lasts."""
    kinds = options(draft.terms["measure_kinds"])
    return (
        Choice(name="kind", label="Works", ask="what will be done", options=kinds),
        Choice(name="fuel", label="Fuel it saves", ask="the fuel that it saves", options=FUELS),
        WholeNumber(
            name="lifetime_years",
            label="Lifetime",
            ask="how many years it will last",
            smallest=1,
            largest=60,
            example="30",
        ),
    )


def saving_fields(_draft: Draft) -> tuple[Field, ...]:
    """How much it saves in a year, as a share or in kWh, and who says so."""
    return (
        Number(
            name="saving_percent",
            label="Saving in per cent",
            required=False,
            largest=Decimal(100),
            example="25",
        ),
        Number(name="saved_kwh", label="Saving in kWh a year", required=False, example="12000"),
        Text(name="source", label="Source of the figure", ask="where the figure comes from", longest=4000),
    )


def own_use_fields(_draft: Draft) -> tuple[Field, ...]:
    """What the works will use themselves."""
    return (
        Choice(name="added_fuel", label="Fuel it will use", required=False, options=FUELS),
        Number(name="added_kwh", label="Energy it will use in a year", required=False, example="4000"),
    )


def list_path(draft: Draft, _place: Place) -> str:
    """The list of works."""
    return draft.path("measures")


def row_path(draft: Draft, place: Place, rest: str = "") -> str:
    """A page of the row; a row that was just added is the last one."""
    return draft.path(f"measures/{place.number or len(draft.rows('measures'))}{rest}")


def after_saving(draft: Draft, place: Place) -> str:
    """A heat pump is asked what it will use; other works go back to the list."""
    asked = place.current(draft).get("kind") in USES_ENERGY
    return row_path(draft, place, "/own-use") if asked else list_path(draft, place)


def lines(row: Mapping[str, Any]) -> list[Line]:
    """A measure as its list shows it."""
    lifetime = row.get("lifetime_years")
    return [
        ("Works", plain(row.get("kind")), ""),
        ("Fuel it saves", plain(row.get("fuel")), ""),
        ("How long it lasts", f"{lifetime} years" if lifetime else None, ""),
        ("Saving in a year", _saving(row), "/saving"),
        ("Where the figure comes from", row.get("source"), "/saving"),
        ("Energy it will use itself", _own_use(row), "/own-use"),
    ]


def _saving(row: Mapping[str, Any]) -> str | None:
    if row.get("saving_percent") is not None:
        return f"{row['saving_percent']}% of the {within(row.get('fuel'))} used"
    return kwh(quantity(row["saved_kwh"])) if row.get("saved_kwh") is not None else None


def _own_use(row: Mapping[str, Any]) -> str | None:
    if row.get("added_kwh") is None:
        return None if row.get("kind") in USES_ENERGY else "None"
    return f"{kwh(quantity(row['added_kwh']))} of {within(row.get('added_fuel'))} a year"


LIST = RowsPage(
    section="measures",
    folder="measures",
    thing="kind of works",
    template="measures.html",
    title_of=lambda row: plain(row.get("kind")),
    lines_of=lines,
)
PAGES = {
    "works": QuestionPage(
        template="measure_works.html",
        fields=works_fields,
        onward=lambda draft, place: row_path(draft, place, "/saving"),
        back=list_path,
    ),
    "saving": QuestionPage(
        template="measure_saving.html", fields=saving_fields, onward=after_saving, back=row_path
    ),
    "own-use": QuestionPage(
        template="measure_own_use.html",
        fields=own_use_fields,
        onward=list_path,
        back=lambda draft, place: row_path(draft, place, "/saving"),
    ),
}


@router.get("/applicant/applications/{application_id}/measures")
async def show_measures(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """The list."""
    return LIST.show(page, await open_draft(page, application_id))


@router.get("/applicant/applications/{application_id}/measures/{row}/remove")
async def ask_to_remove(
    application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)]
) -> Response:
    """Whether to remove it."""
    return LIST.ask_to_remove(page, await open_draft(page, application_id), row_number(row))


@router.post("/applicant/applications/{application_id}/measures/{row}/remove")
async def remove(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """Remove it."""
    return await LIST.remove(sent, await open_draft(sent, application_id), row_number(row))


@router.get("/applicant/applications/{application_id}/measures/{row}")
@router.get("/applicant/applications/{application_id}/measures/{row}/{part}")
async def show_measure(
    application_id: UUID, row: str, page: Annotated[Page, page(Role.APPLICANT)], part: str = "works"
) -> Response:
    """One page of a measure."""
    draft = await open_draft(page, application_id)
    return _page(part).show(page, draft, Place("measures", row_number(row)))


@router.post("/applicant/applications/{application_id}/measures/{row}")
@router.post("/applicant/applications/{application_id}/measures/{row}/{part}")
async def save_measure(
    application_id: UUID, row: str, sent: Annotated[SentForm, form_page(Role.APPLICANT)], part: str = "works"
) -> Response:
    """One page of a measure, saved."""
    draft = await open_draft(sent, application_id)
    return await _page(part).save(sent, draft, Place("measures", row_number(row)))


def _page(part: str) -> QuestionPage:
    if part not in PAGES:
        raise NotFound("page.not_found", "There is no such page.")
    return PAGES[part]
