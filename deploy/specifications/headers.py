"""The headers of every event: CloudEvents 1.0 in binary mode, and our own attributes as its extensions."""

from __future__ import annotations

from typing import Any

_UUID = "6f1c9d52-4b7e-4e0b-9a57-2d1f3f0c8e10"


def _text(description: str, example: str, **more: Any) -> dict[str, Any]:
    return {"type": "string", "description": description, "examples": [example], **more}


_PROPERTIES = {
    "ce_specversion": _text("The version of CloudEvents.", "1.0", const="1.0"),
    "ce_id": _text("The event's own id: the same when it is sent again.", _UUID, format="uuid"),
    "ce_type": _text("The name of the event with its version.", "pot.opened.v1"),
    "ce_source": _text("The service that owns the fact.", "contributions"),
    "ce_subject": _text("The key: the id of the aggregate.", _UUID),
    "ce_time": _text(
        "When the owner recorded the fact, in UTC.", "2026-04-17T09:30:00+00:00", format="date-time"
    ),
    "ce_sequence": _text(
        "The event's number among those of its topic and key, from 1.", "1", pattern="^[1-9][0-9]*$"
    ),
    "ce_council": _text("The council whose fund it is.", "netherbourne"),
    "ce_actor": _text("The opaque id of the person, or the service, that caused it.", _UUID),
    "ce_correlationid": _text("What one request led to, in all services.", _UUID, format="uuid"),
    "ce_causationid": _text("The event that caused this one; empty where a person did.", ""),
    "traceparent": _text(
        "The place in a trace (W3C Trace Context); absent where nothing is traced.",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        pattern="^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$",
    ),
    "content-type": _text("How the payload is written.", "application/json", const="application/json"),
}

HEADERS: dict[str, Any] = {
    "title": "CloudEventsHeaders",
    "description": "CloudEvents 1.0 in Kafka's binary mode.",
    "type": "object",
    "required": sorted(set(_PROPERTIES) - {"traceparent"}),
    "properties": _PROPERTIES,
}
