"""Add the organisation that applies, and whom the fund may ask there."""

from typing import Annotated

from fastapi import APIRouter, Response

from services.portal.applicant.drafts import HOME, go_on, id_or_nothing
from services.portal.applicant.pages.eligibility import open_funds
from services.portal.applicant.saving_answers import content_id, content_key
from services.portal.clients import ServiceProblem
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.layout.fields import Choice, Text
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render
from services.portal.words import options
from shared.web.roles import Role

router = APIRouter(include_in_schema=False)

UNPROCESSABLE = 422
NAMES = {
    "contact.name": "contact_name",
    "contact.email": "contact_email",
    "contact.telephone": "contact_telephone",
}


@router.get("/applicant/organisations/new")
async def ask_organisation(page: Annotated[Page, page(Role.APPLICANT)], fund: str = "") -> Response:
    """What the organisation is called, what it is, and whom to ask."""
    kinds = await _kinds(page)
    return _show(page, _form(kinds).blank(), kinds, fund)


@router.post("/applicant/organisations/new")
async def add_organisation(sent: Annotated[SentForm, form_page(Role.APPLICANT)]) -> Response:
    """Register it, then go on to the start of the application with it chosen."""
    kinds, fund = await _kinds(sent), str(sent.fields.get("fund") or "")
    filled = sent.read(_form(kinds))
    if not filled.ok:
        return _show(sent, filled, kinds, fund, UNPROCESSABLE)
    organisation_id = content_id(sent, "organisation")
    body = {"organisation_id": str(organisation_id), **_body(filled)}
    try:
        await sent.services.applications.post("/organisations", body, key=content_key(sent))
    except ServiceProblem as problem:
        refused = filled.with_problems(problem.for_form, NAMES)
        return _show(sent, refused, kinds, fund, problem.status)
    return go_on(f"{HOME}/start?organisation={organisation_id}&fund={id_or_nothing(fund)}")


async def _kinds(page: Page) -> list[str]:
    """Every kind of organisation that some fund is for."""
    funds = await open_funds(page)
    return list(dict.fromkeys(kind for fund in funds for kind in fund["terms"]["organisation_kinds"]))


def _form(kinds: list[str]) -> Form:
    return Form(
        Text(name="name", label="Name of the organisation"),
        Choice(
            name="kind",
            label="Kind of organisation",
            ask="what kind of organisation it is",
            options=options(kinds),
        ),
        Text(name="charity_number", label="Charity number", required=False, longest=20),
        Text(name="contact_name", label="Name of the person to ask"),
        Text(name="contact_email", label="Email address", ask="an email address"),
        Text(name="contact_telephone", label="Telephone number", required=False, longest=40),
    )


def _body(filled: Filled) -> dict[str, object]:
    values = filled.values
    contact = {part: values[f"contact_{part}"] for part in ("name", "email", "telephone")}
    return {"contact": contact, **{name: values[name] for name in ("name", "kind", "charity_number")}}


def _show(page: Page, form: Filled, kinds: list[str], fund: str, status_code: int = 200) -> Response:
    return render(
        page.request,
        "applicant/organisation.html",
        status_code=status_code,
        form=form,
        kinds=options(kinds),
        fund=id_or_nothing(fund),
    )
