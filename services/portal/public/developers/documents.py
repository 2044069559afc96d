"""The documents of the version that runs; `python -m deploy.specifications write` makes them from the code.

A test holds that they are those of the code, so no page here tells of another version.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

Document: TypeAlias = dict[str, Any]

FOLDER = Path(__file__).parent / "documents"
SERVICES = ("contributions", "applications", "assessment", "monitoring", "portal")
EVENTS = "asyncapi"


@cache
def text_of(name: str) -> str:
    """The document as it is handed out: `asyncapi`, or the name of a service."""
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@cache
def document(name: str) -> Document:
    """The document as it is read by the pages."""
    read: Document = json.loads(text_of(name))
    return read


def resolve(schema: Document, whole: Document) -> Document:
    """What a reference within a document points at."""
    while "$ref" in schema:
        target: Any = whole
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step.replace("~1", "/").replace("~0", "~")]
        schema = target
    return schema
