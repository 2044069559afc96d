"""The auditor's questions, asked of the campaign's running system: is it quiet, and is all well?"""

import asyncio
import time

from deploy.audit import Finding, Promise, audit, is_quiet
from tests.faults.system import FaultySystem

__all__ = ["Finding", "Promise", "audited", "found", "wait_until_quiet"]

QUIET_WITHIN_SECONDS = 90.0
LOOK_EVERY_SECONDS = 0.3
LOOKS = 2
"""What is quiet once may be between two events of a chain."""


def found(check: str, where: str, message: str) -> Finding:
    """A finding of the campaign's own, beside those of the auditor."""
    return Finding(check=check, where=where, message=message)


async def wait_until_quiet(system: FaultySystem, *, apart_from: str = "nothing at all") -> list[str]:
    """Answers what still moves when the time is over; nothing where the system has become quiet."""
    deadline = time.monotonic() + QUIET_WITHIN_SECONDS
    quiet, moving = 0, ["nobody has looked yet"]
    while quiet < LOOKS:
        if moving and time.monotonic() > deadline:
            return moving
        moving = [line for line in await _moving(system) if apart_from not in line]
        quiet = 0 if moving else quiet + 1
        await asyncio.sleep(LOOK_EVERY_SECONDS)
    return []


async def _moving(system: FaultySystem) -> list[str]:
    try:
        return await is_quiet(system.database_urls, system.bootstrap_servers)
    except Exception as error:
        return [f"the auditor cannot look: {error!r}"[:300]]


async def audited(system: FaultySystem, promises: list[Promise]) -> list[Finding]:
    """Everything that is wrong, once the system is quiet; not becoming quiet is wrong as well."""
    moving = [found("quiet", "the system", line) for line in await wait_until_quiet(system)]
    stopped = [
        found("running", name, f"stopped by itself, exit code {running.exit_code}")
        for name, running in system.running().items()
        if running.exit_code is not None
    ]
    wrong = await audit(system.database_urls, bootstrap_servers=system.bootstrap_servers, promises=promises)
    return [*moving, *stopped, *wrong]
