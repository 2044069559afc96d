"""No route of any service without an authorisation rule: all of them are walked."""

import functools
from collections.abc import Iterator
from importlib import import_module

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.routing import Mount

from services.portal.settings import PortalSettings
from shared.settings import ServiceSettings
from shared.web.rules import Anyone, Rule

SERVICES = ("contributions", "applications", "assessment", "monitoring", "portal")
MADE_BY_FASTAPI = {"/openapi.json"}
STATIC = {"/static"}
"""Mounted files of the portal's look: public, and no route of ours."""


@functools.cache
def application(service: str) -> FastAPI:
    kind = PortalSettings if service == "portal" else ServiceSettings
    settings = kind(
        database_url="postgresql+asyncpg://nobody@localhost/none",
        kafka_bootstrap_servers="localhost:1",
        port=1,
        demonstration=True,
    )
    app: FastAPI = import_module(f"services.{service}.main").create(settings)
    return app


def rules(dependant: Dependant) -> Iterator[Rule]:
    if isinstance(dependant.call, Rule):
        yield dependant.call
    for below in dependant.dependencies:
        yield from rules(below)


def routes(service: str) -> list[RouteContext]:
    found = iter_route_contexts(application(service).routes)
    return [route for route in found if route.path not in MADE_BY_FASTAPI]


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_states_exactly_one_rule(service: str) -> None:
    for route in routes(service):
        if isinstance(route.original_route, Mount):
            assert route.path in STATIC
            continue
        assert isinstance(route.original_route, APIRoute), route
        assert route.dependant is not None
        stated = list(rules(route.dependant))
        assert len(stated) == 1, f"{route.methods} {route.path} states {stated}"


@pytest.mark.parametrize("service", SERVICES)
def test_whatever_changes_something_is_for_people_with_a_role(service: str) -> None:
    for route in routes(service):
        if isinstance(route.original_route, APIRoute) and (route.methods or set()) & {
            "POST",
            "PUT",
            "PATCH",
            "DELETE",
        }:
            [rule] = rules(route.dependant)
            public = isinstance(rule, Anyone) or not rule.roles
            assert not public or route.path in {"/sign-in", "/sign-out"}, f"{route.methods} {route.path}"


def test_the_walk_finds_a_route_without_a_rule() -> None:
    app = FastAPI()

    @app.get("/forgotten")
    async def forgotten() -> None: ...

    [found] = [route for route in iter_route_contexts(app.routes) if route.path == "/forgotten"]
    assert found.dependant is not None
    assert list(rules(found.dependant)) == []
