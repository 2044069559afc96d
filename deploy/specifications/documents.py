"""The documents as files: those of the code, which the portal shows, and those of the last release."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeAlias

from deploy.specifications.asyncapi import asyncapi
from deploy.specifications.services import SERVICES, application
from deploy.specifications.units import add_units

Document: TypeAlias = dict[str, Any]

CHECKOUT = Path(__file__).parents[2]
RUNNING = CHECKOUT / "services" / "portal" / "public" / "developers" / "documents"
RELEASED = CHECKOUT / "docs" / "specifications" / "released"
EVENTS_DOCUMENT = "asyncapi"
AS_TOLD = {"properties", "payload"}


def generate() -> dict[str, Document]:
    """Every document by its file's name: `asyncapi`, and each service's."""
    return {EVENTS_DOCUMENT: asyncapi(), **{service: openapi(service) for service in SERVICES}}


def openapi(service: str) -> Document:
    """What one service answers over HTTP."""
    document = deepcopy(application(service).openapi())
    add_units(document)
    return document


def written(document: Document) -> str:
    """The text of a document: the same for the same interface, so that a change is easy to see."""
    return json.dumps(_sorted(document), indent=1, ensure_ascii=False) + "\n"


def _sorted(node: Any, under: str = "") -> Any:
    """The same by name, but fields in the order in which their owner tells them."""
    if isinstance(node, list):
        return [_sorted(item) for item in node]
    if not isinstance(node, dict):
        return node
    names = node if under in AS_TOLD else sorted(node)
    return {name: _sorted(node[name], name) for name in names}


def save(documents: dict[str, Document], folder: Path) -> None:
    """Write the documents into a folder, and nothing else that is there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(written(document), encoding="utf-8")


def load(folder: Path) -> dict[str, Document]:
    """The documents of a folder."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
