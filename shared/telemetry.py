"""Traces by OpenTelemetry: one from a browser's request through the services and Kafka to the read model.

Off unless an endpoint is given: then nothing of the SDK is loaded, and no span is more than a test for None.
Spans say which route, service and kind of event, never who or about whom: no path, query, name or message.
"""

import asyncio
import logging
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from shared.version import VERSION

Attributes: TypeAlias = Mapping[str, str | int]
Kind: TypeAlias = Literal["INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"]

TRACEPARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")
"""W3C Trace Context, version 00: the ids of a trace and of one of its spans, and whether it is kept."""
SPANS_WAITING = 2048
SPANS_SENT_TOGETHER = 512
SEND_EVERY_MILLISECONDS = 1000
SEND_SECONDS = 5
"""For one try and its repeats: a collector that is away costs its spans, and nothing else."""
END_SECONDS = 3
MOST_LINKS = 128

current: ContextVar[str | None] = ContextVar("traceparent", default=None)
"""The traceparent of the request that is being answered."""


def readable(traceparent: str | None) -> str | None:
    """A traceparent that can be used, or None."""
    return traceparent if traceparent and TRACEPARENT.fullmatch(traceparent) else None


@dataclass(frozen=True, slots=True)
class Span:
    """One part of a trace under way; where telemetry is off, nothing."""

    traceparent: str | None = None
    made: Any = None

    def tell(self, name: str | None = None, **attributes: str | int) -> None:
        """What is known only at the end: its name, and attributes with `__` for the dots of their names."""
        if self.made is not None:
            if name is not None:
                self.made.update_name(name)
            self.made.set_attributes({key.replace("__", "."): value for key, value in attributes.items()})

    def failed(self, why: str) -> None:
        """It did not succeed; `why` is a status or the name of an error, never its message."""
        if self.made is not None:
            from opentelemetry.trace import Status, StatusCode

            self.made.set_status(Status(StatusCode.ERROR, why))


NO_SPAN = Span()


@dataclass(slots=True)
class Telemetry:
    """One service's traces, sent to `endpoint`/v1/traces in the background."""

    service: str
    endpoint: str = ""
    _provider: Any = field(init=False, default=None)
    _tracer: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.endpoint:
            self._provider = _provider(self.service, self.endpoint)
            self._tracer = self._provider.get_tracer("offset-fund", VERSION)

    @property
    def on(self) -> bool:
        """Whether anything is traced."""
        return self._tracer is not None

    def span(
        self,
        name: str,
        kind: Kind = "INTERNAL",
        *,
        parent: str | None = None,
        links: Sequence[str] = (),
        attributes: Attributes | None = None,
    ) -> AbstractContextManager[Span]:
        """A span below `parent`, or the first of a new trace; what is raised within marks it as failed."""
        if self._tracer is None:
            return nullcontext(NO_SPAN)
        return self._under_way(self.start(name, kind, parent=parent, links=links, attributes=attributes))

    def start(
        self,
        name: str,
        kind: Kind = "INTERNAL",
        *,
        parent: str | None = None,
        links: Sequence[str] = (),
        attributes: Attributes | None = None,
    ) -> Span:
        """A span that `end` ends; only where telemetry is on."""
        from opentelemetry.context import Context
        from opentelemetry.trace import Link, NonRecordingSpan, SpanKind, set_span_in_context

        context = set_span_in_context(NonRecordingSpan(_place(parent)), Context()) if parent else Context()
        made = self._tracer.start_span(
            name,
            context=context,
            kind=SpanKind[kind],
            links=[Link(_place(link)) for link in links[:MOST_LINKS]],
            attributes=attributes,
        )
        at = made.get_span_context()
        return Span(f"00-{at.trace_id:032x}-{at.span_id:016x}-{at.trace_flags:02x}", made)

    @contextmanager
    def _under_way(self, *spans: Span) -> Iterator[Span]:
        with ended(spans):
            yield spans[0]

    async def close(self) -> None:
        """Send what still waits, for a few seconds at most."""
        if self._provider is not None:
            ending = threading.Thread(target=self._provider.shutdown, daemon=True)
            ending.start()
            await asyncio.to_thread(ending.join, END_SECONDS)


@contextmanager
def ended(spans: Sequence[Span]) -> Iterator[None]:
    """End these spans after what is done within; what is raised there marks them as failed."""
    try:
        yield
    except BaseException as error:
        for span in spans:
            span.failed(type(error).__name__)
        raise
    finally:
        for span in spans:
            span.made.end()


def _place(traceparent: str) -> Any:
    from opentelemetry.trace import SpanContext, TraceFlags

    _, trace_id, span_id, flags = traceparent.split("-")
    return SpanContext(
        int(trace_id, 16), int(span_id, 16), is_remote=True, trace_flags=TraceFlags(int(flags, 16))
    )


def _provider(service: str, endpoint: str) -> Any:
    """Sampling and further settings are OpenTelemetry's own, by its OTEL_... environment variables."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    logging.getLogger("opentelemetry").setLevel(
        logging.ERROR
    )  # not each try to reach a collector that is away
    named = {"service.namespace": "offset-fund", "service.name": service, "service.version": VERSION}
    provider = TracerProvider(resource=Resource.create(named), shutdown_on_exit=False)
    exporter = OTLPSpanExporter(f"{endpoint.rstrip('/')}/v1/traces", timeout=SEND_SECONDS)
    provider.add_span_processor(
        BatchSpanProcessor(
            exporter,
            max_queue_size=SPANS_WAITING,
            max_export_batch_size=SPANS_SENT_TOGETHER,
            schedule_delay_millis=SEND_EVERY_MILLISECONDS,
        )
    )
    return provider
