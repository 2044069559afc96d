"""The demonstration's sign-in: choose who to be. Its routes exist in a demonstration only."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.responses import RedirectResponse

from services.portal.identity.own_path import own_path
from services.portal.identity.pages_rule import Page, SentForm, form_page, page
from services.portal.identity.people import DEMONSTRATION_PEOPLE
from services.portal.identity.signing import begin_session, first_page
from services.portal.layout.fields import Choice
from services.portal.layout.forms import Filled, Form
from services.portal.layout.templates import render

router = APIRouter(include_in_schema=False)

OPTIONS = tuple((str(person.id), person.name, person.may) for person in DEMONSTRATION_PEOPLE)
FORM = Form(
    Choice(
        name="person", label="Who to sign in as", options=tuple((option[0], option[1]) for option in OPTIONS)
    )
)
BY_ID = {person.id: person for person in DEMONSTRATION_PEOPLE}


@router.get("/sign-in")
async def show_sign_in(page: Annotated[Page, page()], next: str = "") -> Response:  # noqa: A002 - as in the address
    """The people of the demonstration, by name and what they may do."""
    return _show(page, FORM.blank(), own_path(next))


@router.post("/sign-in")
async def sign_in(sent: Annotated[SentForm, form_page()]) -> Response:
    """Start a session as the chosen person, and go on to where they wanted to go."""
    asked = sent.fields.get("next")
    goal = own_path(asked) if isinstance(asked, str) else ""
    filled = sent.read(FORM)
    if not filled.ok:
        return _show(sent, filled, goal, status_code=422)
    person = BY_ID[UUID(str(filled.values["person"]))]
    response = RedirectResponse(goal or first_page(person), 303)
    await begin_session(sent.request, response, person)
    return response


def _show(page: Page, form: Filled, goal: str, status_code: int = 200) -> Response:
    return render(
        page.request, "identity/sign_in.html", status_code=status_code, form=form, options=OPTIONS, next=goal
    )
