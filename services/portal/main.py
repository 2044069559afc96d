"""The portal's wiring: projections, pages of each audience, sign-in and the way to the services."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from services.portal.applicant import pages as applicant
from services.portal.assessor import pages as assessor
from services.portal.clients import Clients, Transports
from services.portal.errors import answer_in_kind
from services.portal.finance import pages as finance
from services.portal.identity import demonstration, signing
from services.portal.identity.cookie import SessionCookie, SignedInPerson
from services.portal.identity.people import DEMONSTRATION_PEOPLE
from services.portal.identity.sessions import SessionStore
from services.portal.layout.pages import install_layout
from services.portal.layout.templates import Look
from services.portal.officer import pages as officer
from services.portal.projections import subscribe
from services.portal.public import api as public_api
from services.portal.public import council_files, downloads, statements
from services.portal.public import pages as public
from services.portal.public.developers import pages as developers
from services.portal.public.kept import KeptPages
from services.portal.settings import PortalSettings
from services.portal.team import pages as team
from shared.messaging import Handlers
from shared.service import Service, create_app, run

ROUTERS = (
    public.router,
    public_api.router,
    downloads.router,
    council_files.router,
    statements.router,
    developers.router,
    signing.router,
    officer.router,
    finance.router,
    applicant.router,
    assessor.router,
    team.router,
)


def create(settings: PortalSettings, transports: Transports | None = None) -> FastAPI:
    """The portal; `transports` replace the network to a service of that name (tests)."""
    handlers = Handlers("portal")
    subscribe(handlers)
    service = Service("portal", settings, handlers)
    routers = (*ROUTERS, demonstration.router) if settings.demonstration else ROUTERS
    app = create_app(service, routers, title="Offset Fund: portal", for_browsers=True)
    _add_sessions(app, service, settings)
    _add_clients(app, Clients(settings, transports or {}, service.telemetry))
    app.state.kept_pages = KeptPages()
    app.state.council_files = council_files.CouncilFiles()
    look = Look(
        council_name=settings.council_name,
        contact_email=settings.contact_email,
        demonstration=settings.demonstration,
    )
    secret = settings.session_secret.encode()
    answer_in_kind(app, lambda: install_layout(app, look=look, csrf_secret=secret))
    return app


def _add_sessions(app: FastAPI, service: Service, settings: PortalSettings) -> None:
    people = DEMONSTRATION_PEOPLE if settings.demonstration else ()
    app.state.session_store = SessionStore(
        database=service.sessions,
        people={person.id: person for person in people},
        idle=settings.session_idle,
        lifetime=settings.session_lifetime,
    )
    app.state.session_cookie = SessionCookie(settings.secure_cookies)
    app.add_middleware(SignedInPerson, store=app.state.session_store, cookie=app.state.session_cookie)


def _add_clients(app: FastAPI, clients: Clients) -> None:
    app.state.clients = clients
    running: Any = app.router.lifespan_context

    @asynccontextmanager
    async def with_clients(app: FastAPI) -> AsyncIterator[None]:
        async with clients, running(app):
            yield

    app.router.lifespan_context = with_clients


if __name__ == "__main__":
    run(create, PortalSettings)
