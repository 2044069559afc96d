"""Puts the monitoring service together."""

from fastapi import FastAPI

from services.monitoring.api import ROUTERS
from services.monitoring.subscribers import subscribe
from shared.messaging import Handlers
from shared.service import Service, create_app, run
from shared.settings import ServiceSettings


def create(settings: ServiceSettings) -> FastAPI:
    """The service's application with these settings."""
    handlers = Handlers("monitoring")
    subscribe(handlers)
    return create_app(Service("monitoring", settings, handlers), ROUTERS, title="Offset Fund: monitoring")


if __name__ == "__main__":
    run(create, ServiceSettings)
