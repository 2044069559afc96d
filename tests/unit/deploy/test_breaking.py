"""What breaks somebody who relies on a published interface is found, and what does not passes."""

from copy import deepcopy
from typing import Any

import pytest

from deploy.specifications.breaking import breaking_changes, breaking_events, breaking_operations

OPENED = "pot.opened.v1"


def events() -> dict[str, Any]:
    """A document of one topic with one event."""
    share = {"type": "object", "required": ["pence"], "properties": {"pence": {"type": "integer"}}}
    payload = {
        "type": "object",
        "required": ["pot_id", "kind", "shares"],
        "properties": {
            "pot_id": {"type": "string", "format": "uuid"},
            "kind": {"enum": ["receipt", "import"], "type": "string"},
            "wards": {"type": "array", "items": {"type": "string"}},
            "spend_by_on": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
            "shares": {"type": "array", "items": {"$ref": "#/components/schemas/Share"}},
        },
    }
    message = {"payload": {"$ref": "#/components/schemas/PotOpened"}, "headers": {}, "x-key": "pot_id"}
    channel = {
        "messages": {OPENED: {"$ref": f"#/components/messages/{OPENED}"}},
        "bindings": {"kafka": {"partitions": 12}},
    }
    return {
        "asyncapi": "3.0.0",
        "channels": {"contributions.pot": channel},
        "components": {"messages": {OPENED: message}, "schemas": {"PotOpened": payload, "Share": share}},
    }


def operations() -> dict[str, Any]:
    """A document of one operation."""
    body = {
        "type": "object",
        "required": ["amount_pence"],
        "properties": {
            "amount_pence": {"type": "integer", "minimum": 1},
            "note": {"anyOf": [{"type": "string", "maxLength": 200}, {"type": "null"}]},
        },
    }
    answer = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "status": {"type": "string", "enum": ["open", "paid"]}},
    }
    post = {
        "x-roles": ["officer", "team"],
        "parameters": [{"name": "page", "in": "query", "required": False, "schema": {"type": "integer"}}],
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "201": {"content": {"application/json": {"schema": answer}}},
            "409": {"description": "Conflict"},
        },
    }
    return {"openapi": "3.1.0", "paths": {"/receipts": {"post": post}}, "components": {}}


def fields(document: dict[str, Any], schema: str = "PotOpened") -> dict[str, Any]:
    found: dict[str, Any] = document["components"]["schemas"][schema]
    return found


def told(document: dict[str, Any]) -> list[str]:
    return [f"{one.place} {one.what}" for one in breaking_events(events(), document)]


EVENT_BREAKAGES: dict[str, tuple[Any, str]] = {
    "an event is gone": (
        lambda now: now["channels"]["contributions.pot"]["messages"].pop(OPENED),
        f"{OPENED} is not in contributions.pot any more",
    ),
    "a topic is gone": (lambda now: now["channels"].pop("contributions.pot"), "contributions.pot is gone"),
    "another number of partitions": (
        lambda now: now["channels"]["contributions.pot"]["bindings"]["kafka"].update(partitions=24),
        "contributions.pot has 24 partitions instead of 12",
    ),
    "another key": (
        lambda now: now["components"]["messages"][OPENED].update({"x-key": "deed_id"}),
        f"{OPENED} is keyed by deed_id instead of pot_id",
    ),
    "a required field is gone": (
        lambda now: (fields(now)["properties"].pop("kind"), fields(now)["required"].remove("kind")),
        f"{OPENED}: kind is gone",
    ),
    "an optional field is gone": (
        lambda now: fields(now)["properties"].pop("wards"),
        f"{OPENED}: wards is gone",
    ),
    "a field of a part is gone": (
        lambda now: (
            fields(now, "Share")["properties"].pop("pence"),
            fields(now, "Share")["required"].clear(),
        ),
        f"{OPENED}: shares[].pence is gone",
    ),
    "a new field is required": (
        lambda now: (
            fields(now)["properties"].update(deed={"type": "string"}),
            fields(now)["required"].append("deed"),
        ),
        f"{OPENED}: deed in the kept logs may be missing, where it is required",
    ),
    "a required field may be missing": (
        lambda now: fields(now)["required"].remove("kind"),
        f"{OPENED}: kind in new events may be missing, where it is required",
    ),
    "another type": (
        lambda now: fields(now, "Share")["properties"]["pence"].update(type="string"),
        f"{OPENED}: shares[].pence in the kept logs may be integer, where string is read",
    ),
    "another format": (
        lambda now: fields(now)["properties"]["pot_id"].pop("format"),
        f"{OPENED}: pot_id in new events has format of any kind, where uuid is read",
    ),
    "a value that was sent is not read": (
        lambda now: fields(now)["properties"]["kind"].update(enum=["receipt"]),
        f"{OPENED}: kind in the kept logs may be import, which is not read",
    ),
    "a value that yesterday's readers do not know": (
        lambda now: fields(now)["properties"]["kind"]["enum"].append("gift"),
        f"{OPENED}: kind in new events may be gift, which is not read",
    ),
    "nothing is not read any more": (
        lambda now: fields(now)["properties"].update(spend_by_on={"type": "string", "format": "date"}),
        f"{OPENED}: spend_by_on in the kept logs may be null, where string is read",
    ),
    "a limit": (
        lambda now: fields(now)["properties"]["wards"].update(maxItems=3),
        f"{OPENED}: wards in the kept logs has maxItems none, where 3 is read",
    ),
}


@pytest.mark.parametrize("change", EVENT_BREAKAGES)
def test_a_change_that_breaks_readers_of_events_is_found(change: str) -> None:
    now = events()
    make, expected = EVENT_BREAKAGES[change]

    make(now)

    assert told(now) == [expected]


def test_a_new_event_topic_and_optional_field_break_nobody() -> None:
    now = events()
    fields(now)["properties"]["deed"] = {"type": "string", "description": "The deed's own number."}
    fields(now)["description"] = "Told better."
    now["channels"]["contributions.deed"] = deepcopy(now["channels"]["contributions.pot"])
    now["channels"]["contributions.pot"]["messages"]["pot.opened.v2"] = {"$ref": "#/components/messages/x"}

    assert told(now) == []


def test_the_remedy_names_the_next_version() -> None:
    now = events()
    fields(now)["properties"].pop("wards")

    [found] = breaking_changes({"asyncapi": events()}, {"asyncapi": now})

    assert str(found) == "pot.opened.v1: wards is gone. Publish pot.opened.v2 and keep v1."


def post(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = document["paths"]["/receipts"]["post"]
    return found


def body(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = post(document)["requestBody"]["content"]["application/json"]["schema"]
    return found


def answer(document: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = post(document)["responses"]["201"]["content"]["application/json"]["schema"]
    return found


REQUEST, ANSWERED = "POST /receipts: request", "POST /receipts: answer 201"
NEEDED = {"in": "query", "name": "fund", "required": True, "schema": {"type": "string"}}
HTTP_BREAKAGES: dict[str, tuple[Any, str]] = {
    "a path is gone": (lambda now: now["paths"].clear(), "POST /receipts is gone"),
    "a method is gone": (lambda now: now["paths"]["/receipts"].clear(), "POST /receipts is gone"),
    "a role is shut out": (
        lambda now: post(now)["x-roles"].remove("team"),
        "POST /receipts is closed to team",
    ),
    "a parameter is gone": (
        lambda now: post(now)["parameters"].clear(),
        "POST /receipts: parameter page is gone",
    ),
    "a new parameter is required": (
        lambda now: post(now)["parameters"].append(NEEDED),
        "POST /receipts: parameter fund is new and required",
    ),
    "a parameter became required": (
        lambda now: post(now)["parameters"][0].update(required=True),
        "POST /receipts: parameter page is required now",
    ),
    "a new field is required": (
        lambda now: (
            body(now)["properties"].update(on={"type": "string"}),
            body(now)["required"].append("on"),
        ),
        f"{REQUEST} on may be missing, where it is required",
    ),
    "a field is not taken any more": (
        lambda now: body(now)["properties"].pop("note"),
        f"{REQUEST} note is gone",
    ),
    "a limit is narrower": (
        lambda now: body(now)["properties"]["amount_pence"].update(minimum=100),
        f"{REQUEST} amount_pence has minimum 1, where 100 is read",
    ),
    "another kind of body": (
        lambda now: post(now)["requestBody"].update(content={"text/csv": {}}),
        f"{REQUEST} is not taken as application/json any more",
    ),
    "a status is gone": (
        lambda now: post(now)["responses"].update({"200": post(now)["responses"].pop("201")}),
        f"{ANSWERED} is given no more",
    ),
    "a field of the answer is gone": (
        lambda now: answer(now)["properties"].pop("status"),
        f"{ANSWERED} status is gone",
    ),
    "a field of the answer may be missing": (
        lambda now: answer(now)["required"].clear(),
        f"{ANSWERED} id may be missing, where it is required",
    ),
    "a type of the answer": (
        lambda now: answer(now)["properties"].update(id={"type": "integer"}),
        f"{ANSWERED} id may be integer, where string is read",
    ),
    "a value that clients do not know": (
        lambda now: answer(now)["properties"]["status"]["enum"].append("lost"),
        f"{ANSWERED} status may be lost, which is not read",
    ),
}


@pytest.mark.parametrize("change", HTTP_BREAKAGES)
def test_a_change_that_breaks_clients_is_found(change: str) -> None:
    now = operations()
    make, expected = HTTP_BREAKAGES[change]

    make(now)

    assert [f"{one.place} {one.what}" for one in breaking_operations(operations(), now)] == [expected]


def test_what_a_client_need_not_know_breaks_nobody() -> None:
    now = operations()
    now["paths"]["/pots"] = {"get": deepcopy(post(now))}
    post(now)["x-roles"].append("operator")
    post(now)["parameters"].append({**NEEDED, "required": False})
    post(now)["responses"].pop("409")
    body(now)["properties"]["on"] = {"type": "string"}
    body(now)["properties"]["amount_pence"] = {"type": "number"}
    answer(now)["properties"] |= {"sequence": {"type": "integer"}}
    answer(now)["properties"]["status"]["enum"] = ["open"]

    assert list(breaking_operations(operations(), now)) == []


def test_a_schema_that_refers_to_itself_is_compared_once() -> None:
    before, now = events(), events()
    for document in (before, now):
        fields(document, "Share")["properties"]["of"] = {"$ref": "#/components/schemas/Share"}

    assert breaking_events(before, now) == []


def test_a_service_that_is_gone_is_named() -> None:
    [found] = breaking_changes({"portal": operations()}, {})

    assert found.place == "portal"
