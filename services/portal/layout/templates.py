"""The pages' templates: one environment for every audience, and `render`, which every page ends with."""

import uuid
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from services.portal.layout import navigation
from services.portal.layout.filters import FILTERS
from services.portal.layout.security import csrf_secret, csrf_token
from services.portal.words import plain, within

LAYOUT = Path(__file__).parent
STATIC = LAYOUT / "static"
AUDIENCES = ("public", "officer", "finance", "applicant", "assessor", "team", "identity")


@dataclass(frozen=True, slots=True)
class Look:
    """How the council presents itself; `demonstration` puts a banner on every page."""

    council_name: str = "Ouzel Valley City Council"
    service_name: str = "Carbon Offset Fund"
    contact_email: str = "offset-fund@ouzel-valley.example"
    demonstration: bool = False


def render(request: Request, name: str, *, status_code: int = 200, **context: object) -> HTMLResponse:
    """The page: the template `name` with `context`, the components as `ui` and what the layout needs."""
    words = environment().get_template(name).render(page_context(request, **context))
    return HTMLResponse(words, status_code=status_code)


def page_context(request: Request, **context: object) -> dict[str, object]:
    """What every template is given: `context`, the layout's own values, and the components as `ui`."""
    page = _layout_context(request) | context
    page["ui"] = environment().get_template("components.html").make_module(page)
    return page


@cache
def environment() -> Environment:
    """The Jinja environment; undefined stays lenient, because the GOV.UK macros rely on it."""
    folders = [LAYOUT.parent / audience / "templates" for audience in AUDIENCES]
    own = FileSystemLoader([str(folder) for folder in [*folders, LAYOUT / "templates"]])
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(loader=ChoiceLoader([own, govuk]), autoescape=True)
    made.filters.update(FILTERS)
    made.globals.update(static_url=static_url, new_key=lambda: str(uuid.uuid4()), plain=plain, within=within)
    return made


def static_url(path: str) -> str:
    """The address of a built or committed file, which changes when the file's build does."""
    return f"/static/{path}?v={_build()}"


@cache
def _build() -> str:
    fingerprint = STATIC / "build" / "fingerprint.txt"
    return fingerprint.read_text(encoding="utf-8")[:12] if fingerprint.exists() else "unbuilt"


def _layout_context(request: Request) -> dict[str, object]:
    state = request.state
    person = getattr(state, "person", None)
    session_id = getattr(state, "session_id", None)
    return {
        "request": request,
        "look": getattr(request.app.state, "look", Look()),
        "csp_nonce": getattr(state, "csp_nonce", ""),
        "csrf_token": csrf_token(csrf_secret(request), session_id) if session_id else "",
        "person": person,
        "person_role": navigation.role_name(person) if person else "",
        "navigation": navigation.items_for(navigation.links_for(person), request.url.path),
    }
