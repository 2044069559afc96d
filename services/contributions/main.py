"""Puts the contributions service together and serves it."""

from fastapi import FastAPI

from services.contributions.api import ROUTERS
from services.contributions.background import work_for_ever
from services.contributions.subscribers import subscribe
from shared.messaging import Handlers
from shared.service import Service, create_app, run
from shared.settings import ServiceSettings


def create(settings: ServiceSettings) -> FastAPI:
    """The service with its routes and the events it acts on."""
    handlers = Handlers("contributions")
    subscribe(handlers)
    service = Service("contributions", settings, handlers, background=(work_for_ever,))
    return create_app(service, ROUTERS, title="Offset Fund: contributions")


if __name__ == "__main__":
    run(create, ServiceSettings)
