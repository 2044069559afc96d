"""Waits until services answer that they are ready, and says which are not and why."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx2

from deploy.local.missing import Missing

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from deploy.local.processes import Running

READY_WITHIN_SECONDS = 60


async def wait_until_ready(
    urls: Mapping[str, str], running: Mapping[str, Running], *, within_seconds: float = READY_WITHIN_SECONDS
) -> None:
    """Return when every service answers /health/ready; show the log of one that ends or is too slow."""
    waiting = dict(urls)
    deadline = asyncio.get_running_loop().time() + within_seconds
    async with httpx2.AsyncClient(timeout=5, trust_env=False) as client:
        while waiting and asyncio.get_running_loop().time() < deadline:
            for name, url in list(waiting.items()):
                running[name].require_running()
                if await _is_ready(client, url):
                    del waiting[name]
            await asyncio.sleep(0.1 if waiting else 0)
    if waiting:
        raise Missing("\n".join(_not_ready(name, running[name], within_seconds) for name in waiting))


async def until_it_answers(
    name: str, answers: Callable[[], Awaitable[bool]], within_seconds: float = READY_WITHIN_SECONDS
) -> None:
    """Return when a server answers; complain by its name when it does not in time."""
    deadline = asyncio.get_running_loop().time() + within_seconds
    while not await answers():
        if asyncio.get_running_loop().time() > deadline:
            raise Missing(f"{name} does not answer within {within_seconds:.0f} s. See its log.")
        await asyncio.sleep(0.2)


async def _is_ready(client: httpx2.AsyncClient, url: str) -> bool:
    try:
        answer = await client.get(f"{url}/health/ready")
    except httpx2.HTTPError:
        return False
    return answer.status_code == httpx2.codes.OK


def _not_ready(name: str, running: Running, seconds: float) -> str:
    program = running.program
    return f"{name} is not ready after {seconds:.0f} s. The end of {program.log}:\n{program.tail()}"
