"""All checks, one after the other, on one snapshot."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from deploy.audit import effects, messages, money, projections
from deploy.audit.promises import promises_are_kept
from deploy.audit.snapshot import opened
from deploy.audit.transport import kafka_holds_the_logs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from deploy.audit.finding import Finding, Promise
    from deploy.audit.snapshot import Snapshot

CHECKS = (
    money.books_are_right,
    money.versions_are_last_sequences,
    money.ledger_follows_the_log,
    money.shares_add_up,
    messages.sequences_are_gapless,
    messages.payloads_can_be_read,
    messages.outboxes_have_their_log,
    messages.inboxes_hold_every_event_once,
    messages.nothing_is_set_aside,
    messages.facts_stand_once,
    messages.consequences_follow_once,
    messages.answers_are_in_the_log,
    effects.effects_are_there_once,
    effects.owners_keep_what_they_publish,
    projections.projections_are_true,
    projections.figures_equal_the_books,
)


async def audit(
    database_urls: Mapping[str, str],
    *,
    bootstrap_servers: str | None = None,
    promises: Sequence[Promise] = (),
) -> list[Finding]:
    """Every finding in the five databases (postgresql+asyncpg://... by service); none where all is right.

    The databases must be at rest, and the roles of the URLs may read every table: the runners' may. With
    `bootstrap_servers` all topics are read from the beginning; `promises` are held against the logs.
    """
    async with opened(database_urls) as snapshot:
        findings = await check_all(snapshot)
    findings += promises_are_kept(snapshot, promises)
    if bootstrap_servers is not None:
        findings += await kafka_holds_the_logs(snapshot, bootstrap_servers)
    return findings


async def check_all(snapshot: Snapshot) -> list[Finding]:
    """What the checks of databases and logs find."""
    await snapshot.load()
    found = await asyncio.gather(*(check(snapshot) for check in CHECKS))
    return [finding for findings in found for finding in findings]
