"""Ctrl-C, SIGTERM and a closed terminal all mean the same: stop in order everything that we started."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine

from deploy.local.progress import say

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_until_interrupted(work: Coroutine[None, None, int]) -> int:
    """Run to the end or to the first signal; then what is open is closed, and later signals only say so."""
    return asyncio.run(_cancel_on_signal(work))


async def _cancel_on_signal(work: Coroutine[None, None, int]) -> int:
    task = asyncio.create_task(work)
    interrupted: list[signal.Signals] = []

    def interrupt(number: signal.Signals) -> None:
        say("\nStopping." if not interrupted else "Still stopping what was started; a moment.")
        if not interrupted:
            task.cancel()
        interrupted.append(number)

    for number in SIGNALS:
        asyncio.get_running_loop().add_signal_handler(number, interrupt, number)
    try:
        return await task
    except asyncio.CancelledError:
        if not interrupted:
            raise
        return 128 + interrupted[0]
