"""A collector of OpenTelemetry traces: a real HTTP server that reads what the exporter sends."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Seen:
    """One span as the collector got it; ids as hexadecimal text."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    links: tuple[str, ...]
    attributes: dict[str, str]
    failed: bool


@dataclass
class Collector:
    """Where it answers, and what it was sent."""

    url: str
    spans: list[Seen] = field(default_factory=list)

    def one(self, service: str, name: str) -> Seen:
        """The only span of this name in a service."""
        [span] = [span for span in self.spans if (span.service, span.name) == (service, name)]
        return span

    def take(self, body: bytes) -> None:
        """Keep the spans of one request."""
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            service = _attributes(resource.resource)["service.name"]
            for scope in resource.scope_spans:
                self.spans.extend(_seen(service, span) for span in scope.spans)


@contextmanager
def collector() -> Iterator[Collector]:
    """A collector for as long as a test runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            collected.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing: the test looks at the spans."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        collected = Collector(f"http://127.0.0.1:{server.server_address[1]}")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield collected
        server.shutdown()


def _seen(service: str, span: Any) -> Seen:
    return Seen(
        service=service,
        name=span.name,
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        links=tuple(link.span_id.hex() for link in span.links),
        attributes=_attributes(span),
        failed=span.status.code == span.status.STATUS_CODE_ERROR,
    )


def _attributes(of: Any) -> dict[str, str]:
    return {each.key: each.value.string_value or str(each.value.int_value) for each in of.attributes}
