"""Checks of the fund's books: every penny accounted for, none twice, none below zero (all sums in pence)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from deploy.audit.finding import Finding
from deploy.audit.money.rules import BOOKS, RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from deploy.audit.snapshot import Snapshot

LAST_SEQUENCES = (
    ("contributions", "contributions.agreement", "agreement", "id", "version"),
    ("contributions", "contributions.pot", "pot", "id", "version"),
    ("contributions", "contributions.grant_funding", "grant_funding", "application_id", "version"),
    ("applications", "applications.application", "application", "id", "sequence"),
    ("assessment", "assessment.assessment", "assessment", "application_id", "version"),
    ("monitoring", "monitoring.project", "project", "application_id", "version"),
)
"""Aggregates that remember how many facts they have published: owner, topic, table, key and column."""

MOVED = """
    SELECT CASE WHEN kind LIKE 'release_of_%' THEN 'release'
            WHEN kind LIKE 'refusal_of_%_refund' THEN 'refusal_of_refund' ELSE kind END AS kind,
        coalesce(application_id::text, '') AS application_id, pot_id::text AS pot_id,
        sum(amount_pence)::bigint AS pence
    FROM ledger_entry WHERE amount_pence > 0 AND kind NOT IN ('payment_request', 'payment_approval',
        'refusal_of_requested_payment', 'refusal_of_approved_payment')
    GROUP BY 1, 2, 3
"""
OF_ONE_POT = {
    "receipt.reversed.v1": "reversal_of_receipt",
    "interest.shared.v1": "interest",
    "refund.requested.v1": "refund_request",
    "refund.approved.v1": "refund_approval",
    "refund.refused.v1": "refusal_of_refund",
    "refund.made.v1": "refund",
    "balance.corrected.v1": "correction_of_opening_balance",
}
"""Facts that move the money of the one pot that is their key."""
SHARED = {
    "funds.reserved.v1": "reservation",
    "funds.committed.v1": "commitment",
    "funds.released.v1": "release",
    "payment.made.v1": "payment",
}

Place: TypeAlias = tuple[str, str, str]


async def books_are_right(snapshot: Snapshot) -> list[Finding]:
    """Every rule of the books, by its own sum."""
    return [finding for rule in RULES for finding in await _broken(snapshot, rule)]


async def _broken(snapshot: Snapshot, rule: Rule) -> list[Finding]:
    return [
        Finding(check=rule.check, where=rule.where.format(**row), message=rule.message.format(**row))
        for row in map(_whole, await snapshot.rows(rule.service, rule.sql))
    ]


def _whole(row: Mapping[str, Any]) -> dict[str, Any]:
    """Sums come as decimals; pence are whole."""
    return {name: int(value) if isinstance(value, Decimal) else value for name, value in row.items()}


async def versions_are_last_sequences(snapshot: Snapshot) -> list[Finding]:
    """Each aggregate's version is the sequence of its last event."""
    findings: list[Finding] = []
    for service, topic, table, key, column in LAST_SEQUENCES:
        last: Counter[str] = Counter()
        for event in snapshot.logs[service]:
            if event.topic == topic:
                last[event.key] = max(last[event.key], event.sequence)
        sql = f"SELECT {key}::text AS key, {column} AS version FROM {table}"  # noqa: S608 - names of above
        kept = {row["key"]: int(row["version"]) for row in await snapshot.rows(service, sql)}
        findings += (
            Finding(
                check="last_sequence",
                where=f"{service} {table} {place}",
                message=f"{column} is {kept.get(place, 0)}; the last sequence in the log is {last[place]}.",
            )
            for place in sorted(kept.keys() | last.keys())
            if kept.get(place, 0) != last[place]
        )
    return findings


async def ledger_follows_the_log(snapshot: Snapshot) -> list[Finding]:
    """What the ledger moved for each grant and pot is what the published facts say, once."""
    told: Counter[Place] = Counter()
    for place, pence in _told(snapshot):
        told[place] += pence
    rows: list[Any] = list(await snapshot.rows(BOOKS, MOVED))
    moved = Counter({(row["kind"], row["application_id"], row["pot_id"]): row["pence"] for row in rows})
    return [
        Finding(
            check="ledger_follows_log",
            where=f"contributions ledger_entry {' '.join(place)}",
            message=f"The ledger moved {moved[place]} pence; the published facts say {told[place]}.",
        )
        for place in sorted(told.keys() | moved.keys())
        if told[place] != moved[place]
    ]


def _told(snapshot: Snapshot) -> Iterator[tuple[Place, int]]:
    for event in snapshot.by_type.get("pot.opened.v1", ()):
        kind = "receipt" if event.content.get("opened_by") == "receipt" else "opening_balance"
        yield (kind, "", event.key), int(event.content.get("received_pence", 0))
    for type_name, kind in OF_ONE_POT.items():
        for event in snapshot.by_type.get(type_name, ()):
            yield (kind, "", event.key), int(event.content.get("amount_pence", 0))
    for type_name, kind in SHARED.items():
        for event in snapshot.by_type.get(type_name, ()):
            for share in event.content.get("shares", ()):
                yield (kind, event.key, share["pot_id"]), int(share["amount_pence"])
    for event in snapshot.by_type.get("funds.redrawn.v1", ()):
        for change in event.content.get("changes", ()):
            pence = int(change["change_pence"])
            yield ("reservation" if pence > 0 else "release", event.key, change["pot_id"]), abs(pence)


async def shares_add_up(snapshot: Snapshot) -> list[Finding]:
    """In every published fact the pots' shares add up to its sum."""
    return [
        Finding(
            check="shares_published",
            where=f"contributions event_log {event.topic} {event.key}",
            message=f"The shares in {event} add up to {total} pence, not {event.content['amount_pence']}.",
        )
        for type_name in (*SHARED, "funds.redrawn.v1")
        for event in snapshot.by_type.get(type_name, ())
        if (total := sum(share["amount_pence"] for share in event.content.get("shares", ())))
        != event.content.get("amount_pence", total)
    ]
