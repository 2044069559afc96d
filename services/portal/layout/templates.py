"""The pages' templates: one environment for every audience, and `render`, which every page ends with."""

import uuid
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader
from jinja2.environment import TemplateModule
from markupsafe import Markup

from services.portal.layout import navigation
from services.portal.layout.filters import FILTERS
from services.portal.layout.security import csrf_secret, csrf_token
from services.portal.words import plain, within

LAYOUT = Path(__file__).parent
STATIC = LAYOUT / "static"
AUDIENCES = ("public", "officer", "finance", "applicant", "assessor", "team", "identity")
HEADERS = 200
"""How many headers are kept: one for each set of links and the one of them that is marked."""


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
    page["ui"] = _components(str(page["csrf_token"]))
    return page


@cache
def environment() -> Environment:
    """The Jinja environment; undefined stays lenient, because the GOV.UK macros rely on it."""
    folders = [LAYOUT.parent / audience / "templates" for audience in AUDIENCES]
    own = FileSystemLoader([str(folder) for folder in [*folders, LAYOUT / "templates"]])
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(loader=ChoiceLoader([own, govuk]), autoescape=True, auto_reload=False)
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
    look = getattr(request.app.state, "look", Look())
    links = navigation.items_for(navigation.links_for(person), request.url.path)
    return {
        "request": request,
        "look": look,
        "csrf_token": csrf_token(csrf_secret(request), session_id) if session_id else "",
        "person": person,
        "person_role": navigation.role_name(person) if person else "",
        "site_header": _site_header(look, links),
    }


def _components(csrf_token: str) -> TemplateModule:
    """The components; those of a visitor, whose forms have no token, are made once."""
    template = environment().get_template("components.html")
    return template.make_module({"csrf_token": csrf_token}) if csrf_token else _visitors_components()


@cache
def _visitors_components() -> TemplateModule:
    return environment().get_template("components.html").make_module({"csrf_token": ""})


@lru_cache(maxsize=HEADERS)
def _site_header(look: Look, items: tuple[navigation.Item, ...]) -> Markup:
    words = environment().get_template("site_header.html").render(look=look, navigation=items)
    return Markup(words)  # noqa: S704 # nosec B704 - a template's own words, escaped where they were put in
