"""Whether what one schema lets be written, another can read; and which fields are lost between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema: TypeAlias = dict[str, Any]
Document: TypeAlias = dict[str, Any]

LOWEST = ("minimum", "exclusiveMinimum", "minLength", "minItems")
HIGHEST = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
EXACT = ("format", "pattern")


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A place in a schema, and what is wrong there; `other_type` where nothing further can be compared."""

    place: str
    what: str
    other_type: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two schemas of one thing, as it is written and as it is read, and the documents they refer into."""

    written: Schema
    read: Schema
    written_in: Document
    read_in: Document
    place: str = ""
    above: tuple[tuple[int, int], ...] = ()

    def below(self, step: str, written: Schema, read: Schema) -> Pair:
        """The same for a part of the two."""
        return replace(self, written=written, read=read, place=f"{self.place}{step}")


def resolve(schema: Any, document: Document) -> Any:
    """What a reference within the document points at."""
    while isinstance(schema, dict) and "$ref" in schema:
        target: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        schema = target
    return schema


def unreadable(pair: Pair) -> Iterator[Mismatch]:
    """Where something that is written as the one schema says is refused by a reader of the other."""
    one, other = resolve(pair.written, pair.written_in), resolve(pair.read, pair.read_in)
    if (id(one), id(other)) in pair.above:
        return
    pair = replace(pair, above=(*pair.above, (id(one), id(other))))
    readable = list(_alternatives(other, pair.read_in))
    for written in _alternatives(one, pair.written_in):
        tried = [list(_refused(pair.below("", written, read))) for read in readable]
        yield from min(tried, key=lambda found: (any(one.other_type for one in found), len(found)))


def lost(pair: Pair) -> Iterator[Mismatch]:
    """The fields of the first schema that the second does not have any more."""
    one, other = resolve(pair.written, pair.written_in), resolve(pair.read, pair.read_in)
    if (id(one), id(other)) in pair.above:
        return
    pair = replace(pair, above=(*pair.above, (id(one), id(other))))
    gone, kept = _parts(one, pair.written_in), _parts(other, pair.read_in)
    for step, part in gone.items():
        if step in kept:
            yield from lost(pair.below(step, part, kept[step]))
        elif step != "[]" or not kept:
            yield Mismatch(f"{pair.place}{step}".removeprefix("."), "is gone")


def _parts(schema: Schema, document: Document) -> dict[str, Schema]:
    """The fields and items of a schema, in whichever of its alternatives they stand."""
    found: dict[str, Schema] = {}
    for one in _alternatives(schema, document):
        found |= {f".{name}": part for name, part in one.get("properties", {}).items()}
        if isinstance(one.get("items"), dict):
            found["[]"] = one["items"]
    return found


def _alternatives(schema: Any, document: Document) -> Iterator[Schema]:
    schema = resolve(schema, document)
    if not isinstance(schema, dict):
        schema = {} if schema else {"not": {}}
    several = schema.get("anyOf") or schema.get("oneOf")
    if several:
        for one in several:
            yield from _alternatives(one, document)
    elif isinstance(schema.get("type"), list):
        yield from ({**schema, "type": one} for one in schema["type"])
    else:
        yield schema


def _refused(pair: Pair) -> Iterator[Mismatch]:
    written, read = pair.written, pair.read
    place = pair.place.removeprefix(".")
    if not _same_type(written.get("type"), read.get("type")):
        told = f"may be {_named(written)}, where {_named(read)} is read"
        yield Mismatch(place, told, other_type=True)
        return
    yield from (Mismatch(place, told) for told in (*_values(written, read), *_limits(written, read)))
    yield from _fields(pair)
    if isinstance(written.get("items"), dict) and isinstance(read.get("items"), dict):
        yield from unreadable(pair.below("[]", written["items"], read["items"]))
    sent, known = written.get("additionalProperties"), read.get("additionalProperties")
    if isinstance(sent, dict) and isinstance(known, dict):
        yield from unreadable(pair.below("{}", sent, known))


def _same_type(written: str | None, read: str | None) -> bool:
    return read is None or written == read or (written, read) == ("integer", "number")


def _named(schema: Schema) -> str:
    return str(schema.get("type", "anything"))


def _values(written: Schema, read: Schema) -> Iterator[str]:
    known, sent = _listed(read), _listed(written)
    if known is None:
        return
    if sent is None:
        yield f"may be any value, where one of {', '.join(map(str, known))} is read"
    elif unknown := [str(value) for value in sent if value not in known]:
        yield f"may be {', '.join(unknown)}, which is not read"


def _listed(schema: Schema) -> list[Any] | None:
    return [schema["const"]] if "const" in schema else schema.get("enum")


def _limits(written: Schema, read: Schema) -> Iterator[str]:
    for name in EXACT:
        if name in read and written.get(name) != read[name] and _listed(written) is None:
            yield f"has {name} {written.get(name, 'of any kind')}, where {read[name]} is read"
    for name in LOWEST:
        if name in read and written.get(name, float("-inf")) < read[name]:
            yield f"has {name} {written.get(name, 'none')}, where {read[name]} is read"
    for name in HIGHEST:
        if name in read and written.get(name, float("inf")) > read[name]:
            yield f"has {name} {written.get(name, 'none')}, where {read[name]} is read"


def _fields(pair: Pair) -> Iterator[Mismatch]:
    sent, known = pair.written.get("properties", {}), pair.read.get("properties", {})
    always = pair.written.get("required", ())
    for name in pair.read.get("required", ()):
        if name not in always:
            yield Mismatch(f"{pair.place}.{name}".removeprefix("."), "may be missing, where it is required")
    if pair.read.get("additionalProperties") is False:
        for name in sorted(set(sent) - set(known)):
            yield Mismatch(f"{pair.place}.{name}".removeprefix("."), "is sent, where it is refused")
    for name in sorted(set(sent) & set(known)):
        yield from unreadable(pair.below(f".{name}", sent[name], known[name]))
