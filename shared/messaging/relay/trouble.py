"""What the relay knows of Kafka's troubles, kept from one producer to the next."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

import structlog

from shared.observability import TOPIC_HELD, TOPICS_LOST

log = structlog.get_logger()

HOLD_SECONDS = 1.0


class StopSendingError(Exception):
    """The producer is done with: what it leaves unacknowledged is sent again by the next."""


@dataclass(slots=True)
class Trouble:
    """Topics that wait, topics to refill, and events that were refused together with others."""

    service: str
    refill_after_seconds: float
    alone: set[int] = field(default_factory=set)
    _held: dict[str, float] = field(default_factory=dict)
    _lost: dict[str, float] = field(default_factory=dict)
    _told: set[str] = field(default_factory=set)

    @property
    def waiting(self) -> list[str]:
        """Topics that nothing is sent to for now: missing, failing, or lost and not yet refilled."""
        now = time.monotonic()
        for topic in [topic for topic, until in self._held.items() if until <= now]:
            del self._held[topic]
        return [*self._held, *self._lost]

    def hold(self, topic: str, why: str) -> None:
        """Send nothing to a topic for a second, and let the others go on."""
        self._held[topic] = time.monotonic() + HOLD_SECONDS
        if topic not in self._told:
            self._told.add(topic)
            log.warning("topic_held", topic=topic, reason=why[:300])
        TOPIC_HELD.labels(self.service, topic).set(1)

    def flows(self, topic: str) -> None:
        """A topic takes events again."""
        self._told.discard(topic)
        TOPIC_HELD.labels(self.service, topic).set(0)

    def lost(self, topics: Iterable[str]) -> None:
        """Kafka lost these: each is refilled once every reader that runs has seen how short its log is."""
        for topic in topics:
            if topic not in self._lost:
                self._lost[topic] = time.monotonic() + self.refill_after_seconds
                TOPICS_LOST.labels(self.service, topic).inc()
                log.error("topic_lost", topic=topic, refilled_in_seconds=self.refill_after_seconds)

    def is_lost(self, topic: str) -> bool:
        """Whether the topic waits for its refill."""
        return topic in self._lost

    def to_refill(self) -> list[str]:
        """Lost topics whose time has come."""
        now = time.monotonic()
        return [topic for topic, at in self._lost.items() if at <= now]

    def refilled(self, topic: str) -> None:
        """The topic's events are in the outbox again."""
        del self._lost[topic]
        log.warning("topic_refilled", topic=topic)
