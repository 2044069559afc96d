"""Speaks to the services as their users do: over HTTP, each request with one person's own token."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx2

from shared.web.roles import Role
from shared.web.tokens import DEMONSTRATION_PRIVATE_KEY, mint

PATIENCE_SECONDS = 60.0
POLL_SECONDS = 0.05
FIRST_REFUSAL = 400


class Person(Protocol):
    """Whoever can sign in."""

    @property
    def id(self) -> UUID: ...
    @property
    def roles(self) -> tuple[Role, ...]: ...


class Refused(Exception):
    """A service said no; the problem says what and why."""

    def __init__(self, status: int, problem: dict[str, Any], asked: str) -> None:
        super().__init__(f"{asked}: {status} {json.dumps(problem)[:2000]}")
        self.status = status
        self.problem = problem


@dataclass(frozen=True, slots=True)
class FundClient:
    """The public interfaces of the services of one running system.

    `name` goes into every id and Idempotency-Key that is made here: the same story told again under the same
    name changes nothing, so a loading that broke off can simply be begun anew.
    """

    name: str
    urls: Mapping[str, str]
    http: httpx2.AsyncClient

    def id(self, *what: object) -> UUID:
        """A lasting id for something in the story."""
        return uuid5(NAMESPACE_URL, "/".join(["offset-fund", self.name, *map(str, what)]))

    async def get(self, service: str, path: str, person: Person | None = None, **query: Any) -> Any:
        """What a service answers."""
        return await self._send("GET", service, path, person, params=query)

    async def post(self, service: str, path: str, person: Person, body: Any, key: str | None = None) -> Any:
        """Carry out a command."""
        return await self._send("POST", service, path, person, json=body, key=key)

    async def put(self, service: str, path: str, person: Person, body: Any, key: str | None = None) -> Any:
        """Save a part of something."""
        return await self._send("PUT", service, path, person, json=body, key=key)

    async def upload(
        self,
        service: str,
        path: str,
        person: Person,
        files: Mapping[str, tuple[str, bytes]],
        fields: Mapping[str, str],
    ) -> Any:
        """Send files with the form's other fields."""
        key = str(self.id("upload", service, path, *sorted(fields.items())))
        return await self._send("POST", service, path, person, files=dict(files), data=dict(fields), key=key)

    async def until(self, read: Callable[[], Awaitable[Any]], holds: Callable[[Any], bool], what: str) -> Any:
        """What `read` answers once it holds; events may need a moment to arrive."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while True:
            answer = await self._unless_missing(read)
            if answer is not None and holds(answer):
                return answer
            if asyncio.get_running_loop().time() > deadline:
                message = f"Not within {PATIENCE_SECONDS:.0f} s: {what}. Last seen: {str(answer)[:1500]}"
                raise TimeoutError(message)
            await asyncio.sleep(POLL_SECONDS)

    async def _unless_missing(self, read: Callable[[], Awaitable[Any]]) -> Any:
        try:
            return await read()
        except Refused as refused:
            if refused.status not in {403, 404}:
                raise
            return None

    async def _send(
        self,
        method: str,
        service: str,
        path: str,
        person: Person | None,
        key: str | None = None,
        **content: Any,
    ) -> Any:
        answer = await self.http.request(
            method,
            self.urls[service] + path,
            headers=self._headers(service, path, person, key, content.get("json")),
            **content,
        )
        if answer.status_code >= FIRST_REFUSAL:
            raise Refused(answer.status_code, _problem(answer), f"{method} {service} {path}")
        return answer.json() if "json" in answer.headers.get("content-type", "") else answer

    def _headers(
        self, service: str, path: str, person: Person | None, key: str | None, body: Any
    ) -> dict[str, str]:
        headers = {"Idempotency-Key": key or str(self.id("key", path, json.dumps(body, sort_keys=True)))}
        if person is not None:
            token = mint(person.id, person.roles, audience=service, private_key=DEMONSTRATION_PRIVATE_KEY)
            headers["Authorization"] = f"Bearer {token}"
        return headers


def _problem(answer: httpx2.Response) -> dict[str, Any]:
    try:
        problem: dict[str, Any] = answer.json()
    except ValueError:
        return {"detail": answer.text}
    return problem
