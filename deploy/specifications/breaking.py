"""What may not change in a published interface: pure comparisons of two documents, old and new."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from deploy.specifications.reading import Mismatch, Pair, lost, resolve, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

Document: TypeAlias = dict[str, Any]

METHODS = ("get", "put", "post", "patch", "delete")
KEEP_TOPIC = "Keep the topic with its events: the logs are kept for ever, and readers ask for them."
KEEP_PARTITIONS = "Keep the number of partitions: another would move keys and break their order."
KEEP_OPERATION = "Keep it beside its successor until nobody asks for it any more."
OPTIONAL = "Let it be optional with a default, or offer the new form under a new path."
ANSWER = "Keep the answer as it was and add to it, or offer the new form under a new path."


@dataclass(frozen=True, slots=True)
class Breaking:
    """One change that breaks somebody who relies on the released interface."""

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """One line for people: where, what, and what to do instead."""
        return f"{self.place} {self.what}. {self.remedy}"


def breaking_changes(old: dict[str, Document], new: dict[str, Document]) -> list[Breaking]:
    """Every breaking change between two sets of documents."""
    found: list[Breaking] = []
    for name, document in old.items():
        if name not in new:
            found.append(Breaking(name, "is published no more", "Keep the service's interface."))
        elif "asyncapi" in document:
            found += breaking_events(document, new[name])
        else:
            found += [
                Breaking(f"{name}: {one.place}", one.what, one.remedy)
                for one in breaking_operations(document, new[name])
            ]
    return found


def breaking_events(old: Document, new: Document) -> list[Breaking]:
    """What keeps yesterday's readers from today's events, or today's readers from those of the kept logs."""
    found: list[Breaking] = []
    for topic, channel in old["channels"].items():
        now = new["channels"].get(topic)
        if now is None:
            found.append(Breaking(topic, "is gone", KEEP_TOPIC))
            continue
        if _partitions(channel) != _partitions(now):
            what = f"has {_partitions(now)} partitions instead of {_partitions(channel)}"
            found.append(Breaking(topic, what, KEEP_PARTITIONS))
        for name, message in channel["messages"].items():
            found += _event(name, topic, Pair(message, now["messages"].get(name, {}), old, new))
    return found


def _partitions(channel: Document) -> Any:
    return channel["bindings"]["kafka"]["partitions"]


def _event(name: str, topic: str, pair: Pair) -> Iterator[Breaking]:
    if not pair.read:
        yield Breaking(name, f"is not in {topic} any more", _publish_beside(name))
        return
    old, new = resolve(pair.written, pair.written_in), resolve(pair.read, pair.read_in)
    if old["x-key"] != new["x-key"]:
        yield Breaking(name, f"is keyed by {new['x-key']} instead of {old['x-key']}", _publish_beside(name))
    for part in ("payload", "headers"):
        forward = Pair(old[part], new[part], pair.written_in, pair.read_in)
        backward = Pair(new[part], old[part], pair.read_in, pair.written_in)
        for one in _differences(forward, backward):
            yield Breaking(f"{name}: {one.place}", one.what, _publish_beside(name))


def _differences(forward: Pair, backward: Pair) -> list[Mismatch]:
    """One line for each place: lost, unreadable in the kept logs, or unreadable to yesterday's readers."""
    by_place: dict[str, Mismatch] = {}
    kept = ((one, "in the kept logs ") for one in unreadable(forward))
    fresh = ((one, "in new events ") for one in unreadable(backward))
    gone = ((one, "") for one in lost(forward))
    for one, where in (*gone, *kept, *fresh):
        by_place.setdefault(one.place, Mismatch(one.place, f"{where}{one.what}"))
    return list(by_place.values())


def _publish_beside(name: str) -> str:
    stem, version = re.fullmatch(r"(.+)\.v(\d+)", name).groups()  # type: ignore[union-attr]  # names are tested
    return f"Publish {stem}.v{int(version) + 1} and keep v{version}."


def breaking_operations(old: Document, new: Document) -> Iterator[Breaking]:
    """What a client of the released service could do or read, and cannot now."""
    for path, item in old["paths"].items():
        for method in METHODS:
            if method not in item:
                continue
            place = f"{method.upper()} {path}"
            now = new["paths"].get(path, {}).get(method)
            if now is None:
                yield Breaking(place, "is gone", KEEP_OPERATION)
                continue
            pair = Pair(item[method], now, old, new)
            for part in (_roles, _parameters, _request, _answers):
                yield from part(place, pair)


def _roles(place: str, pair: Pair) -> Iterator[Breaking]:
    before, now = pair.written.get("x-roles", []), pair.read.get("x-roles", [])
    if now and (shut_out := sorted(set(before or ["everybody"]) - set(now))):
        yield Breaking(
            place, f"is closed to {', '.join(shut_out)}", "Let them in as before, or add an operation."
        )


def _parameters(place: str, pair: Pair) -> Iterator[Breaking]:
    before, now = (
        {(one["in"], one["name"].lower()): one for one in operation.get("parameters", [])}
        for operation in (pair.written, pair.read)
    )
    for key, one in before.items():
        here = f"{place}: parameter {one['name']}"
        if key not in now:
            yield Breaking(here, "is gone", "Keep it, and ignore it if it means nothing any more.")
            continue
        if now[key].get("required") and not one.get("required"):
            yield Breaking(here, "is required now", OPTIONAL)
        for wrong in unreadable(pair.below("", one["schema"], now[key]["schema"])):
            yield Breaking(f"{here}{wrong.place}", wrong.what, OPTIONAL)
    for key in now.keys() - before.keys():
        if now[key].get("required"):
            yield Breaking(f"{place}: parameter {now[key]['name']}", "is new and required", OPTIONAL)


def _request(place: str, pair: Pair) -> Iterator[Breaking]:
    before, now = (operation.get("requestBody", {}) for operation in (pair.written, pair.read))
    if now.get("required") and not before.get("required"):
        yield Breaking(f"{place}: the body", "is required now", OPTIONAL)
    for kind, content in before.get("content", {}).items():
        here = f"{place}: request"
        if kind not in now.get("content", {}):
            yield Breaking(here, f"is not taken as {kind} any more", KEEP_OPERATION)
            continue
        schemas = pair.below("", content.get("schema", {}), now["content"][kind].get("schema", {}))
        for wrong in {one.place: one for one in (*unreadable(schemas), *lost(schemas))}.values():
            yield Breaking(f"{here} {wrong.place}".rstrip(), wrong.what, OPTIONAL)


def _answers(place: str, pair: Pair) -> Iterator[Breaking]:
    for status, answer in pair.written["responses"].items():
        if not status.startswith("2"):
            continue
        here = f"{place}: answer {status}"
        now = resolve(pair.read["responses"].get(status), pair.read_in)
        if now is None:
            yield Breaking(here, "is given no more", ANSWER)
            continue
        for kind, content in resolve(answer, pair.written_in).get("content", {}).items():
            if kind not in now.get("content", {}):
                yield Breaking(here, f"is not given as {kind} any more", ANSWER)
                continue
            yield from _answer(here, pair, content.get("schema", {}), now["content"][kind].get("schema", {}))


def _answer(here: str, pair: Pair, before: Document, now: Document) -> Iterator[Breaking]:
    gone = lost(Pair(before, now, pair.written_in, pair.read_in))
    unknown = unreadable(Pair(now, before, pair.read_in, pair.written_in))
    for wrong in {one.place: one for one in (*unknown, *gone)}.values():
        yield Breaking(f"{here} {wrong.place}".rstrip(), wrong.what, ANSWER)
