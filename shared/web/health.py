"""Whether a service lives, whether it is ready, and its figures for Prometheus."""

import hmac
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from shared.observability import (
    BLOCKED,
    CONNECTIONS_IN_USE,
    CONNECTIONS_LIMIT,
    OUTBOX_AGE_SECONDS,
    OUTBOX_DEPTH,
    PARKED,
    READER_ASSIGNED,
    READER_LAG,
    RELAY_LEADING,
    WAITING,
    WAITING_AGE_SECONDS,
)
from shared.web.roles import Role
from shared.web.rules import Rule, anyone
from shared.web.tokens import NotSignedIn

router = APIRouter(include_in_schema=False)

FIGURES = text(
    """
    SELECT (SELECT count(*) FROM outbox) AS depth,
           coalesce((SELECT extract(epoch FROM now() - occurred_at) FROM event_log
                     WHERE position = (SELECT min(position) FROM outbox)), 0) AS age_seconds,
           (SELECT count(*) FROM blocked_event) AS blocked,
           (SELECT count(*) FROM parked_event WHERE kind <> 'waiting' AND discarded_at IS NULL) AS parked,
           (SELECT count(*) FROM parked_event WHERE kind = 'waiting' AND discarded_at IS NULL) AS waiting,
           (SELECT coalesce(extract(epoch FROM now() - min(parked_at)), 0) FROM parked_event
            WHERE kind = 'waiting' AND discarded_at IS NULL) AS waiting_seconds
    """
)


@dataclass(frozen=True, slots=True)
class KnowsTheToken(Rule):
    """Whoever sends the token of the settings; in a demonstration that has none, everybody."""

    roles: frozenset[Role] = frozenset()

    def __call__(self, request: Request) -> None:
        """Refuse who does not know it: figures cost a look into the database, and portals face the world."""
        settings = request.app.state.service.settings
        if settings.demonstration and not settings.metrics_token:
            return
        wanted = f"Bearer {settings.metrics_token}".encode()
        sent = request.headers.get("authorization", "").encode()
        if not settings.metrics_token or not hmac.compare_digest(sent, wanted):
            message = "Send the token of OFFSET_FUND_METRICS_TOKEN: docs/metrics.md says how Prometheus does."
            raise NotSignedIn("metrics.token", message)


@router.get("/health/live", dependencies=[anyone()])
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/health/ready", dependencies=[anyone()])
async def ready(request: Request, response: Response) -> dict[str, Any]:
    """The database answers, Kafka has every topic and has given the reader its partitions; else 503."""
    service = request.app.state.service
    async with service.sessions() as session:
        await session.execute(text("SELECT 1"))
    reading = service.reader is None or service.reader.assigned
    topics: list[str] = service.topics.wrong
    response.status_code = 503 if topics or not reading else 200
    return {"database": True, "reading": reading, "topics": topics}


@router.get("/metrics", dependencies=[Depends(KnowsTheToken())])
async def metrics(request: Request) -> Response:
    """Counters of this process, and the state of its outbox, inbox and parked events right now."""
    service = request.app.state.service
    async with service.sessions() as session:
        row = (await session.execute(FIGURES)).one()
    OUTBOX_DEPTH.labels(service.name).set(row.depth)
    OUTBOX_AGE_SECONDS.labels(service.name).set(float(row.age_seconds))
    BLOCKED.labels(service.name).set(row.blocked)
    PARKED.labels(service.name).set(row.parked)
    WAITING.labels(service.name).set(row.waiting)
    WAITING_AGE_SECONDS.labels(service.name).set(float(row.waiting_seconds))
    _tell_of_this_process(service)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


def _tell_of_this_process(service: Any) -> None:
    RELAY_LEADING.labels(service.name).set(service.relay.leading)
    if service.reader is not None:
        READER_ASSIGNED.labels(service.name).set(service.reader.assigned)
        READER_LAG.labels(service.name).set(service.reader.lag())
    CONNECTIONS_IN_USE.labels(service.name).set(service.engine.pool.checkedout())
    CONNECTIONS_LIMIT.labels(service.name).set(service.engine.pool.size())
