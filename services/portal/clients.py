"""The portal's way to the four services: each call carries the signed-in person's own short-lived token."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Self, TypeAlias
from uuid import UUID

import httpx2
import structlog

from services.portal.settings import PortalSettings
from shared.errors import Problem
from shared.telemetry import Telemetry, current
from shared.web.roles import Caller
from shared.web.tokens import mint

log = structlog.get_logger()

Transports: TypeAlias = Mapping[str, httpx2.AsyncBaseTransport]
Upload: TypeAlias = tuple[str, bytes, str]
"""A file to send on: the name it is given, its content and its media type."""

TIMEOUT = httpx2.Timeout(10.0, connect=2.0)
FILE_TIMEOUT = httpx2.Timeout(60.0, connect=2.0)
"""For each wait on the line; those below bound a whole call, however slowly its answer drips."""
CALL_SECONDS = 15.0
FILE_CALL_SECONDS = 90.0
PAGE_SECONDS = 30.0
"""For all calls of one page together, but those with files."""
LIMITS = httpx2.Limits(max_connections=50, max_keepalive_connections=20, keepalive_expiry=2.0)
"""Connections are given up before the services do so (after 5 seconds), or a call would meet a closed one."""

BROKEN_LINE = (httpx2.ConnectError, httpx2.ReadError, httpx2.WriteError, httpx2.RemoteProtocolError)
FIRST_REFUSAL, FIRST_FAILURE = 400, 500


class ServiceProblem(Exception):
    """What a service refused, in its own words; `problems` go beside the fields of the page's form."""

    def __init__(self, status: int, code: str, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.problems = problems

    @property
    def for_form(self) -> tuple[Problem, ...]:
        """What `Filled.with_problems` takes: the problems, or the one sentence for the whole form."""
        return self.problems or (Problem("", self.message),)


class ServiceAway(ServiceProblem):
    """A service does not answer, or fails: the same may be tried again, nothing is done twice."""

    def __init__(self, service: str) -> None:
        message = (
            f"The part of the service that keeps {KEEPS[service]} cannot be reached just now. "
            "Nothing was lost. Try again in a minute: nothing is done twice."
        )
        super().__init__(503, "service.away", message)


KEEPS = {
    "contributions": "agreements, pots and payments",
    "applications": "applications, offers and claims",
    "assessment": "assessments and decisions",
    "monitoring": "projects and meter readings",
}


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a service handed over, with the headers that keep it harmless."""

    content: bytes
    headers: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsService:
    """One service, asked on behalf of one person. Answers JSON; raises ServiceProblem or ServiceAway."""

    name: str
    client: httpx2.AsyncClient
    headers: Mapping[str, str]
    telemetry: Telemetry
    until: float
    """When the page that asks gives up, by the event loop's clock."""

    async def get(self, path: str, **query: Any) -> Any:
        """Read something."""
        given = {name: value for name, value in query.items() if value is not None}
        return (await self._send("GET", path, params=given)).json()

    async def post(self, path: str, json: Any = None, *, key: str) -> Any:
        """Carry out a command; `key` is the form's Idempotency-Key, so a second click does nothing twice."""
        return (await self._send("POST", path, json=json, headers={"Idempotency-Key": key})).json()

    async def put(self, path: str, json: Any = None, *, key: str) -> Any:
        """Save something, by the form's Idempotency-Key."""
        return (await self._send("PUT", path, json=json, headers={"Idempotency-Key": key})).json()

    async def upload(
        self, path: str, files: Mapping[str, Upload], fields: Mapping[str, str] | None = None, *, key: str
    ) -> Any:
        """Send files on, with the form's other fields."""
        answer = await self._send(
            "POST",
            path,
            files=files,
            data=fields or {},
            headers={"Idempotency-Key": key},
            timeout=FILE_TIMEOUT,
        )
        return answer.json()

    async def download(self, path: str, **query: Any) -> Download:
        """A file as the service keeps it."""
        given = {name: value for name, value in query.items() if value is not None}
        answer = await self._send("GET", path, params=given, timeout=FILE_TIMEOUT)
        passed_on = ("content-type", "content-disposition", "x-content-type-options")
        headers = {name: answer.headers[name] for name in passed_on if name in answer.headers}
        return Download(answer.content, headers)

    async def _send(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx2.Response:
        """Send, and once more over a fresh connection where the line broke: keys make that safe."""
        with self.telemetry.span(f"{method} {self.name}", "CLIENT", parent=current.get()) as span:
            traced = {"traceparent": span.traceparent} if span.traceparent else {}
            all_headers = {**self.headers, **(headers or {}), **traced}
            try:
                async with asyncio.timeout_at(self._gives_up_at(content)):
                    answer = await self._sent(method, path, headers=all_headers, **content)
            except (httpx2.TransportError, TimeoutError) as error:
                raise self._away(error) from error
            span.tell(http__response__status_code=answer.status_code)
        if answer.status_code >= FIRST_REFUSAL:
            raise self._problem(answer)
        return answer

    async def _sent(self, method: str, path: str, **content: Any) -> httpx2.Response:
        try:
            return await self.client.request(method, path, **content)
        except BROKEN_LINE:
            return await self.client.request(method, path, **content)

    def _gives_up_at(self, content: Mapping[str, Any]) -> float:
        now = asyncio.get_running_loop().time()
        with_file = content.get("timeout") is FILE_TIMEOUT
        return now + FILE_CALL_SECONDS if with_file else min(now + CALL_SECONDS, self.until)

    def _away(self, error: Exception) -> ServiceAway:
        log.warning("service_away", called=self.name, error=repr(error)[:300])
        return ServiceAway(self.name)

    def _problem(self, answer: httpx2.Response) -> ServiceProblem:
        if answer.status_code >= FIRST_FAILURE:
            return self._away(RuntimeError(f"status {answer.status_code}"))
        try:
            told = answer.json()
            problems = tuple(Problem(one["field"], one["message"]) for one in told.get("problems", ()))
            return ServiceProblem(answer.status_code, told["code"], told["detail"], problems)
        except (ValueError, KeyError, TypeError, AttributeError):
            return ServiceProblem(answer.status_code, "service.refused", "This could not be done. Try again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsServices:
    """The four services, asked on behalf of one person, in the chain of one request."""

    contributions: PersonsService
    applications: PersonsService
    assessment: PersonsService
    monitoring: PersonsService


def page_ends_at() -> float:
    """When a page that begins now gives up, by the event loop's clock."""
    return asyncio.get_running_loop().time() + PAGE_SECONDS


@dataclass(slots=True)
class Clients:
    """The kept-open connections to the four services, for as long as the portal runs."""

    settings: PortalSettings
    transports: Transports = field(default_factory=dict)
    telemetry: Telemetry = field(default_factory=lambda: Telemetry("portal"))
    _clients: dict[str, httpx2.AsyncClient] = field(init=False)

    def __post_init__(self) -> None:
        self._clients = {
            name: httpx2.AsyncClient(
                base_url=url, timeout=TIMEOUT, limits=LIMITS, transport=self.transports.get(name)
            )
            for name, url in self.settings.service_urls.items()
        }

    def on_behalf_of(
        self, caller: Caller | None, correlation_id: UUID, until: float | None = None
    ) -> PersonsServices:
        """The services as this person reaches them: one token of five minutes for each service.

        Without a person there is no token: then they answer what is open to everybody.

        All calls end at `until` by the event loop's clock: as long from now as a page may take.
        """
        until = page_ends_at() if until is None else until
        return PersonsServices(
            **{name: self._personal(name, caller, correlation_id, until) for name in self._clients}
        )

    def _personal(
        self, name: str, caller: Caller | None, correlation_id: UUID, until: float
    ) -> PersonsService:
        headers = {"X-Correlation-Id": str(correlation_id)}
        if caller is not None:
            key = self.settings.token_private_key
            token = mint(caller.person_id, caller.roles, audience=name, private_key=key)
            headers["Authorization"] = f"Bearer {token}"
        return PersonsService(
            name=name, client=self._clients[name], headers=headers, telemetry=self.telemetry, until=until
        )

    async def __aenter__(self) -> Self:
        """Connections open with the first call."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close them all."""
        async with AsyncExitStack() as stack:
            for client in self._clients.values():
                stack.push_async_callback(client.aclose)
