"""One AsyncAPI 3 document: every topic, every event in it, who publishes it and who acts on it."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from deploy.specifications.headers import HEADERS
from deploy.specifications.samples import sample_of
from deploy.specifications.services import SERVICES, handled_types
from deploy.specifications.units import add_units
from shared.events import EVENTS, Event
from shared.events.topics import PARTITIONS, TOPIC_SETTINGS, TOPICS
from shared.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

Document: TypeAlias = dict[str, Any]

ABOUT = (
    "Every fact that the services of Offset Fund tell one another over Kafka. Events carry no personal data."
    " One topic for each family of aggregates, its key the aggregate's id: order holds within one key only."
    " Each event comes at least once, and `ce_id` tells a repeat. Ignore fields you do not know: a new"
    " optional field keeps the version, anything else is a new version."
)


class DecimalsAsText(GenerateJsonSchema):
    """JSON Schema as pydantic makes it, in which a decimal number tells that it is one."""

    def decimal_schema(self, _schema: Any) -> dict[str, Any]:
        return {"type": "string", "format": "decimal"}


def asyncapi() -> Document:
    """The document of the running version."""
    document: Document = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Offset Fund: events",
            "version": VERSION,
            "description": ABOUT,
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {"kafka": _server()},
        "channels": {topic: _channel(topic) for topic in TOPICS},
        "operations": _operations(),
        "components": {"messages": {event.name: _message(event) for event in EVENTS}, "schemas": _schemas()},
    }
    add_units(document)
    return document


def _server() -> Document:
    bootstrap = {
        "default": "localhost:9092",
        "description": "The setting OFFSET_FUND_KAFKA_BOOTSTRAP_SERVERS.",
    }
    return {"host": "{bootstrap}", "protocol": "kafka", "variables": {"bootstrap": bootstrap}}


def _channel(topic: str) -> Document:
    events = [event for event in EVENTS if event.topic == topic]
    settings = {
        "retention.ms": int(TOPIC_SETTINGS["retention.ms"]),
        "cleanup.policy": [TOPIC_SETTINGS["cleanup.policy"]],
    }
    kafka = {
        "topic": topic,
        "partitions": PARTITIONS,
        "topicConfiguration": settings,
        "bindingVersion": "0.5.0",
    }
    [key] = {event.key_field for event in events}
    return {
        "address": topic,
        "description": f"Keyed by {key}.",
        "messages": {event.name: {"$ref": f"#/components/messages/{event.name}"} for event in events},
        "bindings": {"kafka": kafka},
    }


def _operations() -> Document:
    operations = {}
    for service in SERVICES:
        sent = {event.name for event in EVENTS if event.topic.startswith(f"{service}.")}
        for action, names in (("send", sent), ("receive", handled_types(service))):
            for topic in TOPICS:
                events = [event for event in EVENTS if event.topic == topic and event.name in names]
                if events:
                    operations[f"{service}.{action}.{topic}"] = _operation(service, action, topic, events)
    return operations


def _operation(service: str, action: str, topic: str, events: Sequence[type[Event]]) -> Document:
    does = "publishes to" if action == "send" else "acts on events of"
    channel = f"#/channels/{topic.replace('/', '~1')}"
    return {
        "action": action,
        "channel": {"$ref": channel},
        "summary": f"The {service} service {does} {topic}.",
        "tags": [{"name": service}],
        "messages": [{"$ref": f"{channel}/messages/{event.name}"} for event in events],
    }


def _message(event: type[Event]) -> Document:
    first, _, more = inspect.cleandoc(event.__doc__ or "").partition("\n\n")
    sample = {"headers": headers_of(event), "payload": sample_of(event).model_dump(mode="json")}
    return {
        "name": event.name,
        "title": event.__name__,
        "summary": " ".join(first.split()),
        **({"description": " ".join(more.split())} if more else {}),
        "headers": {"$ref": "#/components/schemas/CloudEventsHeaders"},
        "payload": {"$ref": f"#/components/schemas/{event.__name__}"},
        "bindings": {"kafka": {"key": {"type": "string", "format": "uuid"}, "bindingVersion": "0.5.0"}},
        "x-key": event.key_field,
        "examples": [{"name": "invented", **sample}],
    }


def headers_of(event: type[Event]) -> dict[str, str]:
    """The headers of the sample of an event."""
    own = {
        "ce_type": event.name,
        "ce_source": event.topic.partition(".")[0],
        "ce_subject": sample_of(event).key,
    }
    return {name: own.get(name, schema["examples"][0]) for name, schema in HEADERS["properties"].items()}


def _schemas() -> Document:
    """The payloads as the owners write them (a decimal number is a string), each part once."""
    models: list[tuple[type[Event], Literal["serialization"]]] = [
        (event, "serialization") for event in EVENTS
    ]
    _, made = models_json_schema(
        models, ref_template="#/components/schemas/{model}", schema_generator=DecimalsAsText
    )
    schemas: Document = made["$defs"]
    for schema in schemas.values():
        schema["description"] = " ".join(schema.get("description", "").split())
    return {**schemas, "CloudEventsHeaders": HEADERS}
