"""One JSON line and one measurement for each request, and an id that follows it through the services."""

import time
from typing import Any
from uuid import UUID, uuid4

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.observability import REQUEST_SECONDS

log = structlog.get_logger()

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Others are one series: a visitor may send any word, and each would be measured for ever."""
QUIET = ("/health/", "/metrics", "/static/")


class RequestLog:
    """Logs method, route, status and time; never a body, a query or a person's name.

    A caller's own X-Correlation-Id is kept where callers are our own services; browsers may send any.
    """

    def __init__(self, app: ASGIApp, service: str, *, keeps_correlation: bool = True) -> None:
        self.app = app
        self.service = service
        self.keeps_correlation = keeps_correlation

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note what became of it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.monotonic(), 500
        correlation = _correlation(scope) if self.keeps_correlation else uuid4()
        scope.setdefault("state", {})["correlation_id"] = correlation

        async def note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, note)
        finally:
            self._write(scope, status, time.monotonic() - started, correlation)

    def _write(self, scope: Scope, status: int, seconds: float, correlation: UUID) -> None:
        route: Any = scope.get("route")
        path = getattr(route, "path", "unmatched")
        method = scope["method"] if scope["method"] in METHODS else "other"
        REQUEST_SECONDS.labels(self.service, method, path, status).observe(seconds)
        if not scope["path"].startswith(QUIET):
            log.info(
                "request",
                method=method,
                route=path,
                status=status,
                seconds=round(seconds, 4),
                correlation=str(correlation),
            )


def _correlation(scope: Scope) -> UUID:
    for name, value in scope["headers"]:
        if name == b"x-correlation-id":
            try:
                return UUID(value.decode())
            except ValueError:
                break
    return uuid4()
