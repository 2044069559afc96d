"""No route of the portal is without a rule."""

from collections.abc import Iterator
from typing import Any

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import Mount, Route

from services.portal.identity.pages_rule import TakesForm
from shared.web.commanding import Commands
from shared.web.rules import Rule
from tests.support.portal import PortalUnderTest

FRAMEWORK = {"/openapi.json"}


def every_route(routes: list[Any]) -> Iterator[Any]:
    """All routes, those of included routers too."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from every_route(inner.routes)


def rules_of(dependant: Dependant) -> list[Rule]:
    """The rules that stand before a route."""
    own: list[Rule] = [dependant.call] if isinstance(dependant.call, Rule) else []
    return own + [rule for inner in dependant.dependencies for rule in rules_of(inner)]


def test_every_route_states_exactly_one_rule(portal: PortalUnderTest) -> None:
    routes = [route for route in every_route(portal.app.routes) if isinstance(route, APIRoute)]

    without = [route.path for route in routes if len(rules_of(route.dependant)) != 1]

    assert len(routes) > 20
    assert without == []


def test_what_is_no_route_of_ours_is_the_public_static_files_or_the_frameworks(
    portal: PortalUnderTest,
) -> None:
    others = [route for route in every_route(portal.app.routes) if not isinstance(route, APIRoute)]

    assert [route.path for route in others if isinstance(route, Mount)] == ["/static"]
    assert {route.path for route in others if isinstance(route, Route)} <= FRAMEWORK


def test_whatever_changes_something_checks_its_form_or_its_token(portal: PortalUnderTest) -> None:
    changing = [
        route
        for route in every_route(portal.app.routes)
        if isinstance(route, APIRoute) and (route.methods or set()) - {"GET", "HEAD"}
    ]

    unchecked = [
        route.path
        for route in changing
        if not any(isinstance(rule, TakesForm | Commands) for rule in rules_of(route.dependant))
    ]

    assert unchecked == []
