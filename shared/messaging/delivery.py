"""What came from Kafka, read without ever raising: a delivery, or the reason why it cannot be read."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from pydantic import ValidationError

from shared.events import Event

Handled: TypeAlias = dict[str, type[Event]]

LONGEST_KEY = 500
"""Characters; ours are ids of 36. PostgreSQL refuses an index row above 2704 bytes, and with it the batch."""


class Record(Protocol):
    """The parts of a Kafka record that are read; aiokafka's ConsumerRecord has them."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """One handled event, or, where `event` is absent, one that cannot be read and why."""

    topic: str
    key: str
    partition: int
    offset: int
    value: bytes | None
    headers: dict[str, str]
    event_id: UUID | None
    type: str | None
    event: Event | None
    unreadable_because: str | None = None

    @property
    def sequence(self) -> int:
        """The event's number among those of its topic and key, from 1, without gaps."""
        return int(self.headers["ce_sequence"])

    @property
    def occurred_at(self) -> datetime:
        """When the owner recorded the fact."""
        return datetime.fromisoformat(self.headers["ce_time"])


def deliver(record: Record, handled: Handled) -> Delivery | None:
    """Read a record; None where its type is legible and not one that this service handles."""
    headers = _headers(record.headers or ())
    type_name = headers.get("ce_type")
    if type_name is not None and _legible(type_name) and type_name not in handled:
        return None
    event_id, event, reason = _read(headers, record.value, handled)
    return Delivery(
        topic=record.topic,
        key=_key(record.key),
        partition=record.partition,
        offset=record.offset,
        value=record.value,
        headers=headers,
        event_id=event_id,
        type=type_name,
        event=event,
        unreadable_because=reason,
    )


def _read(
    headers: dict[str, str], value: bytes | None, handled: Handled
) -> tuple[UUID | None, Event | None, str | None]:
    event_id = None
    try:
        event_id = UUID(headers["ce_id"])
        int(headers["ce_sequence"])
        datetime.fromisoformat(headers["ce_time"])
        return event_id, handled[headers["ce_type"]].model_validate_json(value or b""), None
    except ValidationError as wrong:
        return event_id, None, _what_is_wrong(wrong)
    except (KeyError, ValueError, RecursionError) as error:
        return event_id, None, f"cannot be read: {type(error).__name__}: {error}"[:500].replace("\0", "")


def _what_is_wrong(wrong: ValidationError) -> str:
    """The fields that are not as they should be, or what is no JSON at all; never a value."""
    errors = wrong.errors(include_input=False, include_url=False)[:5]
    if errors[0]["type"] == "json_invalid":
        return f"cannot be read: {errors[0]['msg']}"
    fields = ", ".join(".".join(map(str, error["loc"])) for error in errors)
    return f"wrong shape in: {fields}".replace("\0", "")


def _key(value: bytes | None) -> str:
    """The key as text; one that no index can hold is cut, with a digest so that it stays its own."""
    key = _text(value)
    if len(key) <= LONGEST_KEY:
        return key
    return f"{key[: LONGEST_KEY - 64]}{hashlib.sha256(key.encode()).hexdigest()}"


def _headers(pairs: Any) -> dict[str, str]:
    """All headers as text: together where all are plain, as they are but for poison, else one by one."""
    try:
        headers = {name: value.decode() for name, value in pairs}
    except (AttributeError, UnicodeDecodeError):
        return {name: _text(value) for name, value in pairs}
    if "\0" in "".join(headers.values()):
        return {name: _text(value) for name, value in pairs}
    return headers


def _text(value: bytes | None) -> str:
    """Text that the database can hold: what is no UTF-8, and NUL, stand as escapes."""
    return "" if value is None else value.decode(errors="backslashreplace").replace("\0", "\\x00")


def _legible(type_name: str) -> bool:
    return type_name.isascii() and type_name.isprintable() and "\\" not in type_name and bool(type_name)
