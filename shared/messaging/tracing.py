"""The spans of a reader: one for each batch, and in each event's own trace one for what it led to."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import repeat

from shared.messaging.delivery import Delivery, Record
from shared.telemetry import NO_SPAN, Attributes, Span, Telemetry, ended, readable

NOWHERE: AbstractContextManager[Iterable[str | None]] = nullcontext(repeat(None))


@dataclass(frozen=True, slots=True)
class Tracing:
    """What a batch reports to; the spans of events that came alone in their trace are below the batch's."""

    telemetry: Telemetry
    batch: Span = NO_SPAN
    one_trace: bool = False

    @contextmanager
    def of_batch(self, records: Sequence[Record]) -> Iterator["Tracing"]:
        """The span of a batch: in the trace that its events come from, or linked to theirs where many."""
        sources = sorted(_sources(records)) if self.telemetry.on else []
        if not sources:
            yield self
            return
        alone = len(sources) == 1
        parent, links = (sources[0], ()) if alone else (None, sources)
        attributes: Attributes = {"messaging.system": "kafka", "messaging.batch.message_count": len(records)}
        with self.telemetry.span(
            "take batch", "CONSUMER", parent=parent, links=links, attributes=attributes
        ) as span:
            yield Tracing(self.telemetry, span, alone)

    def handling(self, deliveries: Sequence[Delivery]) -> AbstractContextManager[Iterable[str | None]]:
        """A span for each event's command; answers the traceparents of what the commands will record."""
        return self._handling(deliveries) if self.telemetry.on else NOWHERE

    def projecting(self, deliveries: Sequence[Delivery]) -> AbstractContextManager[Iterable[str | None]]:
        """A span in each trace that the events of a list come from."""
        return self._projecting(deliveries) if self.telemetry.on else NOWHERE

    @contextmanager
    def _handling(self, deliveries: Sequence[Delivery]) -> Iterator[Iterable[str | None]]:
        spans = [self._step(f"handle {each.type}", readable(_told(each)), [each]) for each in deliveries]
        with ended([span for span in spans if span.made is not None]):
            yield [span.traceparent for span in spans]

    @contextmanager
    def _projecting(self, deliveries: Sequence[Delivery]) -> Iterator[Iterable[str | None]]:
        by_source: dict[str, list[Delivery]] = {}
        for delivery in deliveries:
            if source := readable(_told(delivery)):
                by_source.setdefault(source, []).append(delivery)
        steps = [self._step(f"project {those[0].type}", source, those) for source, those in by_source.items()]
        with ended(steps):
            yield ()

    def _step(self, name: str, source: str | None, deliveries: Sequence[Delivery]) -> Span:
        if source is None:
            return NO_SPAN
        below_batch = self.one_trace and self.batch.traceparent is not None
        batch = [self.batch.traceparent] if self.batch.traceparent and not below_batch else []
        first = deliveries[0]
        return self.telemetry.start(
            name,
            "CONSUMER",
            parent=self.batch.traceparent if below_batch else source,
            links=batch,
            attributes={
                "messaging.system": "kafka",
                "messaging.destination.name": first.topic,
                "messaging.message.id": str(first.event_id),
                "messaging.batch.message_count": len(deliveries),
                "offset_fund.event_type": first.type or "",
            },
        )


NOT_TRACED = Tracing(Telemetry(""))


def _told(delivery: Delivery) -> str | None:
    return delivery.headers.get("traceparent")


def _sources(records: Sequence[Record]) -> set[str]:
    """The traceparents that records came with; what is none is left out."""
    found = {value for record in records for name, value in record.headers or () if name == "traceparent"}
    return {text for value in found if value and (text := readable(value.decode(errors="replace")))}
