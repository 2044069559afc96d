"""The published documents: those of the code are shown, and nothing in them breaks what was released."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from deploy.specifications.__main__ import WRITE, unwritten
from deploy.specifications.breaking import breaking_changes
from deploy.specifications.documents import EVENTS_DOCUMENT, RELEASED, generate, load
from deploy.specifications.headers import HEADERS
from shared.events import EVENTS
from shared.version import VERSION
from shared.web.problems import STATUS, problem

GENERATED = generate()
SERVICES = sorted(GENERATED.keys() - {EVENTS_DOCUMENT})
OPERATIONS = [
    (service, method, path)
    for service in SERVICES
    for path, item in GENERATED[service]["paths"].items()
    for method in item
]


def operation(service: str, method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = GENERATED[service]["paths"][path][method]
    return found


def test_nothing_breaks_what_the_last_release_promised() -> None:
    released = load(RELEASED)

    assert released.keys() >= {EVENTS_DOCUMENT, *SERVICES}
    assert list(map(str, breaking_changes(released, GENERATED))) == []


def test_the_portal_shows_the_documents_of_the_code() -> None:
    assert unwritten(GENERATED) == [], f"Run `{WRITE}` and commit what it writes."


def test_the_documents_name_the_version_of_the_whole() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["version"] == VERSION
    assert {document["info"]["version"] for document in GENERATED.values()} == {VERSION}


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_has_a_name_of_its_own_a_summary_a_subject_and_its_rule(service: str) -> None:
    operations = [operation(*one) for one in OPERATIONS if one[0] == service]

    names = [one["operationId"] for one in operations]
    assert len(names) == len(set(names))
    assert all(one["summary"] and one["tags"] and "x-roles" in one for one in operations)


def test_whatever_changes_something_needs_a_token_and_an_idempotency_key() -> None:
    for service, method, path in OPERATIONS:
        described = operation(service, method, path)
        keys = [one for one in described["parameters"] if one["name"] == "Idempotency-Key"]
        assert bool(keys) == (method != "get"), (service, method, path)
        assert all(one["required"] for one in keys)
        if method != "get":
            assert described["security"] == [{"bearer": []}]
            assert {"401", "403", "404", "409", "422"} <= described["responses"].keys()


def test_the_problem_details_are_described_as_they_are_sent() -> None:
    sent = problem(422, "receipt.amount", "Enter a sum.", [{"field": "amount", "message": "Enter a sum."}])

    for service in SERVICES:
        components = GENERATED[service]["components"]
        assert "HTTPValidationError" not in components["schemas"]
        described = components["schemas"]["ProblemDetails"]["properties"]
        assert set(json.loads(bytes(sent.body))) == set(described)
    assert {str(status) for status in STATUS.values()} <= {
        status for one in OPERATIONS for status in operation(*one)["responses"]
    }


def test_the_headers_of_events_are_described_as_the_relay_sends_them() -> None:
    sources = [path for path in Path("shared/messaging").rglob("*.py") if "relay" in str(path)]
    sent = {
        name for path in sources for name in re.findall(r'"(ce_[a-z]+)"', path.read_text(encoding="utf-8"))
    }

    assert sent == {name for name in HEADERS["properties"] if name.startswith("ce_")}


def test_every_event_is_published_by_its_owner_and_acted_on_by_somebody() -> None:
    operations = GENERATED[EVENTS_DOCUMENT]["operations"].values()
    told: dict[str, set[str]] = {"send": set(), "receive": set()}
    for one in operations:
        told[one["action"]] |= {message["$ref"].rpartition("/")[2] for message in one["messages"]}

    assert told["send"] == {event.name for event in EVENTS}
    assert {_fact(name) for name in told["receive"]} == {_fact(event.name) for event in EVENTS}


def _fact(name: str) -> str:
    """The name of an event without its version: a reader handles one of them."""
    return name.rpartition(".")[0]
