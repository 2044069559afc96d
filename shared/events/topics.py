"""The Kafka topics, in one place: created by a command, never by accident."""

from shared.events import EVENTS

PARTITIONS = 12
"""For good: more partitions would move keys and break their order."""

TOPICS: tuple[str, ...] = tuple(sorted({event.topic for event in EVENTS}))
"""One topic per aggregate family, keyed by the aggregate's id, kept for ever (retention.ms=-1)."""

TOPIC_SETTINGS = {"retention.ms": "-1", "cleanup.policy": "delete"}
