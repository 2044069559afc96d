"""Section "The building": where it stands, then how it is used and whose it is."""

from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import Draft, open_draft
from services.portal.applicant.places import Place
from services.portal.applicant.questions import QuestionPage
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice, Field, Number, Text, WholeNumber
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

HERE = Place("building")
HALF_CIRCLE = Decimal(180)
TENURES = (("owned", "We own it"), ("leased", "We lease or rent it"))


def place_fields(draft: Draft) -> tuple[Field, ...]:
    """Name, address, ward, and a UPRN or a point."""
    wards = tuple((ward, ward) for ward in draft.terms["wards"])
    return (
        Text(name="name", label="Name of the building"),
        Text(name="address", label="Address"),
        Choice(name="ward", label="Ward", ask="the ward that the building stands in", options=wards),
        Text(name="uprn", label="UPRN", required=False, longest=20),
        _degrees("latitude", "Latitude", "51.5250"),
        _degrees("longitude", "Longitude", "-0.0920"),
    )


def use_fields(_draft: Draft) -> tuple[Field, ...]:
    """What it is used for, whose it is, and for how long."""
    return (
        Text(
            name="use",
            label="Use of the building",
            ask="what the building is used for, and by whom",
            longest=4000,
        ),
        Choice(
            name="tenure", label="Tenure", ask="whether you own the building or lease it", options=TENURES
        ),
        WholeNumber(name="lease_years_left", label="Years left on the lease", required=False, largest=999),
    )


def _degrees(name: str, label: str, example: str) -> Number:
    return Number(
        name=name,
        label=label,
        required=False,
        places=7,
        example=example,
        smallest=-HALF_CIRCLE,
        largest=HALF_CIRCLE,
    )


PLACE = QuestionPage(
    template="building.html",
    fields=place_fields,
    onward=lambda draft, _place: draft.path("building/use"),
    back=lambda draft, _place: draft.path(),
)
USE = QuestionPage(
    template="building_use.html",
    fields=use_fields,
    onward=lambda draft, _place: draft.path(),
    back=lambda draft, _place: draft.path("building"),
)


@router.get("/applicant/applications/{application_id}/building")
async def show_building(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """Where it stands."""
    return PLACE.show(page, await open_draft(page, application_id), HERE)


@router.post("/applicant/applications/{application_id}/building")
async def save_building(
    application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]
) -> Response:
    """Where it stands, saved."""
    return await PLACE.save(sent, await open_draft(sent, application_id), HERE)


@router.get("/applicant/applications/{application_id}/building/use")
async def show_use(application_id: UUID, page: Annotated[Page, page(Role.APPLICANT)]) -> Response:
    """How it is used."""
    return USE.show(page, await open_draft(page, application_id), HERE)


@router.post("/applicant/applications/{application_id}/building/use")
async def save_use(application_id: UUID, sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """How it is used, saved."""
    return await USE.save(sent, await open_draft(sent, application_id), HERE)
