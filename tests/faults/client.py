"""A client that gives up no command: the same again, under the same key, until it is answered."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2

from deploy.audit import Promise
from deploy.local.demonstration.client import FundClient, Person, Refused
from tests.faults.promises import promise_of

ANSWERED_WITHIN_SECONDS = 150.0
TRY_AGAIN = {401, 429}
"""401 as well: a service whose clock is an hour off takes no token."""
POLL_SECONDS = 0.15


class AnotherAnswer(Exception):
    """The same command under the same key was answered otherwise the second time."""


class NotAnswered(Exception):
    """A command was sent again and again, and never answered."""


class Gate:
    """Holds the load back between two requests, so that the system can become quiet."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()
        self._nobody = asyncio.Event()
        self._nobody.set()
        self._inside = 0

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """One request; waits while the gate is closed."""
        await self._open.wait()
        self._inside += 1
        self._nobody.clear()
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._nobody.set()

    async def close(self) -> None:
        """Let no more requests start, and wait until those under way are answered."""
        self._open.clear()
        await asyncio.wait_for(self._nobody.wait(), ANSWERED_WITHIN_SECONDS + 30)

    def open(self) -> None:
        """Let the load go on."""
        self._open.set()


@dataclass(frozen=True)
class PersistentClient(FundClient):
    """Speaks to the services as their users do, and keeps what each answer promised."""

    gate: Gate = field(default_factory=Gate)
    chance: random.Random = field(default_factory=random.Random)
    promises: list[Promise] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=lambda: {"commands": 0, "repeats": 0})

    async def until(self, read: Callable[[], Awaitable[Any]], holds: Callable[[Any], bool], what: str) -> Any:
        """What `read` answers once it holds; under faults an event may need minutes."""
        deadline = asyncio.get_running_loop().time() + 2 * ANSWERED_WITHIN_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            answer = await self._unless_missing(read)
            if answer is not None and holds(answer):
                return answer
            await asyncio.sleep(POLL_SECONDS)
        raise TimeoutError(f"Not within {2 * ANSWERED_WITHIN_SECONDS:.0f} s: {what}")

    async def _send(
        self,
        method: str,
        service: str,
        path: str,
        person: Person | None,
        key: str | None = None,
        **content: Any,
    ) -> Any:
        async with self.gate.passed():
            answer = await self._until_answered(method, service, path, person, key, content)
            if method != "GET":
                self._keep(service, path, content.get("json"), answer)
                if self.chance.random() < 0.05:
                    await self._same_again(answer, method, service, path, person, key, content)
        return answer

    async def _until_answered(
        self, method: str, service: str, path: str, person: Person | None, key: str | None, content: Any
    ) -> Any:
        deadline = asyncio.get_running_loop().time() + ANSWERED_WITHIN_SECONDS
        last: Exception | None = None
        pause = 0.1
        while asyncio.get_running_loop().time() < deadline:
            try:
                return await super()._send(method, service, path, person, key, **content)
            except httpx2.TransportError as error:
                last = error
            except Refused as refused:
                if not _may_succeed_later(refused):
                    raise
                last = refused
            self.counted["repeats"] += 1
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, 1.0)
        raise NotAnswered(f"{method} {service} {path}: {last!r}")

    async def _same_again(self, first: Any, *request: Any) -> None:
        again = await self._until_answered(*request)
        if again != first:
            raise AnotherAnswer(f"{request[:3]}: first {json.dumps(first)}, then {json.dumps(again)}"[:2000])

    def _keep(self, service: str, path: str, body: Any, answer: Any) -> None:
        self.counted["commands"] += 1
        promise = promise_of(service, path, body, answer)
        if promise is not None:
            self.promises.append(promise)


def _may_succeed_later(refused: Refused) -> bool:
    changed_meanwhile = refused.status == 409 and refused.problem.get("code") == "changed_meanwhile"
    return changed_meanwhile or refused.status in TRY_AGAIN or refused.status >= 500
