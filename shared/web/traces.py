"""A span for each request, which the services asked for it, and what it leads to, continue."""

from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.telemetry import Telemetry, current, readable
from shared.web.request_log import METHODS, QUIET

FIRST_FAILURE = 500


class Traces:
    """Traces requests by method, route and status; added only where telemetry is on.

    A caller's own traceparent is continued where callers are our own services; browsers may send any.
    """

    def __init__(self, app: ASGIApp, telemetry: Telemetry, *, continues: bool) -> None:
        self.app = app
        self.telemetry = telemetry
        self.continues = continues

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on within a span; each of its log lines names the trace."""
        if scope["type"] != "http" or scope["path"].startswith(QUIET):
            await self.app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in METHODS else "other"
        parent = _traceparent(scope) if self.continues else None
        with self.telemetry.span(method, "SERVER", parent=parent) as span:

            async def note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    status: int = message["status"]
                    span.tell(http__response__status_code=status)
                    if status >= FIRST_FAILURE:
                        span.failed(str(status))
                await send(message)

            outer = current.set(span.traceparent)
            trace = (span.traceparent or "").split("-")[1]
            try:
                with structlog.contextvars.bound_contextvars(trace=trace):
                    await self.app(scope, receive, note)
            finally:
                current.reset(outer)
                route: Any = getattr(scope.get("route"), "path", "unmatched")
                span.tell(f"{method} {route}", http__request__method=method, http__route=route)


def _traceparent(scope: Scope) -> str | None:
    for name, value in scope["headers"]:
        if name == b"traceparent":
            return readable(value.decode(errors="replace"))
    return None
