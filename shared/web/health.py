"""Whether a service lives, whether it is ready, and its figures for Prometheus."""

from typing import Any

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text

from shared.observability import BLOCKED, OUTBOX_AGE_SECONDS, OUTBOX_DEPTH, PARKED, READER_LAG, WAITING
from shared.web.rules import anyone

router = APIRouter(dependencies=[anyone()], include_in_schema=False)

FIGURES = text(
    """
    SELECT (SELECT count(*) FROM outbox) AS depth,
           (SELECT coalesce(extract(epoch FROM now() - min(l.occurred_at)), 0)
            FROM outbox o JOIN event_log l USING (position)) AS age_seconds,
           (SELECT count(*) FROM blocked_event) AS blocked,
           (SELECT count(*) FROM parked_event WHERE kind <> 'waiting' AND discarded_at IS NULL) AS parked,
           (SELECT count(*) FROM parked_event WHERE kind = 'waiting' AND discarded_at IS NULL) AS waiting
    """
)


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/health/ready")
async def ready(request: Request, response: Response) -> dict[str, Any]:
    """The database answers, Kafka has every topic and has given the reader its partitions; else 503."""
    service = request.app.state.service
    async with service.sessions() as session:
        await session.execute(text("SELECT 1"))
    reading = service.reader is None or service.reader.assigned
    topics: list[str] = service.topics.wrong
    response.status_code = 503 if topics or not reading else 200
    return {"database": True, "reading": reading, "topics": topics}


@router.get("/metrics")
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
    READER_LAG.labels(service.name).set(service.reader.lag() if service.reader else 0)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
