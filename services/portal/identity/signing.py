"""Beginning and ending a session; the sign-out button of every page."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from services.portal.identity.pages_rule import SentForm, form_page
from services.portal.identity.people import Person
from services.portal.layout.navigation import BY_ROLE

router = APIRouter(include_in_schema=False)


@router.post("/sign-out")
async def sign_out(sent: Annotated[SentForm, form_page()]) -> Response:
    """End the session, wherever its cookie may have been copied to."""
    response = RedirectResponse("/", 303)
    await _end_session(sent.request)
    sent.request.app.state.session_cookie.remove(response)
    return response


async def begin_session(request: Request, response: Response, person: Person) -> None:
    """A new session with a new token for the person; the browser's former one ends."""
    await _end_session(request)
    token = await request.app.state.session_store.start(person)
    request.app.state.session_cookie.put(response, token)


def first_page(person: Person) -> str:
    """Where a person begins: the first page of their first role, or the start page."""
    links = [link for role in person.roles for link in BY_ROLE.get(role, ())]
    return links[0].href if links else "/"


async def _end_session(request: Request) -> None:
    token = getattr(request.state, "session_token", None)
    if token:
        await request.app.state.session_store.end(token)
