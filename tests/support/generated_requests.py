"""Requests that schemathesis makes from a service's own document, right and wrong ones."""

import asyncio
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx2
import schemathesis
import schemathesis.specs.openapi.checks as keeps
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from requests import Request
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup

from shared.web.roles import Role
from tests.support.people import APPLICANT, Person
from tests.support.services import ServiceUnderTest

EXAMPLES = int(os.environ.get("OFFSET_FUND_GENERATED_REQUESTS", "2"))
"""For each operation: so many right requests, and so many wrong ones."""
SEED = int(os.environ.get("OFFSET_FUND_GENERATED_SEED", "1"))
EVERYBODY = Person(APPLICANT.name, tuple(Role))
"""The applicant of the case, trusted with everything: their requests come as far as the rules of the fund."""
CHECKS = [
    not_a_server_error,
    keeps.status_code_conformance,
    keeps.content_type_conformance,
    keeps.response_headers_conformance,
    keeps.response_schema_conformance,
]
EVENTS = "SELECT payload FROM event_log"

Known = Mapping[str, list[str]]


@dataclass
class GeneratedRequests:
    """One service's requests; `known` ids stand in every second one, so that it finds something."""

    service: ServiceUnderTest
    known: Known
    loop: asyncio.AbstractEventLoop
    wrong: list[str] = field(default_factory=list)
    answered: dict[int, int] = field(default_factory=dict)

    def send_all(self) -> None:
        """Send them from a thread of their own, and keep what was answered otherwise than is documented."""
        document = schemathesis.openapi.from_dict(self.service.app.openapi())
        for operation in document.get_all_operations():
            for mode in GenerationMode:
                self._send_each(operation.ok().as_strategy(generation_mode=mode))

    def _send_each(self, cases: Any) -> None:
        sent = 0

        @seed(SEED)
        @settings(
            max_examples=EXAMPLES,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(cases)
        def send_one(case: schemathesis.Case) -> None:
            nonlocal sent
            sent += 1
            if sent % 2:
                _insert(case.path_parameters, self.known)
                _insert(case.body, self.known)
            self._check(case)

        try:
            send_one()
        except Unsatisfiable:
            assert sent == 0  # an operation without parameters has no wrong request

    def _check(self, case: schemathesis.Case) -> None:
        headers = {"Authorization": f"Bearer {EVERYBODY.token(self.service.service.name)}"}
        made = Request(**case.as_transport_kwargs(base_url="http://test", headers=headers)).prepare()
        answer = asyncio.run_coroutine_threadsafe(self._send(made), self.loop).result(60)
        self.answered[answer.status_code] = self.answered.get(answer.status_code, 0) + 1
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failure:
            self.wrong.append(f"{case.operation.label}: {failure}")

    async def _send(self, made: Any) -> httpx2.Response:
        headers = [(name.encode(), _as_bytes(value)) for name, value in made.headers.items()]
        return await self.service.client.request(made.method, made.url, headers=headers, content=made.body)


async def known_ids(services: Mapping[str, ServiceUnderTest]) -> Known:
    """Every id that an event of these services tells, by the name of its field."""
    known: dict[str, list[str]] = {}
    for service in services.values():
        for row in await service.rows(EVENTS):
            for name, value in _ids(row["payload"]):
                known.setdefault(name, []).append(value)
    return known


def _ids(payload: Any) -> Iterator[tuple[str, str]]:
    if isinstance(payload, list):
        for item in payload:
            yield from _ids(item)
    for name, value in payload.items() if isinstance(payload, dict) else ():
        if isinstance(value, str) and name.endswith("_id"):
            yield name, str(UUID(value))
        yield from _ids(value)


def _insert(into: Any, known: Known) -> None:
    for name in into if isinstance(into, dict) else ():
        if name in known:
            into[name] = known[name][-1]


def _as_bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("latin-1", "replace")
