"""Whether everything that a client was answered with success is still there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deploy.audit.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deploy.audit.finding import Promise
    from deploy.audit.snapshot import Snapshot


def promises_are_kept(snapshot: Snapshot, promises: Sequence[Promise]) -> list[Finding]:
    """The event of every answer is in its owner's log."""
    logged = {
        (event.service, event.topic, event.key, event.sequence)
        for log in snapshot.logs.values()
        for event in log
    }
    return [
        Finding(
            check="promise",
            where=f"{promise.service} event_log {promise.topic} {promise.key}",
            message=f"A client was answered that sequence {promise.sequence} is recorded; the log lacks it.",
        )
        for promise in promises
        if (promise.service, promise.topic, promise.key, promise.sequence) not in logged
    ]
