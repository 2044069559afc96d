"""Rows that must say what events say: what was told by the newest event of a key, against what is kept."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

from deploy.audit.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from deploy.audit.snapshot import Logged, Snapshot


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that a kind of event gives to a column without naming it."""

    value: Any


Source: TypeAlias = str | Fixed
"""Where a column's value comes from: a field of the event (`building.ward`), a field of one item of its list
(`*.pot_id`, the item itself `*`, its number `#`), what the log says of it (`@sequence`), or a fixed value."""

Key: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Rows of one service that are filled by events of these types, each type with its columns.

    `filled` names a column that is only filled by such an event; without it every row is. `each` names the
    list in the event that makes one row of each item. `rows` is asked in place of the whole table.
    `whole` names what an event tells all items of, so that only the newest event of each counts.
    """

    check: str
    reader: str
    table: str
    key: Mapping[str, Source]
    events: Mapping[str, Mapping[str, Source]]
    filled: str = ""
    each: str = ""
    rows: str = ""
    whole: str = ""

    @property
    def sql(self) -> str:
        """What to ask the reader's database."""
        return self.rows or f"SELECT * FROM {self.table}"  # noqa: S608 - names of this program

    @property
    def columns(self) -> frozenset[str]:
        """The columns that are compared."""
        return frozenset([*self.key, *(name for columns in self.events.values() for name in columns)])


def same_named(names: str, **others: Source) -> dict[str, Source]:
    """Columns that are called as the event's fields, and others."""
    return {**{name: name for name in names.split()}, **others}


Getter: TypeAlias = "Callable[[Logged, Any, int], Any]"
"""Takes a value out of an event, of one item of its list, or of the item's number."""


@dataclass(frozen=True, slots=True)
class _Told:
    event: Logged
    item: Any
    number: int
    type: str

    def value(self, source: Source) -> Any:
        """What the event says for one column."""
        return _getter(source)(self.event, self.item, self.number)


@cache
def _getter(source: Source) -> Getter:
    if isinstance(source, Fixed):
        return lambda _event, _item, _number: source.value
    if source.startswith("@"):
        return lambda event, _item, _number: getattr(event, source[1:])
    if source == "#":
        return lambda _event, _item, number: number
    first, *parts = source.split(".")
    if first == "*":
        return lambda _event, item, _number: _at(item, parts)
    return lambda event, _item, _number: _at(event.content, (first, *parts))


def _at(content: Any, parts: Sequence[str]) -> Any:
    for part in parts:
        content = content.get(part) if type(content) is dict else None
    return content


async def copies_are_true(snapshot: Snapshot, copies: Sequence[Copy]) -> list[Finding]:
    """Each event's row is there once and says what the newest event of its key says, and no other row is."""
    findings: list[Finding] = []
    for copy in copies:
        if copy.reader in snapshot.services:
            findings += _compare(copy, snapshot, await snapshot.rows(copy.reader, copy.sql))
    return findings


def _compare(copy: Copy, snapshot: Snapshot, rows: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    told, kept = _told(copy, snapshot), dict[Key, Mapping[str, Any]]()
    for row in rows:
        if copy.filled and row[copy.filled] is None:
            continue
        key = tuple(str(row[name]) for name in copy.key)
        if key in kept:
            yield _finding(copy, key, "There are two rows; there ought to be one.")
        kept[key] = row
        if key not in told:
            yield _finding(copy, key, f"The row is filled, but no log has its {' or '.join(copy.events)}.")
    for key, fact in told.items():
        if key not in kept:
            yield _finding(copy, key, f"There is no such row; {fact.event} says it ought to be there.")
        elif wrong := _differences(copy, fact, kept[key]):
            yield _finding(copy, key, f"{'; '.join(wrong)}, says {fact.event}.")


def _told(copy: Copy, snapshot: Snapshot) -> dict[Key, _Told]:
    told: dict[Key, _Told] = {}
    aside = snapshot.aside[copy.reader]
    getters = [_getter(source) for source in copy.key.values()]
    newest = _newest(copy, snapshot) if copy.whole else {}
    for type_name in copy.events:
        for event in snapshot.by_type.get(type_name, ()):
            if event.event_id in aside or newest.get(_whole(copy, event), event.sequence) > event.sequence:
                continue
            for number, item in enumerate(_items(copy, event)):
                key = tuple([str(get(event, item, number)) for get in getters])
                if key not in told or told[key].event.sequence < event.sequence:
                    told[key] = _Told(event, item, number, type_name)
    return told


def _newest(copy: Copy, snapshot: Snapshot) -> dict[str, int]:
    """The sequence of the newest event that tells all items of each whole."""
    newest: dict[str, int] = {}
    for type_name in copy.events:
        for event in snapshot.by_type.get(type_name, ()):
            place = _whole(copy, event)
            newest[place] = max(newest.get(place, 0), event.sequence)
    return newest


def _whole(copy: Copy, event: Logged) -> str:
    return str(_getter(copy.whole)(event, None, 0)) if copy.whole else ""


def _items(copy: Copy, event: Logged) -> Sequence[Any]:
    if not copy.each:
        return (None,)
    items = _getter(copy.each)(event, None, 0)
    return items if isinstance(items, list) else ()


def _differences(copy: Copy, fact: _Told, row: Mapping[str, Any]) -> list[str]:
    return [
        f"{name} is {row[name]!s} and ought to be {said!s}"
        for name, source in copy.events[fact.type].items()
        if not same(said := fact.value(source), row[name])
    ]


def same(said: Any, kept: Any) -> bool:
    """Whether a column holds what JSON says; a field that older events lack is nothing, or not so."""
    if said == kept:
        return True
    if said is None or kept is None:
        return not said and not kept
    if isinstance(kept, list):
        return len(said) == len(kept) and all(map(same, said, kept))
    if isinstance(said, dict | list):
        return _says(kept, said)
    if isinstance(kept, Decimal):
        return _decimal(said) == kept
    return bool(_as_said(kept) == said)


def _says(kept: Any, said: Any) -> bool:
    """Whether a text is JSON that says the same."""
    try:
        return bool(json.loads(kept) == said)
    except ValueError:
        return False


def _as_said(kept: Any) -> Any:
    """An id or a day as JSON writes it; anything else stays as it is."""
    if isinstance(kept, UUID):
        return str(kept)
    is_day = isinstance(kept, date) and not isinstance(kept, datetime)
    return kept.isoformat() if is_day else kept


def _decimal(said: Any) -> Decimal | None:
    try:
        return Decimal(str(said))
    except InvalidOperation:
        return None


def _finding(copy: Copy, key: Key, message: str) -> Finding:
    return Finding(check=copy.check, where=f"{copy.reader} {copy.table} {' '.join(key)}", message=message)
