"""The five services put together without starting anything, to be asked what they offer."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from services.portal.settings import PortalSettings
from shared.settings import ServiceSettings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from shared.service import Service

SERVICES = ("contributions", "applications", "assessment", "monitoring", "portal")


@cache
def application(service: str) -> FastAPI:
    """The service's application; nothing is connected, and the addresses lead nowhere."""
    kind = PortalSettings if service == "portal" else ServiceSettings
    settings = kind(
        database_url="postgresql+asyncpg://nobody@localhost/none",
        kafka_bootstrap_servers="localhost:1",
        port=1,
        demonstration=True,
    )
    app: FastAPI = import_module(f"services.{service}.main").create(settings)
    return app


def handled_types(service: str) -> frozenset[str]:
    """The names of the events that the service acts on."""
    running: Service = application(service).state.service
    return frozenset(running.handlers.types)
