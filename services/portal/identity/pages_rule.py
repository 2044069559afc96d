"""The rules that pages state: who may see one, and that a form which changes something is our own.

Pages know people by their session's cookie, the services' own routes by a bearer token; both state a
`Rule`, so that one test finds every route without one.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID, uuid4, uuid5

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from services.portal.clients import Clients, PersonsServices, page_ends_at
from services.portal.identity.own_path import own_path
from services.portal.identity.people import Person
from services.portal.identity.signed_out import show_what_was_typed
from services.portal.layout.forms import Filled, Form
from services.portal.layout.security import MAXIMUM_FIELDS, MAXIMUM_FILES, check_csrf
from shared.database import transaction
from shared.errors import Forbidden, Invalid
from shared.messaging.unit_of_work import LOCAL_ZONE
from shared.web.roles import Caller, Role
from shared.web.rules import Rule

FORM_KEY = re.compile(r"[A-Za-z0-9._:-]{1,100}")
"""A UUID and a suffix: what else somebody put into the form cannot be sent on as a header."""

our_own_form = asynccontextmanager(check_csrf)


class SignInFirstError(Exception):
    """The page is for signed-in people; `next_path` is where to go on afterwards, within this site."""

    def __init__(self, next_path: str) -> None:
        super().__init__("sign in first")
        self.next_path = next_path


@dataclass(frozen=True, slots=True)
class Page:
    """What a page works with: the person, the services on their behalf, and the portal's own read model."""

    request: Request
    visitor: Person | None

    @property
    def person(self) -> Person:
        """The signed-in person; only pages that demand a role may ask."""
        assert self.visitor is not None
        return self.visitor

    @property
    def services(self) -> PersonsServices:
        """The four services in the time of this page, with the person's own short-lived token, if any."""
        state = self.request.state
        correlation: UUID = getattr(state, "correlation_id", None) or uuid4()
        if not hasattr(state, "page_ends_at"):
            state.page_ends_at = page_ends_at()
        clients: Clients = self.request.app.state.clients
        caller = self.visitor.caller if self.visitor else None
        return clients.on_behalf_of(caller, correlation, state.page_ends_at)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A read-only transaction on the portal's own projections; do not call a service inside it."""
        service = self.request.app.state.service
        seconds = service.settings.statement_timeout_seconds
        async with transaction(service.sessions, timeout_seconds=seconds, read_only=True) as session:
            yield session


@dataclass(frozen=True, slots=True)
class SentForm(Page):
    """A form that a person sent from one of our own pages."""

    fields: FormData

    @property
    def idempotency_key(self) -> str:
        """The key that the page gave the form: a second click sends the same one."""
        key = self.fields.get("idempotency_key")
        if not isinstance(key, str) or not FORM_KEY.fullmatch(key):
            message = "This page was incomplete. Go back, reload it and try again."
            raise Invalid("idempotency_key.missing", message)
        return key

    def read(self, form: Form) -> Filled:
        """What was typed into the form's boxes, with what is wrong beside each; days count in London."""
        return form.read(self.fields, datetime.now(LOCAL_ZONE).date())

    def id_for(self, thing: str) -> UUID:
        """The id of a thing that this form records: the same for a second click, so nothing is done twice."""
        return uuid5(self.person.id, f"{self.idempotency_key}:{thing}")


@dataclass(frozen=True, slots=True)
class ShowsPage(Rule):
    """The rule of a page: the session's person holds one of the roles; no roles means everybody."""

    def permit(self, request: Request) -> Caller | None:
        """The signed-in person as the services know them, if the rule lets them in."""
        person: Person | None = getattr(request.state, "person", None)
        if not self.roles:
            return person.caller if person else None
        if person is None:
            raise SignInFirstError(_where_to_go_on(request))
        if not person.caller.has(*self.roles):
            wanted = " or ".join(sorted(role.replace("_", " ") for role in self.roles))
            raise Forbidden("role.missing", f"Only a person with the role {wanted} may do this.")
        return person.caller

    async def __call__(self, request: Request) -> Page:
        """Let the person in and hand the page what it works with."""
        self.permit(request)
        return Page(request, getattr(request.state, "person", None))


@dataclass(frozen=True, slots=True)
class TakesForm(ShowsPage):
    """The rule of a POST from a page: the same, and the form is of our own page and of this session."""

    # A form gives what was sent where a page gives itself: FastAPI calls each, nobody holds one as the other.
    async def __call__(self, request: Request) -> AsyncIterator[SentForm]:  # type: ignore[override]
        """Let the person in, check where the form came from, and hand over what was sent."""
        self.permit(request)
        async with our_own_form(request):
            fields = await request.form(max_files=MAXIMUM_FILES, max_fields=MAXIMUM_FIELDS)
            yield SentForm(request, getattr(request.state, "person", None), fields)


def page(*roles: Role) -> Any:
    """What a page depends on, for people with one of the roles; none: for everybody.

    Written as `page: Annotated[Page, page(Role.OFFICER)]`. Without a session: to the sign-in and back.
    """
    return Depends(ShowsPage(frozenset(roles)))


def form_page(*roles: Role) -> Any:
    """What the POST of a page's form depends on, for people with one of the roles; none: for everybody.

    Written as `sent: Annotated[SentForm, form_page(Role.OFFICER)]`.
    """
    return Depends(TakesForm(frozenset(roles)))


async def sign_in_first(request: Request, error: Exception) -> Response:
    """Send the person to the sign-in page, which leads back; a form they sent is shown to them before."""
    assert isinstance(error, SignInFirstError)
    shown = await show_what_was_typed(request, error.next_path)
    if shown is not None:
        return shown
    query = f"?{urlencode({'next': error.next_path})}" if error.next_path else ""
    return RedirectResponse(f"/sign-in{query}", 303)


def _where_to_go_on(request: Request) -> str:
    """The page itself; after a form, the page that the form was on."""
    address = (
        request.url if request.method in {"GET", "HEAD"} else urlsplit(request.headers.get("referer", ""))
    )
    path = f"{address.path}?{address.query}" if address.query else address.path
    return own_path(path)
