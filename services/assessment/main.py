"""Puts the assessment service together."""

from fastapi import FastAPI

from services.assessment import api
from services.assessment.subscribers import subscribe
from shared.messaging import Handlers
from shared.service import Service, create_app, run
from shared.settings import ServiceSettings


def create(settings: ServiceSettings) -> FastAPI:
    """The service's application with these settings."""
    handlers = Handlers("assessment")
    subscribe(handlers)
    return create_app(
        Service("assessment", settings, handlers), [api.router], title="Offset Fund: assessment"
    )


if __name__ == "__main__":
    run(create, ServiceSettings)
