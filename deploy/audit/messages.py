"""Checks of the logs, inboxes and what was set aside: every event once, in order, and with its effect."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from deploy.audit.finding import Finding
from deploy.audit.handled import CONSEQUENCES, HANDLED, ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deploy.audit.snapshot import Logged, Snapshot

SET_ASIDE = """
    SELECT id, topic, key, kind, type, reason, event_id FROM parked_event
    WHERE discarded_at IS NULL ORDER BY id
"""
HELD = "SELECT topic, key FROM parked_key ORDER BY topic, key"
BLOCKED = "SELECT * FROM blocked_event"
ANSWERS = "SELECT actor, idempotency_key, answer FROM answered_command"


async def sequences_are_gapless(snapshot: Snapshot) -> list[Finding]:
    """The events of a topic and key are numbered 1, 2, 3..., each once, in the order of the log."""
    return [finding for service in snapshot.services for finding in _numbering(snapshot.logs[service])]


def _numbering(log: list[Logged]) -> Iterator[Finding]:
    numbers: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for event in log:
        numbers[event.service, event.topic, event.key].append(event.sequence)
    for (service, topic, key), found in numbers.items():
        where, length = f"{service} event_log {topic} {key}", len(found)
        if set(found) != set(range(1, length + 1)):
            message = (
                f"The log holds the sequences {_shown(found)}; {length} events ought to be 1 to {length}."
            )
            yield Finding(check="sequence_gapless", where=where, message=message)
        elif found != sorted(found):
            message = f"By position the sequences run {_shown(found)}; they ought to rise."
            yield Finding(check="order_of_log", where=where, message=message)


def _shown(numbers: list[int], most: int = 12) -> str:
    first = ", ".join(map(str, numbers[:most]))
    return first if len(numbers) <= most else f"{first}, ... ({len(numbers)} in all)"


async def payloads_can_be_read(snapshot: Snapshot) -> list[Finding]:
    """Every payload of a log is a JSON object."""
    return [
        Finding(
            check="payload_readable",
            where=f"{event.service} event_log position {event.position}",
            message=f"The payload of {event} is no JSON object: {event.payload[:80]!r}.",
        )
        for log in snapshot.logs.values()
        for event in log
        if not event.content
    ]


async def outboxes_have_their_log(snapshot: Snapshot) -> list[Finding]:
    """Whatever waits to be sent stands in the log."""
    findings = []
    for service in snapshot.services:
        known = {event.position for event in snapshot.logs[service]}
        findings += [
            Finding(
                check="outbox_has_log",
                where=f"{service} outbox position {position}",
                message="The outbox lists a position that the event log does not have.",
            )
            for position in sorted(snapshot.outboxes[service] - known)
        ]
    return findings


async def inboxes_hold_every_event_once(snapshot: Snapshot) -> list[Finding]:
    """Each event that a service handles is in its inbox exactly once, and nothing that no log has."""
    logged = {event.event_id for log in snapshot.logs.values() for event in log}
    findings: list[Finding] = []
    for service in snapshot.services:
        inbox = Counter(snapshot.inboxes[service])
        findings += (
            Finding(
                check="inbox",
                where=f"{service} inbox {event.event_id}",
                message=f"{event} is in {event.service}'s log, {inbox[event.event_id]} times in the inbox "
                f"of {service}; it ought to be there once.",
            )
            for event in handled_by(snapshot, service)
            if inbox[event.event_id] != 1
        )
        findings += (
            Finding(
                check="inbox_of_no_log",
                where=f"{service} inbox {event_id}",
                message="An event was taken in that no service's log holds.",
            )
            for event_id in inbox.keys() - logged - snapshot.aside[service]
        )
    return findings


def handled_by(snapshot: Snapshot, service: str) -> Iterator[Logged]:
    """Every event of the logs that the service handles."""
    for type_name in sorted(HANDLED.get(service, ())):
        yield from snapshot.by_type.get(type_name, ())


async def nothing_is_set_aside(snapshot: Snapshot) -> list[Finding]:
    """No event is parked, behind another or waiting, no key is held without one, nothing is blocked."""
    findings: list[Finding] = []
    for service in snapshot.services:
        events = await snapshot.rows(service, SET_ASIDE)
        held = {(row["topic"], row["key"]) for row in await snapshot.rows(service, HELD)}
        findings += (_set_aside(service, row) for row in events)
        keys = {(row["topic"], row["key"]) for row in events}
        findings += (_key(service, *key, "is held, but no event is parked there") for key in held - keys)
        findings += (_key(service, *key, "has a parked event, but is not held") for key in keys - held)
        if snapshot.has_blocked[service]:
            findings += (_blocked(service, row) for row in await snapshot.rows(service, BLOCKED))
    return findings


def _set_aside(service: str, row: Mapping[str, Any]) -> Finding:
    return Finding(
        check="set_aside",
        where=f"{service} parked_event {row['id']} {row['topic']} {row['key']}",
        message=f"{row['type'] or 'An unreadable event'} ({row['event_id']}) is {row['kind']}: "
        f"{row['reason'][:300]}",
    )


def _key(service: str, topic: str, key: str, what: str) -> Finding:
    return Finding(
        check="parked_key", where=f"{service} parked_key {topic} {key}", message=f"The key {what}."
    )


def _blocked(service: str, row: Mapping[str, Any]) -> Finding:
    return Finding(
        check="blocked",
        where=f"{service} blocked_event position {row.get('position')}",
        message=f"The broker refused an event for itself: {row.get('reason') or dict(row)}"[:400],
    )


async def facts_stand_once(snapshot: Snapshot) -> list[Finding]:
    """What happens once is published once: no command was carried out twice."""
    findings = []
    for type_name, fields in ONCE.items():
        told: defaultdict[tuple[Any, ...], list[Logged]] = defaultdict(list)
        for event in snapshot.by_type.get(type_name, ()):
            told[(event.key, *(event.content.get(name) for name in fields))].append(event)
        findings += [
            Finding(
                check="fact_once",
                where=f"{events[0].service} event_log {events[0].topic} {events[0].key}",
                message=f"{type_name} stands {len(events)} times for "
                f"{', '.join(map(str, identity))} (sequences {_shown([e.sequence for e in events])}); "
                "it ought to stand once.",
            )
            for identity, events in told.items()
            if len(events) > 1
        ]
    return findings


async def consequences_follow_once(snapshot: Snapshot) -> list[Finding]:
    """An event that makes a service act led to exactly one event there, and every cause is known."""
    known = {event.event_id for log in snapshot.logs.values() for event in log}
    findings = [
        Finding(
            check="cause_known",
            where=f"{event.service} event_log {event.topic} {event.key}",
            message=f"{event} was caused by event {event.causation_id}, which no service's log holds.",
        )
        for log in snapshot.logs.values()
        for event in log
        if event.causation_id is not None and event.causation_id not in known
    ]
    for consequence in CONSEQUENCES:
        led_to = Counter(
            event.causation_id
            for type_name in consequence.effects
            for event in snapshot.by_type.get(type_name, ())
        )
        findings += [
            Finding(
                check="effective_once",
                where=f"{consequence.reader} event_log {event.key}",
                message=f"{event} led to {led_to[event.event_id]} of "
                f"{' or '.join(sorted(consequence.effects))}; it ought to lead to one.",
            )
            for event in snapshot.by_type.get(consequence.cause, ())
            if led_to[event.event_id] != 1 and event.event_id not in snapshot.aside[consequence.reader]
        ]
    return findings


async def answers_are_in_the_log(snapshot: Snapshot) -> list[Finding]:
    """Every remembered answer of a command is whole, and the sequence it names stands in the log."""
    findings: list[Finding] = []
    for service in snapshot.services:
        keys, numbers = _subjects(snapshot.logs[service])
        for row in await snapshot.rows(service, ANSWERS):
            where = f"{service} answered_command {row['actor']} {row['idempotency_key']}"
            if row["answer"] is None:
                message = "The command is remembered without an answer; both are committed together."
                findings.append(Finding(check="answered_command", where=where, message=message))
                continue
            answer = json.loads(row["answer"])
            sequence, places = _answered(answer, keys)
            if places and sequence and not any((*place, sequence) in numbers for place in places):
                message = f"A client was answered sequence {sequence} of {answer['id']}; the log lacks it."
                findings.append(Finding(check="answered_command", where=where, message=message))
    return findings


def _answered(answer: Any, keys: Mapping[str, set[tuple[str, str]]]) -> tuple[int, set[tuple[str, str]]]:
    if not isinstance(answer, dict) or not isinstance(answer.get("sequence"), int):
        return 0, set()
    return answer["sequence"], keys.get(str(answer.get("id")), set())


def _subjects(
    log: list[Logged],
) -> tuple[Mapping[str, set[tuple[str, str]]], set[tuple[str, str, int]]]:
    """Under which topic and key each id is spoken of in a log, and which sequences it has."""
    keys: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for event in log:
        keys[event.key].add((event.topic, event.key))
        for name, value in event.content.items():
            if name.endswith("_id") and isinstance(value, str):
                keys[value].add((event.topic, event.key))
    return keys, {(event.topic, event.key, event.sequence) for event in log}
