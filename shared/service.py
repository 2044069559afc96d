"""Puts one service together: its database, its web edge, its relay and its reader; and serves it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import uvicorn
from fastapi import APIRouter, FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.database import Sessions, make_engine, make_sessions
from shared.events.topics import TOPICS
from shared.messaging import Handlers, Work
from shared.messaging.reader import Reader
from shared.messaging.relay import Relay
from shared.messaging.tracing import Tracing
from shared.observability import begin_at_zero, configure_logging
from shared.settings import ServiceSettings
from shared.startup import Topics, read_settings, require_fit
from shared.telemetry import Telemetry
from shared.version import VERSION
from shared.web import health, operations
from shared.web.body_limit import BodyLimit
from shared.web.forgetting import forget_old_answers
from shared.web.openapi import add_descriptions, operation_id
from shared.web.problems import add_problem_handlers
from shared.web.rate_limit import RateLimit
from shared.web.rates import Rates
from shared.web.request_log import RequestLog
from shared.web.serving import listening
from shared.web.traces import Traces

S = TypeVar("S", bound=ServiceSettings)


@dataclass(slots=True)
class Service:
    """The running parts of one service, reached from requests as `app.state.service`."""

    name: str
    settings: ServiceSettings
    handlers: Handlers
    background: "Sequence[Callable[[Service], Coroutine[Any, Any, None]]]" = ()
    """What the service does of itself for as long as it runs, beside relaying and reading."""
    engine: AsyncEngine = field(init=False)
    sessions: Sessions = field(init=False)
    work: Work = field(init=False)
    relay: Relay = field(init=False)
    reader: Reader | None = field(init=False)
    topics: Topics = field(init=False)
    rates: Rates = field(init=False)
    telemetry: Telemetry = field(init=False)

    def __post_init__(self) -> None:
        settings, seconds = self.settings, self.settings.statement_timeout_seconds
        self.engine = make_engine(settings.database_url, f"offset-fund {self.name}", timeout_seconds=seconds)
        self.sessions = make_sessions(self.engine)
        self.relay = Relay(self.name, settings.database_url, settings.kafka_bootstrap_servers)
        self.work = Work(self.sessions, seconds, self.relay.wake)
        self.topics = Topics(settings.kafka_bootstrap_servers)
        self.rates = Rates.told(
            sign_in=settings.sign_in_limit, uploads=settings.upload_limit, refusals=settings.refusal_limit
        )
        self.telemetry = Telemetry(self.name, settings.otlp_endpoint)
        begin_at_zero(self.name, [topic for topic in TOPICS if topic.startswith(f"{self.name}.")])
        self.reader = (
            Reader(
                self.handlers,
                self.sessions,
                settings.kafka_bootstrap_servers,
                seconds,
                self.relay.wake,
                Tracing(self.telemetry),
            )
            if self.handlers.types
            else None
        )

    @asynccontextmanager
    async def running(self, _app: FastAPI) -> AsyncIterator[None]:
        """Relay and read for as long as the service answers requests; then finish what is in flight.

        Neither begins before Kafka has every topic in its shape; the service answers requests meanwhile.
        """
        topics = asyncio.create_task(self.topics.until_right())
        forgetting = asyncio.create_task(forget_old_answers(self.name, self.sessions))
        carriers = [self.relay.run, *([self.reader.run] if self.reader is not None else [])]
        own = [asyncio.create_task(work(self)) for work in self.background]
        tasks = [
            topics,
            forgetting,
            *own,
            *(asyncio.create_task(_after(topics, carry)) for carry in carriers),
        ]
        try:
            yield
        finally:
            for task in reversed(tasks):
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await self.engine.dispose()
            await self.telemetry.close()


async def _after(topics: "asyncio.Task[None]", carry: Callable[[], Awaitable[None]]) -> None:
    await asyncio.shield(topics)
    await carry()


def create_app(
    service: Service, routers: Sequence[APIRouter], *, title: str, for_browsers: bool = False
) -> FastAPI:
    """The service's web application with its own routes and those that every service has.

    One that is `for_browsers` begins every request's correlation itself.
    """
    app = FastAPI(
        title=title,
        version=VERSION,
        lifespan=service.running,
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=operation_id,
    )
    app.state.service = service
    for router in (health.router, operations.router, *routers):
        app.include_router(router)
    add_problem_handlers(app)
    add_descriptions(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(RateLimit, service=service)
    app.add_middleware(RequestLog, service=service.name, keeps_correlation=not for_browsers)
    if service.telemetry.on:
        app.add_middleware(Traces, telemetry=service.telemetry, continues=not for_browsers)
    return app


def run(create: Callable[[S], FastAPI], kind: type[S]) -> None:
    """Read the service's settings and serve it; settings that cannot be used end the start."""
    serve(create(read_settings(kind)))


def serve(app: FastAPI) -> None:
    """Answer requests on the port of the settings until stopped by a signal; refuse where that is unsafe."""
    service: Service = app.state.service
    configure_logging(service.name, service.settings.log_level)
    require_fit(service.name, service.settings)
    uvicorn.run(app, **listening(service.settings))
