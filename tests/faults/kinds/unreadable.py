"""Records that no service can make sense of, and by what they are known again."""

from typing import Any, TypeAlias
from uuid import uuid4

from shared.events import EVENTS
from shared.events.topics import TOPICS
from tests.faults.chance import drawn_from

Headers: TypeAlias = list[tuple[str, Any]]
Poison: TypeAlias = tuple[bytes | None, bytes | None, Headers]
"""Key, value and headers."""


def _headers(topic: str, **changes: str) -> Headers:
    """The headers of an event of this topic that some service acts on."""
    name = next(event.name for event in EVENTS if event.topic == topic)
    attributes = {
        "ce_id": str(uuid4()),
        "ce_type": name,
        "ce_sequence": "1",
        "ce_time": "2026-01-01T00:00:00+00:00",
        **changes,
    }
    return [(header, value.encode()) for header, value in attributes.items()]


def bad_header(topic: str, key: bytes) -> Poison:
    return key, b"{}", [*_headers(topic)[:1], ("ce_type", b"\xff\xfe\x00")]


def null_header(_topic: str, key: bytes) -> Poison:
    return key, b"{}", [("ce_type", None), ("ce_id", None)]


def no_headers(_topic: str, key: bytes) -> Poison:
    return key, b"{}", []


def bad_json(topic: str, key: bytes) -> Poison:
    return key, b'{"half": ', _headers(topic)


def wrong_shape(topic: str, key: bytes) -> Poison:
    return key, b'["a list"]', _headers(topic)


def unknown_version(topic: str, key: bytes) -> Poison:
    return key, b"{}", _headers(topic, ce_type="application.submitted.v99")


def bad_id(topic: str, key: bytes) -> Poison:
    return key, b"{}", _headers(topic, ce_id="not an id")


def bad_time(topic: str, key: bytes) -> Poison:
    return key, b"{}", _headers(topic, ce_time="yesterday")


def huge_key(topic: str, key: bytes) -> Poison:
    noise = drawn_from(key).randbytes(10_000).hex()  # what can be pressed together fits into an index
    return noise.encode(), b"{}", _headers(topic)


def null_value(topic: str, key: bytes) -> Poison:
    return key, None, _headers(topic)


def null_key(topic: str, _key: bytes) -> Poison:
    return None, b"not JSON", _headers(topic)


def bad_key(topic: str, key: bytes) -> Poison:
    return b"\xff\x00" + key, b"\x00\xff", _headers(topic)


MAKERS = (
    bad_header,
    null_header,
    no_headers,
    bad_json,
    wrong_shape,
    unknown_version,
    bad_id,
    bad_time,
    huge_key,
    null_value,
    null_key,
    bad_key,
)


VALUES = frozenset(make(TOPICS[0], b"a key")[1] for make in MAKERS)
"""What no event holds, for each names at least its key: by this poison is known wherever it stands."""
