"""Puts the applications service together, and serves it."""

from fastapi import FastAPI

from services.applications.api import ROUTERS
from services.applications.subscribers import subscribe
from shared.messaging import Handlers
from shared.service import Service, create_app, run
from shared.settings import ServiceSettings


def create(settings: ServiceSettings) -> FastAPI:
    """The service's application with these settings."""
    handlers = Handlers("applications")
    subscribe(handlers)
    return create_app(Service("applications", settings, handlers), ROUTERS, title="Offset Fund: applications")


if __name__ == "__main__":
    run(create, ServiceSettings)
