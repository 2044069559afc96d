"""JSON Schema in words: the fields of a thing, their types and units, and the parts that they consist of."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from services.portal.public.developers.documents import Document, resolve

FORMATS = {
    "uuid": "id (UUID)",
    "date": "day (YYYY-MM-DD)",
    "date-time": "time (with its zone)",
    "binary": "file",
    "decimal": "decimal number as text",
    "uri-reference": "address",
}
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "named values",
    "array": "list",
    "null": "nothing",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what it is called, what it holds, in which unit, and whether it is always there."""

    name: str
    holds: str
    unit: str
    required: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A thing with fields, under the name that others call it by."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


def parts(schema: Document, whole: Document) -> list[Part]:
    """The thing that a schema describes and all that it is made of, each once; not what has no fields."""
    found: dict[str, Part] = {}
    for one in _reached(schema, whole, set()):
        part = _part(one, whole)
        if part.fields:
            found.setdefault(part.name, part)
    return list(found.values())


def said(schema: Document, whole: Document) -> str:
    """What a value of the schema is, in words."""
    if "$ref" in schema:
        target = resolve(schema, whole)
        return _name(target) if "properties" in target else said(target, whole)
    several = schema.get("anyOf") or schema.get("oneOf")
    if several:
        return ", or ".join(dict.fromkeys(said(one, whole) for one in several))
    if "const" in schema:
        return f"always “{schema['const']}”"
    if "enum" in schema:
        return "one of " + ", ".join(f"“{value}”" for value in schema["enum"])
    if schema.get("type") == "array" and isinstance(schema.get("items"), dict) and schema["items"]:
        return f"list of: {said(schema['items'], whole)}"
    return _plain(schema)


def _plain(schema: Document) -> str:
    if "contentMediaType" in schema:
        return "file"
    if schema.get("type") == "string" and schema.get("x-unit"):
        return FORMATS["decimal"]
    return FORMATS.get(schema.get("format", ""), TYPES.get(schema.get("type", ""), "anything"))


def _part(schema: Document, whole: Document) -> Part:
    required = schema.get("required", ())
    fields = (
        Field(
            name, said(one, whole), resolve(one, whole).get("x-unit", one.get("x-unit", "")), name in required
        )
        for name, one in schema.get("properties", {}).items()
    )
    return Part(_name(schema), schema.get("description", ""), tuple(fields))


def _name(schema: Document) -> str:
    return str(schema.get("title", "Content"))


def _reached(schema: Any, whole: Document, seen: set[int]) -> Iterator[Document]:
    """The schema and all that it refers to, from above."""
    schema = resolve(schema, whole)
    if id(schema) in seen:
        return
    seen.add(id(schema))
    yield schema
    inside = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    inside += [schema.get("items"), schema.get("additionalProperties")]
    for one in inside:
        if isinstance(one, dict):
            yield from _reached(one, whole, seen)
