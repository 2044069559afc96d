"""The AsyncAPI document as pages show it: topics, their events, who publishes and who acts on them."""

import json
from dataclasses import dataclass
from functools import cache

from services.portal.public.developers.documents import EVENTS, SERVICES, Document, document
from services.portal.public.developers.fields import Part, parts
from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class EventSaid:
    """One type of event."""

    name: str
    meaning: str
    more: str
    topic: str
    key: str
    publishers: tuple[str, ...]
    listeners: tuple[str, ...]
    parts: tuple[Part, ...]
    headers: Part
    example: str


@dataclass(frozen=True, slots=True)
class TopicSaid:
    """One topic with its events."""

    name: str
    key: str
    partitions: int
    events: tuple[EventSaid, ...]


@cache
def list_topics() -> list[TopicSaid]:
    """Every topic, by name."""
    whole = document(EVENTS)
    return [
        TopicSaid(
            name=topic,
            key=channel["description"],
            partitions=channel["bindings"]["kafka"]["partitions"],
            events=tuple(_event(name, topic, whole) for name in channel["messages"]),
        )
        for topic, channel in whole["channels"].items()
    ]


def show_event(name: str) -> EventSaid:
    """One type of event by its name, such as `pot.opened.v1`."""
    whole = document(EVENTS)
    for topic, channel in whole["channels"].items():
        if name in channel["messages"]:
            return _event(name, topic, whole)
    raise NotFound("event.unknown", "There is no such event.")


def _event(name: str, topic: str, whole: Document) -> EventSaid:
    message = whole["components"]["messages"][name]
    payload = message["examples"][0]["payload"]
    return EventSaid(
        name=name,
        meaning=message["summary"],
        more=message.get("description", ""),
        topic=topic,
        key=message["x-key"],
        publishers=_services("send", name, whole),
        listeners=_services("receive", name, whole),
        parts=tuple(parts(message["payload"], whole)),
        headers=parts(message["headers"], whole)[0],
        example=json.dumps(payload, indent=2, ensure_ascii=False),
    )


def _services(action: str, name: str, whole: Document) -> tuple[str, ...]:
    """The services that send, or act on, an event."""
    found = {
        operation["tags"][0]["name"]
        for operation in whole["operations"].values()
        if operation["action"] == action
        and any(one["$ref"].endswith(f"/messages/{name}") for one in operation["messages"])
    }
    return tuple(service for service in SERVICES if service in found)
